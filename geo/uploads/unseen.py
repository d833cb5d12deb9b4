"""What a sheet holds without showing it: formulas without a stored result, hidden rows and columns."""

from collections.abc import Iterator, Sequence

import numpy as np

from geo.uploads.cells import Cells, letter
from geo.uploads.model import Finding, Severity, SheetColumn

__all__ = ["unseen"]


def unseen(cells: Cells, columns: Sequence[SheetColumn]) -> Iterator[Finding]:
    """Yield an error for each column with formulas that have no result, and warnings for rows and columns with text that are hidden.

    Parameters
    ----------
    cells
        What the sheet's XML says of its cells.
    columns
        The texts as read.
    """
    for column, rows in sorted(cells.formulas.items()):
        places = tuple(row + 1 for row in rows)
        yield Finding("formula_no_value", Severity.ERROR, places, column + 1, params={"count": len(places)})
    if seen := _with_text(sorted(cells.hidden_rows), columns):
        yield Finding("hidden_rows", Severity.WARNING, seen, params={"count": len(seen)})
    hidden = [
        column + 1
        for column in sorted(cells.hidden_columns)
        if column < len(columns) and any(word.strip() for word in columns[column].words)
    ]
    if hidden:
        only = hidden[0] if len(hidden) == 1 else None
        named = ", ".join(map(letter, hidden))
        yield Finding("hidden_columns", Severity.WARNING, (), only, params={"count": len(hidden), "columns": named})


def _with_text(rows: Sequence[int], columns: Sequence[SheetColumn]) -> tuple[int, ...]:
    """Return those rows, counted from 1, in which something can be read; they come counted from 0."""
    places = np.array([row for row in rows if columns and row < len(columns[0].codes)], dtype=int)
    filled = np.zeros(len(places), dtype=bool)
    for column in columns:
        blank = np.array([not word.strip() for word in column.words], dtype=bool)
        filled |= ~blank[column.codes[places]]
    return tuple((places[filled] + 1).tolist())
