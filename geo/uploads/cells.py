"""What a sheet's XML says of its cells before it is expanded: how far they reach, percentages, errors, merged ranges, what is hidden."""

import itertools
import re
from dataclasses import dataclass, field
from functools import cache

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, error

__all__ = ["Cells", "Range", "has_cells", "letter", "scan", "without_counts"]

Range = tuple[int, int, int, int]  # first row and column, last row and column, from 0
_OPEN = rb"<(?:[^\s<>/:]+:)?(row|c|mergeCell|hyperlink)"
_ATTRIBUTES = rb"""((?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>"""
_TAG = re.compile(_OPEN + _ATTRIBUTES)
_START = re.compile(_OPEN + rb"[\s/>]")
_STRINGS = re.compile(rb"<((?:[^\s<>/:]+:)?sst)" + _ATTRIBUTES)
_STRINGS_START = re.compile(rb"<(?:[^\s<>/:]+:)?sst[\s/>]")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_ANY_PLACE = re.compile(rb"\sr\s*=")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]{1,7})["']""")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_ERROR_TEXT = re.compile(rb">(#[^<]{1,40})</")
# A formula and, where the file has it, its result: the element, and the first sign in it.
_FORMULA = re.compile(
    rb"\s*+<(?:[^\s<>/:]+:)?f(?:\s[^<>]*/>|(?:\s[^<>]*>[^<]*|>[^<]+)</(?:[^\s<>/:]+:)?f\s*>)"
    rb"\s*+(<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?/?>([^<\s])?)?"
)
_STRING = re.compile(rb"""\st\s*=\s*["']str["']""")
_HIDDEN = re.compile(rb"""\s(?:hidden\s*=\s*["'](?:1|true)|(?:ht|width)\s*=\s*["']0(?:\.0+)?)["']""")
_COLUMN = re.compile(rb"<(?:[^\s<>/:]+:)?col" + _ATTRIBUTES)
_BOUND = re.compile(rb"""\s(min|max)\s*=\s*["']([0-9]{1,5})["']""")
_MOST_COLUMNS = 16_384  # of a sheet of Excel
_REF = re.compile(rb"""\sref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")


@dataclass
class Cells:
    """Cells of a sheet that hold anything; rows and columns from 0."""

    rows: int = 0  # how far they reach
    columns: int = 0
    count: int = 0
    percentages: dict[int, set[int]] = field(default_factory=dict)  # rows by column
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # such as #N/A, by row and column
    merged: list[Range] = field(default_factory=list)
    formulas: dict[int, list[int]] = field(default_factory=dict)  # rows by column of formulas without a stored result
    hidden_rows: set[int] = field(default_factory=set)  # those with cells that hold anything
    hidden_columns: set[int] = field(default_factory=set)
    spread: int = 0  # cells in all merged and linked ranges together, which openpyxl would make one by one


def scan(xml: bytes, percent_styles: frozenset[int]) -> Cells:
    """Return what a sheet's XML says of its cells.

    Parameters
    ----------
    percent_styles
        Numbers of the cell styles that show a percentage.

    Raises
    ------
    RefusedError
        If the cells reach too far, or their places cannot be told for certain.

    Notes
    -----
    A reader that lays cells out in a rectangle would need 17 billion places for a single cell in the last corner. So that no cell is
    missed here that is seen there, a sheet with any tag that is not of the plainest form is refused.
    """
    found = Cells()
    row, column, plain, hidden = -1, -1, 0, False
    for match in _TAG.finditer(xml):
        plain += 1
        kind, attributes, closed = match.groups()
        if kind == b"row":
            row, column, hidden = _row(attributes, row + 1), -1, _HIDDEN.search(attributes) is not None
        elif kind == b"c":
            row, column = _place(attributes, row, column + 1)
            if not closed and not xml.startswith(b"</", match.end()):
                _note(found, row, column)
                if hidden:
                    found.hidden_rows.add(row)
                _describe(found, (row, column), attributes, percent_styles, xml, match.end())
        elif ref := _REF.search(attributes):
            area = top, first, bottom, last = int(ref[2]) - 1, _number(ref[1]), int(ref[4]) - 1, _number(ref[3])
            if not (0 <= top <= bottom and first <= last):
                raise error("broken_archive")
            found.spread += (bottom - top + 1) * (last - first + 1)
            if kind == b"mergeCell":
                found.merged.append(area)
    if plain != sum(1 for _ in _START.finditer(xml)):
        raise error("broken_archive")
    found.hidden_columns = _hidden_columns(xml, found.columns)
    return found


def letter(column: int) -> str:
    """Return a column, counted from 1, as a spreadsheet names it.

    Examples
    --------
    >>> letter(3), letter(28)
    ('C', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def has_cells(xml: bytes) -> bool:
    """Return whether a part holds cells, whatever its name says."""
    return _START.search(xml) is not None


def without_counts(xml: bytes) -> bytes:
    """Return a part without the count of its shared strings, for which calamine would make room unseen.

    Raises
    ------
    RefusedError
        If the tag is not of the plainest form.
    """
    if b"sst" not in xml:
        return xml
    plain, changed = _STRINGS.subn(rb"<\1\3>", xml)
    if changed != sum(1 for _ in _STRINGS_START.finditer(xml)):
        raise error("broken_archive")
    return plain


def _row(attributes: bytes, following: int) -> int:
    """Return the number of a row from 0, the following one where it does not say."""
    match = _ROW.search(attributes)
    if match is None and _ANY_PLACE.search(attributes):
        raise error("broken_archive")
    return int(match[1]) - 1 if match else following


def _place(attributes: bytes, row: int, following: int) -> tuple[int, int]:
    """Return row and column of a cell from 0, the following column where it does not say."""
    match = _PLACE.search(attributes)
    if match is None and _ANY_PLACE.search(attributes):
        raise error("broken_archive")
    if match and match[2].strip(b"0") == b"":
        raise error("broken_archive")
    return (int(match[2]) - 1, _number(match[1])) if match else (max(row, 0), following)


@cache
def _number(letters: bytes) -> int:
    """Return the number of a column from 0, given as letters."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _note(found: Cells, row: int, column: int) -> None:
    """Count a cell in, refusing one that lies too far out."""
    found.count += 1
    found.rows, found.columns = max(found.rows, row + 1), max(found.columns, column + 1)
    if found.rows > MAX_ROWS or found.columns > MAX_COLUMNS or found.rows * found.columns > MAX_CELLS:
        raise error("cells_too_far", row=row + 1, rows=found.rows, columns=found.columns)


def _describe(
    found: Cells, place: tuple[int, int], attributes: bytes, percent_styles: frozenset[int], xml: bytes, end: int
) -> None:
    """Note whether a cell shows a percentage or an error, or has a formula without a result."""
    if percent_styles and (style := _STYLE.search(attributes)) and int(style[1]) in percent_styles:
        found.percentages.setdefault(place[1], set()).add(place[0])
    if b"e" in attributes and _ERROR.search(attributes):
        text = _ERROR_TEXT.search(xml, end, end + 10_000)
        found.errors[place] = text[1].decode("ascii", "replace") if text else "#N/A"
    if xml[end + 1 : end + 2] != b"v" and (formula := _FORMULA.match(xml, end)):
        blank_text = formula[1] is not None and _STRING.search(attributes) is not None
        if formula[2] is None and not blank_text:
            found.formulas.setdefault(place[1], []).append(place[0])


def _hidden_columns(xml: bytes, columns: int) -> set[int]:
    """Return the hidden columns, counted from 0, of those that hold anything."""
    hidden: set[int] = set()
    entries = _COLUMN.finditer(xml, 0, max(xml.find(b"sheetData"), 0))
    for entry in itertools.islice(entries, _MOST_COLUMNS):
        if _HIDDEN.search(entry[1]):
            bounds = {name: int(number) for name, number in _BOUND.findall(entry[1])}
            hidden.update(range(max(bounds.get(b"min", 1) - 1, 0), min(bounds.get(b"max", 0), columns)))
    return hidden
