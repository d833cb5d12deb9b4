"""Findings gathered while a file is cleaned: one for each distinct value, with all the rows it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from geo.uploads.messages import COMPARING
from geo.uploads.model import Finding, Severity, Sheet

__all__ = ["MOST", "Cells", "Notes", "Params", "Spot", "as_in_file", "groups"]

MOST = 100  # values listed one by one for the same thing in the same column; the others are counted
Params = Mapping[str, str | int | float]
Spot = tuple[int | None, str]  # a column, counted from 1, and its heading


@dataclass(frozen=True)
class Cells:
    """Some cells of a column."""

    spot: Spot
    words: Sequence[str]  # distinct texts of the column
    codes: np.ndarray  # which of them each cell has
    rows: np.ndarray  # where each cell stands in the sheet, counted from 0


@dataclass
class Notes:
    """A list of findings that grows."""

    found: list[Finding] = field(default_factory=list)

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
        """Add a finding; rows and column counted from 1."""
        self.found.append(Finding(code, severity, tuple(rows), *spot, value, params))

    def words(self, code: str, severity: Severity, cells: Cells, params: Mapping[int, Params]) -> None:
        """Add a finding for each distinct word that has ``params``: what its message is filled with."""
        if not params:
            return
        flags = np.zeros(len(cells.words), dtype=bool)
        flags[list(params)] = True
        hit = flags[cells.codes]
        listed = groups(cells.codes[hit], cells.rows[hit] + 1)
        for word, rows in listed[:MOST]:
            self.add(code, severity, rows, cells.spot, cells.words[word], **params[word])
        if rest := listed[MOST:]:
            others = sorted(row for _, rows in rest for row in rows)
            self.add("more_values", severity, others, cells.spot, cells.words[rest[0][0]], count=len(rest))


def groups(codes: np.ndarray, rows: np.ndarray) -> list[tuple[int, tuple[int, ...]]]:
    """Return each distinct code with its rows, in the order in which the codes first appear.

    Examples
    --------
    >>> groups(np.array([7, 3, 7]), np.array([1, 2, 3]))
    [(7, (1, 3)), (3, (2,))]
    """
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    parts = np.split(rows[order], starts[1:]) if len(order) else []
    found = [(int(codes[order[start]]), tuple(part.tolist())) for start, part in zip(starts, parts, strict=True)]
    return sorted(found, key=lambda group: group[1][0])


def as_in_file(finding: Finding, sheet: Sheet) -> Finding:
    """Return a finding whose value is what the file has: comparing knows values only in the unit of the catalogue."""
    if finding.code not in COMPARING or not finding.value or not finding.rows or finding.column is None:
        return finding
    return replace(finding, value=sheet.row(finding.rows[0] - 1)[finding.column - 1])
