"""Many findings of one cause, put together for reading; the marked copy of a file has each at its cell, and JSON one by one."""

import string
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from operator import itemgetter

from geo.uploads.messages import MESSAGES
from geo.uploads.model import Finding
from geo.uploads.read.sheets.unseen import letter

__all__ = ["FEW", "grouped"]

FEW = 3  # of one cause that stay apart: each value stands beside its row then


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with those of one cause put together in the place of the first, where there are more than three.

    Of one cause are findings in the same column, or in the same rows, whose messages are the same but for one name or number. One that
    stands for several has their number as ``count``, the rows and values of all, and their column where it is one; otherwise the columns
    are in its heading.

    Examples
    --------
    >>> from geo.uploads.model import Severity
    >>> rows = [Finding("not_a_number", Severity.ERROR, (row,), 2, "GDP", f"x{row}") for row in (5, 6, 7, 9)]
    >>> [(one.count, one.rows, one.value) for one in grouped(rows)]
    [(4, (5, 6, 7, 9), 'x5; x6; x7; x9')]
    """
    of_column = _put_together(findings, lambda finding: (finding.column, finding.heading))
    return _put_together(of_column, lambda finding: finding.rows)


def _put_together(findings: Sequence[Finding], place: Callable[[Finding], Hashable]) -> list[Finding]:
    """Return findings with those of one cause and one place put together."""
    found: list[tuple[int, Finding]] = []
    for alike in _sorted_out(
        enumerate(findings), lambda finding: (finding.code, finding.severity, finding.sheet, place(finding))
    ):
        varying = _most_varied([finding for _, finding in alike])
        for cause in _sorted_out(alike, partial(_said, varying=varying)):
            first, _ = cause[0]
            found += [(first, _as_one([finding for _, finding in cause], varying))] if len(cause) > FEW else cause
    return [finding for _, finding in sorted(found, key=itemgetter(0))]


def _sorted_out(
    findings: Iterable[tuple[int, Finding]], by: Callable[[Finding], Hashable]
) -> Iterable[list[tuple[int, Finding]]]:
    """Return findings, each with its place in the list, by what they have in common."""
    found: dict[Hashable, list[tuple[int, Finding]]] = {}
    for at, finding in findings:
        found.setdefault(by(finding), []).append((at, finding))
    return found.values()


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


def _said(finding: Finding, varying: str) -> Hashable:
    """Return all but one of what a message is filled with: two names that differ together could not be listed without mixing them up."""
    return tuple(finding.params.get(name) for name in _placeholders(finding.code) if name != varying)


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
