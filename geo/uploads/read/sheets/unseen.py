"""What a sheet holds without showing or meaning it: formulas without a result, hidden rows and columns, words struck through. Runs in the worker."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from geo.uploads.finding import Finding, Severity
from geo.uploads.read.packing import Area, Marks

__all__ = ["letter", "spanned", "unseen"]

_QUOTED, _LONGEST = 5, 40  # texts that a finding repeats, and characters of each


def unseen(marks: Marks, rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Yield an error for each column with formulas that have no result, and what is hidden or struck through."""
    for column, at in sorted(marks.formulas.items()):
        places = tuple(row + 1 for row in at)
        yield Finding("formula_no_value", Severity.ERROR, places, column + 1, params={"count": len(places)})
    seen = tuple(row + 1 for row in marks.hidden_rows if row < len(rows) and any(map(str.strip, rows[row])))
    if seen:
        yield Finding("hidden_rows", Severity.WARNING, seen, params={"count": len(seen)})
    hidden = [at + 1 for at in marks.hidden_columns if any(row[at].strip() for row in rows if at < len(row))]
    if hidden:
        only = hidden[0] if len(hidden) == 1 else None
        named = ", ".join(map(letter, hidden))
        yield Finding("hidden_columns", Severity.WARNING, (), only, params={"count": len(hidden), "columns": named})
    yield from _quoted("shown_divided", Severity.WARNING, marks.divided)
    yield from _quoted("struck_through", Severity.WARNING, marks.struck)
    yield from _quoted("hidden_words", Severity.NOTE, marks.covered)


def _quoted(code: str, severity: Severity, words: Mapping[int, Mapping[int, str]]) -> Iterator[Finding]:
    """Yield a finding for each column with words, by column and row, which quotes the first of them."""
    for column, at in sorted(words.items()):
        some = list(dict.fromkeys(" ".join(text.split())[:_LONGEST] for text in at.values()))
        quoted = ", ".join([*some[:_QUOTED], *(["…"] if len(some) > _QUOTED else [])])
        yield Finding(code, severity, tuple(row + 1 for row in sorted(at)), column + 1, params={"words": quoted})


def spanned(areas: Iterable[Area], rows: Sequence[Sequence[str]]) -> Iterator[Area]:
    """Yield the areas of several cells that one text fills in which a figure may stand, no further than the rows reach."""
    for (top, first), (bottom, last) in areas:
        end = min(bottom, len(rows) - 1)
        if top <= end and first < len(rows[top]) and any(map(str.isdecimal, rows[top][first])):
            yield (top, first), (end, last)


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
