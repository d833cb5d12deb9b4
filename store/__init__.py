"""Immutable versions of the data in SQLite or PostgreSQL: published, restored, reviewed, never overwritten."""

from store.errors import (
    BackupError,
    ConflictError,
    CorruptError,
    DatabaseError,
    DraftExistsError,
    FileChangedError,
    IncompatibleError,
    InDoubtError,
    InputError,
    NothingReadableError,
    NothingToPublishError,
    ReplacedError,
    ReviewError,
    SamePersonError,
    StoreError,
    UnknownVersionError,
    UnreadableError,
)
from store.model import TABLES, Event, Publication, Version
from store.versions import Store

__all__ = [
    "TABLES",
    "BackupError",
    "ConflictError",
    "CorruptError",
    "DatabaseError",
    "DraftExistsError",
    "Event",
    "FileChangedError",
    "InDoubtError",
    "IncompatibleError",
    "InputError",
    "NothingReadableError",
    "NothingToPublishError",
    "Publication",
    "ReplacedError",
    "ReviewError",
    "SamePersonError",
    "Store",
    "StoreError",
    "UnknownVersionError",
    "UnreadableError",
    "Version",
]
