"""How large an upload may be, and how a file is refused. Read by the worker too, so nothing heavy is imported here."""

from collections.abc import Sequence

from geo.uploads.finding import Finding, Severity

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_NAME",
    "MAX_ROWS",
    "MAX_TABLES",
    "RefusedError",
    "check_cells",
    "check_size",
    "error",
]

MAX_BYTES = 50_000_000  # of the file as uploaded
MAX_ROWS = 50_000  # eleven districts never have as many
MAX_COLUMNS = 2_000
MAX_CELLS = 2_000_000  # rows times columns, empty cells between others included
MAX_CELL = 5_000  # characters: the longest text that is stored, a speaker's notes, may have 3,000
# Characters of a heading, and of a text that is looked at as a name, period, unit or date: none is longer.
MAX_NAME = 300
MAX_TABLES = 50  # on one sheet


class RefusedError(Exception):
    """A file that is not read any further; ``finding`` says why. It never leaves the reader."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def error(
    code: str, *, row: int | None = None, column: int | None = None, value: str = "", **params: str | int
) -> RefusedError:
    """Return the refusal of a file, to be raised, with the row and column that led to it."""
    rows = () if row is None else (row,)
    return RefusedError(Finding(code, Severity.ERROR, rows, column, value=value, params=params))


def check_size(rows: int, columns: int) -> None:
    """Refuse a table that is too long, too wide or too large to be held.

    Raises
    ------
    RefusedError
        With a finding that names the bound.
    """
    if rows > MAX_ROWS:
        raise error("too_many_rows", limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise error("too_many_columns", count=columns, limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise error("too_many_cells", rows=rows, columns=columns, limit=MAX_CELLS)


def check_cells(rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table with a cell that is too long, before anything looks at what the cells say.

    Raises
    ------
    RefusedError
        With a finding that names the first such cell, its length and the bound.
    """
    for number, row in enumerate(rows, 1):
        if max(map(len, row), default=0) > MAX_CELL:
            column, word = next((at, word) for at, word in enumerate(row, 1) if len(word) > MAX_CELL)
            raise error(
                "cell_too_long", row=number, column=column, value=word[:MAX_NAME], length=len(word), limit=MAX_CELL
            )
