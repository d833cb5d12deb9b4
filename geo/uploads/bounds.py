"""How large an upload may be, and how a file is refused."""

from geo.uploads.model import Finding, Severity, Sheet

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_INFLATED",
    "MAX_MEMBERS",
    "MAX_NAME",
    "MAX_RATIO",
    "MAX_ROWS",
    "MAX_TABLES",
    "MAX_TAGS",
    "RefusedError",
    "check_cells",
    "check_size",
    "error",
]

MAX_BYTES = 50_000_000  # of the file as uploaded
MAX_ROWS = 1_048_576  # what a sheet of Excel holds
MAX_COLUMNS = 2_000
MAX_CELLS = 5_000_000  # rows times columns, empty cells between others included
MAX_CELL = 5_000  # characters: the longest text that is stored, a speaker's notes, may have 3,000
# Characters of a heading, and of a text that is looked at as a name, period, unit or date: none is longer.
MAX_NAME = 300
MAX_TABLES = 50  # on one sheet
MAX_MEMBERS = 2_000  # files in a workbook's archive
MAX_INFLATED = 200_000_000  # bytes of all of them together
# Tags in the XML of a workbook for each compressed byte, beyond the first 300,000; Excel's own have fewer than 2.
MAX_TAGS = 3
MAX_RATIO = 200  # bytes that one compressed byte may become, in members above a million bytes


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


def check_cells(sheet: Sheet) -> None:
    """Refuse a sheet with a cell that is too long, before anything looks at what the cells say.

    Raises
    ------
    RefusedError
        With a finding that names the first such cell of the leftmost column, its length and the bound.
    """
    if max((len(text) for row in sheet.rows for text in row), default=0) <= MAX_CELL:
        return
    for column in range(sheet.width):
        for row, text in enumerate(sheet.column(column), 1):
            if len(text) > MAX_CELL:
                sizes = {"length": len(text), "limit": MAX_CELL}
                raise error("cell_too_long", row=row, column=column + 1, value=text[:MAX_NAME], **sizes)
