"""Many findings of one cause, put together for reading; the marked copy of a file has each at its cell, and JSON one by one."""

import string
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from geo.uploads.cells import letter
from geo.uploads.messages import MESSAGES
from geo.uploads.model import Finding

__all__ = ["FEW", "grouped"]

FEW = 3  # of one cause that stay apart: each value stands beside its row then


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with those of one cause put together in the place of the first, where there are more than three.

    Of one cause are findings whose messages are the same but for one name or number. One that stands for several has their number as
    ``count``, the rows and values of all, and their column where it is one; otherwise the columns are in its heading.

    Examples
    --------
    >>> from geo.uploads.model import Severity
    >>> rows = [Finding("not_a_number", Severity.ERROR, (row,), 2, "GDP", f"x{row}") for row in (5, 6, 7, 9)]
    >>> [(one.count, one.rows, one.value) for one in grouped(rows)]
    [(4, (5, 6, 7, 9), 'x5; x6; x7; x9')]
    """
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.severity), []).append(finding)
    varying = {kind: _most_varied(found) for kind, found in alike.items()}
    causes: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        causes.setdefault(_cause(finding, varying[finding.code, finding.severity]), []).append(finding)
    found = []
    for finding in findings:
        name = varying[finding.code, finding.severity]
        cause = causes[_cause(finding, name)]
        if len(cause) <= FEW:
            found.append(finding)
        elif finding is cause[0]:
            found.append(_as_one(cause, name))
    return found


@cache
def _placeholders(code: str) -> tuple[str, ...]:
    """Return what the message of a code is filled with."""
    entry = MESSAGES[code]
    texts = (*entry.wrong.values(), *entry.expected.values(), *entry.remedy.values(), entry.command)
    return tuple(sorted({name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}))


def _most_varied(findings: Sequence[Finding]) -> str:
    """Return the placeholder in which findings of one code differ most, "" where the message has none."""
    names = _placeholders(findings[0].code)
    return max(names, key=lambda name: len({finding.params.get(name) for finding in findings}), default="")


def _cause(finding: Finding, varying: str) -> Hashable:
    """Return what findings of one cause have in common: two names that differ together could not be listed without mixing them up."""
    said = (finding.params.get(name) for name in _placeholders(finding.code) if name != varying)
    return finding.code, finding.severity, *said


def _as_one(cause: Sequence[Finding], varying: str) -> Finding:
    """Return one finding for several of one cause."""
    first = cause[0]
    spots = list(dict.fromkeys((finding.column, finding.heading) for finding in cause))
    column, heading = spots[0] if len(spots) == 1 else (None, _listed(map(_spot_text, spots), "; "))
    params = dict(first.params)
    if varying and any(finding.params.get(varying) != params.get(varying) for finding in cause):
        params[varying] = _listed((str(finding.params.get(varying, "")) for finding in cause), ", ")
    return replace(
        first,
        rows=tuple(sorted({row for finding in cause for row in finding.rows})),
        column=column,
        heading=heading,
        value=_listed((finding.value for finding in cause), "; "),
        params=params,
        count=sum(finding.count for finding in cause),
    )


def _spot_text(spot: tuple[int | None, str]) -> str:
    """Return a column as it is called beside others."""
    column, heading = spot
    return f"{letter(column)} {heading}".strip() if column else heading


def _listed(texts: Iterable[str], between: str) -> str:
    """Return distinct texts one after the other."""
    return between.join(dict.fromkeys(filter(None, texts)))
