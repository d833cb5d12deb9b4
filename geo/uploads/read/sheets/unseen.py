"""What a sheet holds without showing it: formulas without a stored result, hidden rows and columns. Runs in the worker."""

from collections.abc import Iterator, Sequence

from geo.uploads.finding import Finding, Severity
from geo.uploads.read.packing import Marks

__all__ = ["letter", "unseen"]


def unseen(marks: Marks, rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """Yield an error for each column with formulas that have no result, and warnings for rows and columns with text that are hidden."""
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
