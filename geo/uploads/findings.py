"""Findings gathered while a file is cleaned: one for each distinct value, with all the rows it stands in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.uploads.messages import COMPARING
from geo.uploads.model import Finding, Severity, Sheet

__all__ = ["MILDER", "MOST", "Notes", "Params", "Read", "Reader", "Spot", "as_in_file"]

MOST = 100  # values listed one by one for the same thing in the same column; the others are counted
Params = Mapping[str, str | int | float]
Spot = tuple[int | None, str]  # a column, counted from 1, and its heading
Read = tuple[str, str, Params]  # what a text says, the code of what is wrong with it or "", and what fills that message
Reader = Callable[[str], Read]
# What is said of a cell or heading is an error, but for these.
MILDER = {
    "district_renamed": Severity.NOTE,
    "district_new_area": Severity.NOTE,
    "part_left_out": Severity.WARNING,
    "part_taken": Severity.WARNING,
    "other_row": Severity.WARNING,
    "other_metric": Severity.WARNING,
    "remark_says_other": Severity.WARNING,
    "metric_left_out": Severity.WARNING,
    "period_meant": Severity.WARNING,
    "formula_text": Severity.WARNING,
    "not_available": Severity.WARNING,
}


@dataclass
class Notes:
    """A list of findings that grows."""

    found: list[Finding] = field(default_factory=list)
    row: int = 0  # of the sheet, counted from 0, where the table begins that the findings are about
    column: int = 0

    def add(
        self,
        code: str,
        severity: Severity,
        rows: Sequence[int] = (),
        spot: Spot = (None, ""),
        value: str = "",
        /,
        **params: str | int | float,
    ) -> None:
        """Add a finding; rows and column counted from 1 within the table."""
        column = None if spot[0] is None else spot[0] + self.column
        self.found.append(
            Finding(code, severity, tuple(row + self.row for row in rows), column, spot[1], value, params)
        )

    def read(self, spot: Spot, rows: Sequence[int], texts: Sequence[str], reader: Reader) -> list[str]:
        """Return what each cell of a column says, noting what is wrong; each distinct text is read once."""
        known = {text: reader(text) for text in dict.fromkeys(texts)}
        self.gather(spot, ((row, text, *known[text][1:]) for row, text in zip(rows, texts, strict=True)))
        return [known[text][0] for text in texts]

    def gather(self, spot: Spot, cells: Iterable[tuple[int, str, str, Params]]) -> None:
        """Add a finding for each distinct text of a column and what is wrong with it, "" if nothing, with all its rows.

        Parameters
        ----------
        spot
            The column.
        cells
            The row of each, its text, a code and what fills its message.
        """
        found: dict[str, dict[tuple[object, ...], tuple[str, Params, list[int]]]] = {}
        for row, text, code, params in cells:
            if code:
                same = found.setdefault(code, {})
                same.setdefault((text, *params.values()), (text, params, []))[2].append(row)
        for code, same in found.items():
            severity, listed = MILDER.get(code, Severity.ERROR), list(same.values())
            for text, params, rows in listed[:MOST]:
                self.add(code, severity, rows, spot, text, **params)
            if rest := listed[MOST:]:
                others = sorted(row for _, _, rows in rest for row in rows)
                self.add("more_values", severity, others, spot, rest[0][0], count=len(rest))


def as_in_file(finding: Finding, sheet: Sheet) -> Finding:
    """Return a finding whose value is what the file has: comparing knows values only in the unit of the catalogue."""
    if finding.code not in COMPARING or not finding.value or not finding.rows or finding.column is None:
        return finding
    return replace(finding, value=sheet.row(finding.rows[0] - 1)[finding.column - 1])
