"""The value types that go in and out of the data versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["SYSTEM", "TABLES", "Event", "Publication", "State", "Version", "VersionKind"]

# The rest of the data folder is not versioned; store.reading.upgrade says which tables older versions do not have.
TABLES = (
    "clusters.csv",
    "tenants.csv",
    "indicators.csv",
    "sources.csv",
    "slides.csv",  # in the data folder the story is slides.toml
)
SYSTEM = "system"  # who adds the shipped versions

VersionKind = Literal["shipped", "published", "draft", "restored"]
State = Literal[
    "published",  # was or is what everyone sees
    "offered",  # shipped while people had published their own: to be taken by restoring it
    "waiting",  # a draft nobody has reviewed
    "rejected",  # a draft that was refused
]


@dataclass(frozen=True)
class Publication:
    """What somebody wants to publish."""

    tables: Mapping[str, bytes]  # only those that change, by file name; the others are the parent's
    kind: str  # one of geo.uploads.model.KINDS
    mode: str  # "update", "replace_period" or "replace_all"
    author: str
    note: str
    file_name: str
    original: bytes  # the file as it was uploaded
    # What its reviewer should know of a draft, as values that JSON takes; kept in the audit log with it.
    warnings: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Version:
    """One version of the data, never changed after it was added; ``state`` and the review follow from the audit log."""

    id: int
    parent_id: int | None  # None for the first
    kind: VersionKind
    upload: str  # one of geo.uploads.model.KINDS, or "" where nothing was uploaded
    mode: str
    author: str
    note: str
    file_name: str
    file_sha256: str | None
    restored_from: int | None
    created_at: datetime  # UTC
    state: State
    reviewer: str = ""
    reviewed_at: datetime | None = None  # UTC
    review_note: str = ""
    published_at: datetime | None = None  # UTC; a draft's, when it was approved; None where it never was


@dataclass(frozen=True)
class Event:
    """One line of the audit log."""

    id: int
    at: datetime  # UTC
    actor: str
    action: str
    version_id: int | None
    detail: Mapping[str, Any] = field(default_factory=dict)
