"""What the commands for files share: the opened store, a file read as the pages read it, and its findings as plain values and lines."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import settings
from geo import wording
from geo.changes.examine import examine
from geo.changes.proposal import Proposal
from geo.changes.remarks import warnings_of
from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads.bounds import MAX_BYTES
from geo.uploads.grouping import grouped
from geo.uploads.messages import Message, describe
from geo.uploads.model import Choices, Finding
from store.inputs import plain
from store.model import Publication
from store.reading.loading import load_version, shipped_tables, table_bytes
from store.reading.opening import open_version
from store.versions import Store

__all__ = [
    "Base",
    "base_of",
    "content_of",
    "examined",
    "finding_lines",
    "finding_rows",
    "folder",
    "opened",
    "publication",
]

LISTED_ROWS = 10  # in text; JSON lists all


@dataclass(frozen=True)
class Base:
    """The version that files are compared with, as text and typed."""

    number: int
    raw: Raw
    atlas: Atlas


@contextmanager
def opened() -> Iterator[Store]:
    """Open the store; an empty one gets the data folder as its first version, once that was checked.

    Only the server, when it starts, adds a folder that has changed since: a command may run while somebody edits it.

    Raises
    ------
    DataError
        If the store is empty and something is wrong with the folder; nothing is stored.
    """
    with closing(Store.open()) as store:
        if not store.versions(1):
            folder()
            store.ensure_shipped(shipped_tables(settings.data_folder()))
        yield store


def folder() -> Raw:
    """Return the data folder, in which nothing is wrong, so that what cannot be read is the version's own fault."""
    return loading.checked(settings.data_folder())


def content_of(path: Path) -> bytes:
    """Return a file's bytes, and no more of them than it takes to see that they are too many."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def base_of(store: Store, number: int) -> Base:
    """Return a version for files to be compared with.

    Raises
    ------
    UnreadableError
        If this release cannot read it.
    """
    raw = folder()
    return Base(number, load_version(store, raw, number), open_version(store, raw, number))


def examined(store: Store, options: argparse.Namespace, name: str, content: bytes, base: Base) -> Proposal:
    """Return what a file would change in a version, read as the options say."""
    choices = Choices(
        encoding=options.encoding,
        sheet=options.sheet,
        columns=store.aliases(options.kind),
        district=options.district,
        metric=options.metric,
        period=options.period,
        unit=options.unit,
        source_id=options.added.source_id if options.added else options.source,
        quality=options.quality,
    )
    return examine(content, name, options.kind, base.raw, base.atlas, choices, options.mode, options.added)


def publication(options: argparse.Namespace, name: str, content: bytes, proposal: Proposal) -> Publication:
    """Return a proposal as the store takes it."""
    return Publication(
        tables={file: table_bytes(frame) for file, frame in proposal.tables.items()},
        kind=options.kind,
        mode=options.mode,
        author=options.author,
        note=options.note,
        file_name=name,
        original=content,
        warnings=warnings_of(proposal.findings),
    )


def finding_rows(name: str, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain values, with their messages in English."""
    return [_finding_row(name, finding) for finding in findings]


def _finding_row(name: str, finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    sheet = {"sheet": finding.sheet} if finding.sheet else {}
    place = {"file": name, **sheet, "rows": list(finding.rows), "column": finding.column, "heading": finding.heading}
    said = _described(finding)
    row = place | {"value": finding.value, "severity": finding.severity.value, "code": finding.code} | asdict(said)
    return row | {"message": _in_one_line(said)}


def finding_lines(name: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield findings as lines, many of one cause as one: file, sheet of several, rows, column, value, what is wrong, what was expected, the remedy."""
    for finding in grouped(findings):
        sheet = f"sheet {finding.sheet!r}" if finding.sheet else ""
        place = ", ".join(filter(None, (name, sheet, _rows(finding.rows), _column(finding), _found(finding))))
        yield plain(f"{place}: {finding.severity}: {_in_one_line(_described(finding))}")


def _described(finding: Finding) -> Message:
    """Return what a finding says on the command line, which speaks English; codes stay as the options take them."""
    units = str(finding.params.get("unit", "")).split(", ")
    called = wording.listing((wording.unit_name(unit, "en") for unit in units), "en")
    return describe(replace(finding, params={**finding.params, "unit": called}), command_line=True)


def _in_one_line(said: Message) -> str:
    """Return what is wrong, what was expected and the remedy, in one line."""
    expected = f" Expected: {said.expected}." if said.expected else ""
    return plain(f"{said.wrong}{expected} {said.remedy}")


def _rows(rows: Sequence[int]) -> str:
    """Return rows for reading, the first where there are many."""
    more = f" and {len(rows) - LISTED_ROWS} more" if len(rows) > LISTED_ROWS else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:LISTED_ROWS]))}{more}" if rows else ""


def _column(finding: Finding) -> str:
    """Return the column of a finding, or the columns where it stands for findings in several."""
    if finding.column is not None:
        return f"column {finding.column} {finding.heading!r}"
    return f"columns {finding.heading}" if finding.count > 1 and finding.heading else ""


def _found(finding: Finding) -> str:
    """Return what the file has, and how many findings of one cause these are."""
    if finding.count > 1:
        return f"found {finding.count} in all{': ' if finding.value else ''}{finding.value}"
    return f"found {finding.value!r}" if finding.value else ""
