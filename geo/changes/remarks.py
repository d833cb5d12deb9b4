"""Warnings as plain values, so that they can be kept with a draft and read by its reviewer in either language."""

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from geo.uploads.grouping import grouped
from geo.uploads.messages import describe
from geo.uploads.model import Finding, Severity

__all__ = ["findings_of", "warnings_of"]

MOST = 60  # warnings kept, many of one cause being one; a page lists no more
MOST_ROWS = 200  # of a warning
LONGEST = 300  # characters of a text


def warnings_of(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return the warnings among findings as values that JSON takes, many of one cause as one.

    Of more than 60 the first, each with its first 200 rows and texts of 300 characters.
    """
    warnings = grouped([finding for finding in findings if finding.severity is Severity.WARNING])
    return [_plain(finding) for finding in warnings[:MOST]]


def findings_of(kept: Iterable[Mapping[str, Any]]) -> Sequence[Finding]:
    """Return kept warnings as findings; those that this release has no words for are left out."""
    found = [
        Finding(**{**row, "severity": Severity.WARNING, "rows": tuple(row["rows"])}) for row in kept if _is_whole(row)
    ]
    return [finding for finding in found if _has_words(finding)]


def _plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values; the severity is that of all."""
    params = {name: _value(value) for name, value in finding.params.items()}
    sheet = {"sheet": finding.sheet[:LONGEST]} if finding.sheet else {}
    return sheet | {
        "code": finding.code,
        "rows": [int(row) for row in finding.rows[:MOST_ROWS]],
        "column": None if finding.column is None else int(finding.column),
        "heading": finding.heading[:LONGEST],
        "value": finding.value[:LONGEST],
        "params": params,
        "count": finding.count,
    }


def _value(value: object) -> str | int | float:
    """Return a value for a placeholder as JSON takes it: NumPy's numbers as Python's."""
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)[:LONGEST]


def _is_whole(row: Mapping[str, Any]) -> bool:
    """Return whether a kept warning has the fields that this release writes; earlier ones wrote no ``count``, and only some have a ``sheet``."""
    return {*row, "count"} - {"sheet"} == {"code", "rows", "column", "heading", "value", "params", "count"}


def _has_words(finding: Finding) -> bool:
    """Return whether this release can say what a finding says."""
    try:
        describe(finding)
    except (KeyError, ValueError):
        return False
    return True
