"""Text files with a delimiter to a sheet."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator

from geo.uploads.bounds import MAX_CELL, check_size, error
from geo.uploads.model import Sheet

__all__ = ["DELIMITERS", "parse", "sniff"]

DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 65_536  # bytes
_END = "\ufdd0"  # a line of our own below the last, swallowed by a quotation mark that never closes
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
    data = data.rstrip(b"\r\n")
    most = max(data.count(b"\n"), data.count(b"\r")) + 1
    return Sheet.of(_gather(_rows(data.decode(), delimiter), most, tick))


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


def _gather(rows: Iterator[list[str]], lines: int, tick: Callable[[float], None]) -> list[list[str]]:
    """Return all rows, which are refused as soon as they are too many."""
    found: list[list[str]] = []
    width = 0
    for number, row in enumerate(rows):
        width = max(width, len(row))
        check_size(number + 1, width)
        found.append(row)
        if number % _TICK == 0:
            tick(number / lines)
    return found
