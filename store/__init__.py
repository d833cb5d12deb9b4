"""Immutable versions of the data in SQLite or PostgreSQL: published, restored, reviewed, never overwritten."""

from store.errors import (
    ConflictError,
    CorruptError,
    DatabaseError,
    InputError,
    NothingToPublishError,
    ReviewError,
    SamePersonError,
    StoreError,
    UnknownVersionError,
)
from store.model import TABLES, Event, Publication, Version
from store.versions import Store

__all__ = [
    "TABLES",
    "ConflictError",
    "CorruptError",
    "DatabaseError",
    "Event",
    "InputError",
    "NothingToPublishError",
    "Publication",
    "ReviewError",
    "SamePersonError",
    "Store",
    "StoreError",
    "UnknownVersionError",
    "Version",
]
