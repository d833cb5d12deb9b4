"""Text files with a delimiter to rows. Runs in the worker, so nothing heavy is imported here."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from geo.uploads.bounds import MAX_CELL, MAX_NAME, check_size, error
from geo.uploads.finding import Finding, Severity
from geo.uploads.read.sheets.choice import is_figure

__all__ = ["DELIMITERS", "parse", "sniff", "too_long"]

DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 65_536  # characters
_END = "\ufdd0"  # a line of our own below the last, swallowed by a quotation mark that never closes
_NOTE = re.compile("[:：]")  # of a text with commas below the table
_SEPARATOR_LINE = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)


def sniff(text: str, first: str = ",") -> tuple[str, str]:
    """Return the delimiter of a table among lines of other text, and the text; the first choice where nothing tells.

    Parameters
    ----------
    first
        What is taken when two fit equally well.

    Notes
    -----
    The delimiter that gives the most rows of one and the same number of fields (at least two) wins, then the one with more fields. The
    full-width comma also stands in sentences, so that nearly all rows must have it. A line that tells Excel the delimiter is no row.
    """
    if told := _SEPARATOR_LINE.match(text):
        return told[1], text[told.end() :]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    order = sorted(DELIMITERS, key=lambda delimiter: delimiter != first)
    return max(order, key=lambda delimiter: _evidence(sample, delimiter)), text


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


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of a text file, blank ones included but for those at its end.

    Raises
    ------
    RefusedError
        If the table is too large, or a quotation mark never closes.
    """
    rows: list[list[str]] = []
    width = number = 0
    try:
        for number, row in enumerate(csv.reader(_lines(text.rstrip("\r\n"), delimiter), delimiter=delimiter), 1):
            width = max(width, len(row))
            check_size(number - 1, width)
            rows.append(row)
    except csv.Error:  # a field longer than the csv module takes
        raise error("field_too_long", row=number + 1, limit=MAX_CELL) from None
    if rows.pop() != [_END]:
        raise error("cut_off", row=number)
    return rows


def too_long(rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Yield an error for rows of figures that are longer than any row above without figures, as the heading is.

    The commas of thousands make them so: 1,262.81 without quotation marks is two cells.
    """
    longest, found = 0, dict[int, list[int]]()
    for number, row in enumerate(rows, 1):
        if len(row) <= max(longest, 1):
            continue
        filled = [column for column, cell in enumerate(row, 1) if cell.strip()]
        if not any(is_figure(cell.strip()) for cell in row):
            longest = len(row) if len(filled) > 1 else longest
        elif longest and filled[-1] > longest and not _NOTE.search(row[filled[0] - 1]):
            found.setdefault(longest, []).append(number)
    for limit, at in found.items():
        words = ", ".join(rows[at[0] - 1])[:MAX_NAME]
        yield Finding("row_too_long", Severity.ERROR, tuple(at), value=words, params={"limit": limit})


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines of a text and one of our own, refusing one with too many fields before it is split."""
    for line in io.StringIO(f"{text}\n{_END}", newline=""):
        check_size(1, line.count(delimiter) + 1)
        yield line
