"""What the commands for files share: the opened store, a file read as the pages read it, and its findings as plain values and lines."""

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import settings
from geo.changes.examine import examine
from geo.changes.proposal import Proposal
from geo.changes.remarks import warnings_of
from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads.bounds import MAX_BYTES
from geo.uploads.messages import describe
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
    "finding_line",
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
        source_id=options.source,
        quality=options.quality,
    )
    return examine(content, name, options.kind, base.raw, base.atlas, choices, options.mode)


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


def finding_rows(name: str, proposal: Proposal) -> list[dict[str, Any]]:
    """Return findings as plain values, with their messages in English."""
    return [_finding_row(name, finding) for finding in proposal.findings]


def _finding_row(name: str, finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    place = {"file": name, "rows": list(finding.rows), "column": finding.column, "heading": finding.heading}
    said = asdict(describe(finding))
    row = place | {"value": finding.value, "severity": finding.severity.value, "code": finding.code} | said
    return row | {"message": _message(row)}


def _message(row: dict[str, Any]) -> str:
    """Return what is wrong, what was expected and the remedy, in one line."""
    expected = f" Expected: {row['expected']}." if row["expected"] else ""
    return plain(f"{row['wrong']}{expected} {row['remedy']}")


def finding_line(row: dict[str, Any]) -> str:
    """Return a finding as one line: file, row, column, value, what is wrong, what was expected, the remedy."""
    rows, parts = row["rows"], [row["file"]]
    if rows:
        more = f" and {len(rows) - LISTED_ROWS} more" if len(rows) > LISTED_ROWS else ""
        parts.append(f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:LISTED_ROWS]))}{more}")
    if row["column"] is not None:
        parts.append(f"column {row['column']} {row['heading']!r}")
    if row["value"]:
        parts.append(f"found {row['value']!r}")
    return plain(f"{', '.join(parts)}: {row['severity']}: {row['message']}")
