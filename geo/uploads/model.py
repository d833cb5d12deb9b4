"""The few value types that reading, cleaning, checking and showing an uploaded file share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from geo.fields import COLUMNS
from geo.uploads.finding import Finding, Severity

__all__ = [
    "IGNORED",
    "KINDS",
    "METRIC_PREFIX",
    "MODES",
    "Choices",
    "ColumnUse",
    "Finding",
    "How",
    "Kind",
    "Mode",
    "Progress",
    "Reading",
    "Severity",
    "Sheet",
    "Span",
    "Upload",
    "empty_table",
    "silent",
]

Kind = Literal["indicators", "clusters", "tenants", "slides"]
KINDS: tuple[Kind, ...] = ("indicators", "clusters", "tenants", "slides")
How = Literal["name", "alias", "chosen", "pattern", "content", ""]  # how a column was recognised; "" where it was not
Mode = Literal["update", "replace_period", "replace_all"]
MODES: tuple[Mode, ...] = ("update", "replace_period", "replace_all")
Span = tuple[tuple[int, int], tuple[int, int]]  # first row and column, last row and column, from 0
Progress = Callable[[float, str], None]  # share done from 0 to 1, and an English text for what is being done

# What a column of an indicator file can be taken for; a metric's values as "metric:gdp", a column to leave out as "ignore".
# For clusters, tenants and slides the targets are the names of the columns.
METRIC_PREFIX, IGNORED = "metric:", "ignore"


@dataclass(frozen=True)
class Choices:
    """What the person at the desk chose, or the desk remembers, for what a file does not say itself."""

    encoding: str = ""  # "" detects it
    sheet: str = ""  # "" takes the first with a table, geo.uploads.read.sheets.choice.ALL_SHEETS all with a table
    columns: Mapping[str, str] = field(default_factory=dict)  # normalised heading → target
    district: str = ""  # adcode, for files about one district that do not name it
    metric: str = ""  # for files that name none
    period: str = ""
    unit: str = ""
    source_id: str = ""  # for rows that name none; may be one that is about to be added
    quality: str = "verified"


@dataclass(frozen=True)
class ColumnUse:
    """What one column of the file is taken for."""

    column: int  # from 1
    heading: str  # as the file has it; the parts of a header over two rows joined by a space
    key: str  # the heading normalised: what a choice is remembered under
    target: str  # "" where it is not known
    how: How = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet as read: row ``i`` is row ``i + 1`` of the spreadsheet, blank rows included; all rows are equally long."""

    rows: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "Sheet":
        """Return a sheet of rows of texts, short ones filled up with blanks."""
        width = max(map(len, rows), default=0)
        return cls(tuple((*row, *[""] * (width - len(row))) for row in rows))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def row(self, number: int) -> tuple[str, ...]:
        """Return the texts of a row, counted from 0."""
        return self.rows[number]

    def column(self, number: int) -> list[str]:
        """Return the texts of a column, counted from 0."""
        return [row[number] for row in self.rows]

    def part(self, rows: slice, columns: slice = slice(None)) -> "Sheet":
        """Return some rows of some columns."""
        return Sheet(tuple(row[columns] for row in self.rows[rows]))


@dataclass(frozen=True)
class Reading:
    """Bytes read into a sheet, and how."""

    sheet: Sheet = field(default_factory=Sheet)
    encoding: str = ""
    delimiter: str = ""  # "" for workbooks and web pages
    name: str = ""  # of the sheet; "" for text files and web pages
    sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    spans: tuple[Span, ...] = ()  # where one text with a digit fills several cells
    # Of several sheets read together, each; ``sheet`` then has their rows one below the other.
    parts: tuple["Reading", ...] = ()


@dataclass(frozen=True)
class Upload:
    """A file as understood. The table may lack rows that are wrong: the findings say which and why."""

    kind: Kind
    file_name: str
    encoding: str = (
        ""  # "utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"; of a workbook "xlsx", "xls", "xlsb" or "ods"
    )
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()  # the header and three rows below, as read
    columns: tuple[ColumnUse, ...] = ()
    table: pd.DataFrame = field(default_factory=lambda: empty_table("indicators"))
    # ``table`` has the columns of COLUMNS[kind + ".csv"], text apart from ``value`` (float), then ``row`` and ``column`` (int, from 1):
    # where in the file the record stands; figures also ``step`` (float): what one more in the last digit of their text would add.
    # An empty ``source_id`` means that the file names none.
    # Total rows, same columns, adcode "".
    totals: pd.DataFrame = field(default_factory=lambda: empty_table("indicators"))
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings stop the publication."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def empty_table(kind: Kind) -> pd.DataFrame:
    """Return a table without rows, with the columns every upload of a kind has."""
    table = pd.DataFrame({name: pd.Series(dtype=str) for name in COLUMNS[f"{kind}.csv"]})
    table = table.assign(row=pd.Series(dtype=int), column=pd.Series(dtype=int))
    return table.assign(value=pd.Series(dtype=float), step=pd.Series(dtype=float)) if kind == "indicators" else table


def silent(share: float, text: str) -> None:
    """Take a report of progress nobody asked for."""
