"""Text files with a delimiter to a sheet."""

import csv
import io
from array import array
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from geo.uploads.bounds import MAX_CELL, check_size, error
from geo.uploads.model import Sheet, SheetColumn, Words

__all__ = ["DELIMITERS", "parse", "sniff"]

DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 65_536  # bytes
_FEED, _RETURN, _MARK = b'\n\r"'
_END = "\ufdd0"  # a line of our own below the last, swallowed by a quotation mark that never closes
_WORDS = pa.dictionary(pa.int32(), pa.string())  # encoded block by block: a column is never held as one text a row
_MOST_WORDS = 1000  # as Python texts; more stay in Arrow
_TICK = 20_000  # rows between two reports of progress


def sniff(data: bytes, first: str = ",") -> str:
    """Return the delimiter of a table among lines of other text; the first choice where nothing tells.

    Parameters
    ----------
    data
        UTF-8 without byte order mark.
    first
        What is taken when two fit equally well.

    Notes
    -----
    The delimiter that gives the most rows of one and the same number of fields (at least two) wins, then the one with more fields. The
    full-width comma also stands in sentences, so that nearly all rows must have it.
    """
    text = data[:_SAMPLE].decode("utf-8", "ignore")
    if len(data) > _SAMPLE:
        text = text[: text.rfind("\n") + 1] or text
    order = sorted(DELIMITERS, key=lambda delimiter: delimiter != first)
    return max(order, key=lambda delimiter: _evidence(text, delimiter))


def _evidence(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows have the commonest number of fields, and that number; zeros where no row has two."""
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))
        ]
    except csv.Error:
        return (0, 0)
    counts = Counter(len(row) for row in rows if len(row) > 1)
    fields, number = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if delimiter == "，" and number < max(2, 0.8 * len(rows)):
        return (0, 0)
    return (number, fields)


def parse(data: bytes, delimiter: str, tick: Callable[[float], None]) -> Sheet:
    """Return the rows of a text file, blank ones included, all as wide as the widest.

    Parameters
    ----------
    data
        UTF-8 without byte order mark.
    tick
        Called with the share done.

    Raises
    ------
    RefusedError
        If the table is too large, or a quotation mark never closes.
    """
    if data[-4:].splitlines()[-1:] == [b""]:
        data = data.rstrip(b"\r\n")
    outline = _outline(data) if delimiter.isascii() else None
    if outline:
        rows, newlines = outline
        sheet = _parse_regular(data, delimiter, newlines=newlines)
        if sheet is not None and len(sheet) == rows:
            return sheet
    data = data.rstrip(b"\r\n")
    most = max(data.count(b"\n"), data.count(b"\r")) + 1
    return Sheet(tuple(_gather(_rows(data.decode(), delimiter), most, tick)))


def _outline(data: bytes) -> tuple[int, bool] | None:
    """Return how many rows a file has and whether a line ends inside a quoted text; None where that takes a reader of every character.

    Notes
    -----
    A line end after an odd number of quotation marks is inside. pyarrow cuts a file into blocks at line ends: cut inside a quoted text, or
    at a carriage return there, part of the text is lost without an error.
    """
    view = np.frombuffer(data, dtype=np.uint8)
    marks = feeds_inside = returns_inside = ends = 0
    for start in range(0, len(view), _SAMPLE):
        block = view[start : start + _SAMPLE]
        block = block[block <= _MARK]  # few are left: line ends, blanks and quotation marks
        inside = (marks + np.cumsum(block == _MARK)) % 2 == 1
        feeds, returns = block == _FEED, block == _RETURN
        marks += int(np.count_nonzero(block == _MARK))
        feeds_inside += int(np.count_nonzero(feeds & inside))
        returns_inside += int(np.count_nonzero(returns & inside))
        ends += int(np.count_nonzero(feeds | returns))
    if marks % 2 or returns_inside:
        return None
    both = data.count(b"\r\n") if b"\r" in data else 0
    return ends - both - feeds_inside + (not data.endswith((b"\n", b"\r"))), feeds_inside > 0


def _parse_regular(data: bytes, delimiter: str, *, newlines: bool) -> Sheet | None:
    """Return the sheet of a file whose rows all have the same number of fields, None where they have not.

    One thread does it all: with several, processes of the tests ended now and then while a file was refused.
    """
    head = io.StringIO(data[:_SAMPLE].decode("utf-8", "ignore"), newline="")
    width = len(next(csv.reader(head, delimiter=delimiter), []))
    check_size(1, width)
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(data),
            pa_csv.ReadOptions(use_threads=False, autogenerate_column_names=True),
            pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=newlines, ignore_empty_lines=False),
            pa_csv.ConvertOptions(check_utf8=False, column_types={f"f{number}": _WORDS for number in range(width)}),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_columns != width:
        return None
    check_size(table.num_rows, width)
    sheet = Sheet(tuple(map(_encoded, table.columns)))
    del table
    pa.default_memory_pool().release_unused()  # parsing takes several times the file, and would keep it for the next one
    return sheet


def _encoded(column: pa.ChunkedArray) -> SheetColumn:
    """Return a column of texts with each distinct text kept once."""
    encoded = column.unify_dictionaries().combine_chunks()
    few = len(encoded.dictionary) <= _MOST_WORDS
    words = tuple(encoded.dictionary.to_pylist()) if few else Words(encoded.dictionary)
    return SheetColumn(encoded.indices.to_numpy(), words)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the fields of every row; a blank row has none."""
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter)
    number, last = 0, [""]
    try:
        for number, row in enumerate(reader):
            if number:
                yield last
            last = row
    except csv.Error:  # a field longer than the csv module takes
        raise error("field_too_long", row=number + 2, limit=MAX_CELL) from None
    if last != [_END]:
        raise error("cut_off", row=number + 1)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines of a text and one of our own, refusing one with too many fields before it is split."""
    for line in io.StringIO(f"{text}\n{_END}", newline=""):
        check_size(1, line.count(delimiter) + 1)
        yield line


def _gather(rows: Iterator[list[str]], lines: int, tick: Callable[[float], None]) -> Iterator[SheetColumn]:
    """Yield the columns of rows of any length, short ones filled up with empty texts."""
    words: list[dict[str, int]] = []
    codes: list[array[int]] = []
    for number, row in enumerate(rows):
        width = max(len(row), len(words))
        check_size(number + 1, width)
        for _ in range(len(words), width):
            words.append({"": 0} if number else {})
            codes.append(array("i", bytes(4 * number)))
        for column, cell in enumerate(row + [""] * (width - len(row))):
            codes[column].append(words[column].setdefault(cell, len(words[column])))
        if number % _TICK == 0:
            tick(number / lines)
    for numbers, known in zip(codes, words, strict=True):
        yield SheetColumn(np.array(numbers, dtype=np.int32), tuple(known))
