"""Things found in a file. Read by the worker too, so nothing heavy is imported here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["CellNote", "Finding", "Severity"]


class Severity(StrEnum):
    """What a finding means for publishing."""

    ERROR = "error"  # stops
    WARNING = "warning"  # must be acknowledged
    NOTE = "note"  # worth knowing


@dataclass(frozen=True)
class Finding:
    """One kind of thing found in a file: the same value in the same column is one finding, however many rows have it."""

    code: str  # of data/findings.toml
    severity: Severity
    rows: tuple[int, ...] = ()  # as a spreadsheet numbers them, from 1; empty for the whole file
    column: int | None = None  # as a spreadsheet counts, from 1; None for a whole row or file
    heading: str = ""  # the column's heading as the file has it
    value: str = ""  # as the file has it
    params: Mapping[str, str | int | float] = field(default_factory=dict)  # for the message's placeholders
    sheet: str = ""  # on which the rows are counted, where several were read together
    count: int = 1  # how many findings of one cause it stands for


@dataclass(frozen=True)
class CellNote:
    """What is to be said about a cell of the file."""

    row: int  # from 1; 0 for the whole file
    column: int | None  # from 1; None for a whole row
    severity: Severity
    text: str
    sheet: str = ""  # as for a finding
