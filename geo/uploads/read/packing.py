"""What the worker hands over. Read by the worker too, so nothing heavy is imported here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.uploads.finding import Finding
from geo.uploads.read.sheets.number_formats import Sections

__all__ = ["BETWEEN_CELLS", "BETWEEN_ROWS", "BETWEEN_TABLES", "CONTROLS", "Answer", "Area", "Marks", "Rows", "Table"]

Rows = list[list[str]]  # texts as the file has them, "" for an empty cell; rows may be of different length
Area = tuple[tuple[int, int], tuple[int, int]]  # first row and column, last row and column, from 0

# No text of an answer holds a control character, so these three can part texts.
BETWEEN_CELLS, BETWEEN_ROWS, BETWEEN_TABLES = "\x1f", "\x1e", "\x1d"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass
class Marks:
    """What a workbook or a page says of a sheet's cells beside their values; rows and columns from 0."""

    formats: dict[int, dict[int, Sections]] = field(default_factory=dict)  # unusual ones, by row and column
    divided: dict[int, dict[int, str]] = field(default_factory=dict)  # how numbers are shown divided, by column and row
    errors: dict[int, dict[int, str]] = field(default_factory=dict)  # such as #N/A, by row and column
    formulas: dict[int, list[int]] = field(default_factory=dict)  # rows by column of formulas without a stored result
    # Of cells whose parts look different, by row and column.
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    struck_cells: dict[int, list[int]] = field(default_factory=dict)  # columns by row
    # Words struck through, and words a page hides, by column and row.
    struck: dict[int, dict[int, str]] = field(default_factory=dict)
    covered: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: Sequence[Area] = ()
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The rows of a sheet, of a text file or of a page, and what is to be said of them."""

    rows: Rows
    name: str = ""  # of the sheet
    findings: tuple[Finding, ...] = ()
    spans: tuple[Area, ...] = ()  # where one text with a digit fills several cells


@dataclass(frozen=True)
class Answer:
    """What there is in a file."""

    tables: tuple[Table, ...]
    encoding: str  # that of a text; the format of a workbook
    delimiter: str = ""
    sheets: tuple[str, ...] = ()  # names of all sheets of a workbook
