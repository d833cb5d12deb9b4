"""What a sheet holds without showing it: formulas without a stored result, hidden rows and columns."""

from collections.abc import Iterator

from geo.uploads.cells import Cells, letter
from geo.uploads.model import Finding, Severity, Sheet

__all__ = ["unseen"]


def unseen(cells: Cells, sheet: Sheet) -> Iterator[Finding]:
    """Yield an error for each column with formulas that have no result, and warnings for rows and columns with text that are hidden.

    Parameters
    ----------
    cells
        What the sheet's XML says of its cells.
    sheet
        The texts as read.
    """
    for column, rows in sorted(cells.formulas.items()):
        places = tuple(row + 1 for row in rows)
        yield Finding("formula_no_value", Severity.ERROR, places, column + 1, params={"count": len(places)})
    seen = tuple(
        row + 1 for row in sorted(cells.hidden_rows) if row < len(sheet) and any(map(str.strip, sheet.row(row)))
    )
    if seen:
        yield Finding("hidden_rows", Severity.WARNING, seen, params={"count": len(seen)})
    inside = (column for column in sorted(cells.hidden_columns) if column < sheet.width)
    hidden = [column + 1 for column in inside if any(map(str.strip, sheet.column(column)))]
    if hidden:
        only = hidden[0] if len(hidden) == 1 else None
        named = ", ".join(map(letter, hidden))
        yield Finding("hidden_columns", Severity.WARNING, (), only, params={"count": len(hidden), "columns": named})
