"""Errors of the data versions.

::

    StoreError
    ├── DatabaseError           the database cannot be opened, reached or written
    │   ├── FullError           its disk is full
    │   ├── FileChangedError    the file of an SQLite database is not the one that was opened
    │   ├── ReplacedError       what a PostgreSQL database holds is not what was read there before
    │   └── InDoubtError        the database went away at the commit, or right after it
    ├── BackupError             a backup that cannot be made, or is not one
    ├── UnreadableError         a stored version that this release cannot show
    │   ├── CorruptError        stored bytes that are not those once stored
    │   └── IncompatibleError   tables that do not fit this release, even brought up to it
    ├── NothingReadableError    a database of which no version can be shown
    ├── InputError              what was handed over is incomplete: no author, no note, an unknown table
    ├── UnknownVersionError     a version that does not exist
    ├── NothingToPublishError   tables that are those of the version they would follow
    ├── DraftExistsError        a draft of what another draft proposes already
    ├── ConflictError           somebody published in between
    └── ReviewError             a version that is in no state for what was asked
        └── SamePersonError     a draft reviewed by its own author
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # geo.schema imports pandas, which `import store` does not
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from geo.schema import Problem

__all__ = [
    "BackupError",
    "ConflictError",
    "CorruptError",
    "DatabaseError",
    "DraftExistsError",
    "FileChangedError",
    "FullError",
    "InDoubtError",
    "IncompatibleError",
    "InputError",
    "NothingReadableError",
    "NothingToPublishError",
    "ReplacedError",
    "ReviewError",
    "SamePersonError",
    "StoreError",
    "UnknownVersionError",
    "UnreadableError",
]

LISTED = 20  # problems of a version, in a message


class StoreError(Exception):
    """Base of all errors of the data versions."""


class DatabaseError(StoreError):
    """The database cannot be opened, reached or written."""


class FullError(DatabaseError):
    """The disk of the database is full; it can still be read."""


class FileChangedError(DatabaseError):
    """The file of an SQLite database was taken away, replaced or damaged after it was opened."""

    def __init__(self, path: Path, change: Literal["missing", "replaced", "damaged", "bared"]) -> None:
        self.path, self.change = path, change
        found, remedy = _FILE_CHANGES[change]
        self.found = f"The database file {path} {found}"
        super().__init__(f"{self.found}, so nothing was saved. {remedy}")


class ReplacedError(DatabaseError):
    """What a PostgreSQL database holds is not what was read or written there before, as after a restored backup."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The database {place} is not the one the dashboard opened, so nothing was saved. "
            "Restart the dashboard to use what is there now, such as a restored backup."
        )


class InDoubtError(DatabaseError):
    """The database failed at the commit, or right after it: what was to be stored may be there or not."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}. The data may or may not have been saved. Check the version history once the database responds, then decide whether to try again."
        )


_FILE_CHANGES = {
    "missing": ("is gone", "Put it back in its place; if it is lost, stop the dashboard and restore a backup."),
    "replaced": (
        "is not the one the dashboard opened",
        "Put the original file back, or restart the dashboard to use the new file.",
    ),
    "damaged": (
        "is truncated or damaged",
        "Stop the dashboard and restore a backup; the damaged file is kept.",
    ),
    "bared": (
        "has lost its -wal or -shm file",
        "It is reopened automatically. Try again in a moment, and do not touch these two files while the dashboard is running.",
    ),
}


class BackupError(StoreError):
    """A backup cannot be made or restored."""


class UnreadableError(StoreError):
    """A stored version that this release cannot show, restore or publish upon."""

    def __init__(self, version_id: int, reason: str) -> None:
        self.version_id = version_id
        super().__init__(reason)


class CorruptError(UnreadableError):
    """Stored bytes do not have the hash they were stored under."""

    def __init__(self, version_id: int, name: str) -> None:
        self.name = name
        super().__init__(
            version_id,
            f"{name} of version {version_id} is damaged in the database: expected the bytes that were published. "
            "Restore the database from a backup, or restore another version.",
        )


class IncompatibleError(UnreadableError):
    """Stored tables that do not fit this release; ``problems`` lists all that keeps them from being shown, the message the first."""

    def __init__(self, version_id: int, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count, lines = len(self.problems), "\n".join(f"  {problem}" for problem in self.problems[:LISTED])
        more = f"\n  and {count - LISTED} more" if count > LISTED else ""
        super().__init__(
            version_id,
            f"Version {version_id} in the database cannot be read by this release: {count} problem{'s' if count != 1 else ''} in its stored "
            f"tables.\n{lines}{more}\nThe files in the data folder are not the cause. Restore another version from the history, "
            "or run the release that published this one.",
        )


class NothingReadableError(StoreError):
    """There is no version to show."""

    def __init__(self, current: int) -> None:
        super().__init__(
            f"This release cannot read any version in the database, neither the published version {current} nor any other; the log names each with "
            "its reason. The files in the data folder are not the cause. Restore the database from a backup, or run the release that wrote it."
        )


class InputError(StoreError, ValueError):
    """What was handed over is incomplete."""


class UnknownVersionError(StoreError):
    """There is no such version."""

    def __init__(self, version_id: int) -> None:
        self.version_id = version_id
        super().__init__(f"There is no version {version_id}; choose one from the history.")


class NothingToPublishError(StoreError):
    """The tables are those of the version they would follow."""

    def __init__(self, parent_id: int) -> None:
        self.parent_id = parent_id
        super().__init__(f"Nothing differs from version {parent_id}, so there is nothing to publish.")


class DraftExistsError(StoreError):
    """A draft that waits proposes the same upon the same version."""

    def __init__(self, draft_id: int) -> None:
        self.draft_id = draft_id
        super().__init__(f"Draft {draft_id} proposes the same and is waiting for review, so no other was stored.")


class ConflictError(StoreError):
    """Somebody published in between; nothing was stored."""

    def __init__(self, expected: int, current: int, who: str, when: datetime) -> None:
        self.expected, self.current, self.who, self.when = expected, current, who, when
        super().__init__(
            f"Nothing was published: version {expected} was expected to be the current one, but {who} published "
            f"version {current} on {when:%Y-%m-%d at %H:%M} UTC. Check what changed, then publish again on top of it."
        )


class ReviewError(StoreError):
    """A version is in no state for what was asked."""

    def __init__(self, version_id: int, found: str, expected: str) -> None:
        self.version_id, self.found, self.expected = version_id, found, expected
        super().__init__(f"Version {version_id} is {found}; expected {expected}.")


class SamePersonError(ReviewError):
    """A draft needs a second pair of eyes."""

    def __init__(self, version_id: int, author: str) -> None:
        super().__init__(version_id, f"a draft of {author}", "review by another person")
