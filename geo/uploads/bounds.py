"""How large an upload may be, and how a file is refused."""

from geo.uploads.model import Finding, Severity

__all__ = [
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_INFLATED",
    "MAX_MEMBERS",
    "MAX_RATIO",
    "MAX_ROWS",
    "RefusedError",
    "check_size",
    "error",
]

MAX_BYTES = 50_000_000  # of the file as uploaded
MAX_ROWS = 1_048_576  # what a sheet of Excel holds
MAX_COLUMNS = 2_000
MAX_CELLS = 5_000_000  # rows times columns, empty cells between others included
MAX_MEMBERS = 2_000  # files in a workbook's archive
MAX_INFLATED = 200_000_000  # bytes of all of them together
MAX_RATIO = 200  # bytes that one compressed byte may become, in members above a million bytes


class RefusedError(Exception):
    """A file that is not read any further; ``finding`` says why. It never leaves the reader."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def error(code: str, *, row: int | None = None, value: str = "", **params: str | int) -> RefusedError:
    """Return the refusal of a file, to be raised, with the row that led to it."""
    rows = () if row is None else (row,)
    return RefusedError(Finding(code, Severity.ERROR, rows, value=value, params=params))


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
