"""What the database holds, read only: versions, their tables, the audit log, remembered headings."""

from typing import Any

from store import aliases, blobs, records
from store.database import Database
from store.errors import StoreError
from store.model import TABLES, Event, Version

__all__ = ["History"]


class History:
    """The versions in a database and what happened to them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: int | None = None  # the number that was current when last asked

    def current(self) -> int:
        """Return the number of the version everyone sees; one query of a single row.

        Raises
        ------
        StoreError
            If the shipped data was never added.
        """
        with self._database.reading(watched=False) as connection:
            id_ = records.current(connection)
            if id_ != self._seen:
                self._database.watch(connection)
                self._seen = id_
        if id_ is None:
            raise StoreError(
                "The database contains no version yet. Start the dashboard, which adds the data it ships, or restore a backup: "
                "python -m store restore-backup FILE."
            )
        return id_

    def version(self, id_: int) -> Version:
        """Return a version.

        Raises
        ------
        UnknownVersionError
            If there is none of this number.
        """
        with self._database.reading() as connection:
            return records.version_of(connection, id_)

    def versions(self, limit: int | None = None) -> list[Version]:
        """Return all versions, or the newest, newest first, whatever their state."""
        with self._database.reading() as connection:
            return records.versions(connection, limit=limit)

    def waiting(self) -> list[Version]:
        """Return all drafts nobody has reviewed, newest first."""
        with self._database.reading() as connection:
            return records.waiting(connection)

    def tables(self, id_: int) -> dict[str, bytes]:
        """Return the tables of a version by file name, as UTF-8 CSV, just as they were stored: those of :data:`store.model.TABLES` that it has.

        Raises
        ------
        UnknownVersionError
            If there is none of this number.
        CorruptError
            If the stored bytes of a table are damaged or missing.
        """
        with self._database.reading() as connection:
            stored = records.hashes(connection, id_)
            return {name: blobs.fetch(connection, stored[name], id_, name) for name in TABLES if name in stored}

    def original(self, id_: int) -> tuple[str, bytes] | None:
        """Return the name and the bytes of the file a version was made from; None where there was none.

        Raises
        ------
        UnknownVersionError, CorruptError
            As :meth:`tables`.
        """
        with self._database.reading() as connection:
            version = records.version_of(connection, id_)
            if version.file_sha256 is None:
                return None
            return version.file_name, blobs.fetch(connection, version.file_sha256, id_, version.file_name)

    def warnings(self, draft_id: int) -> list[dict[str, Any]]:
        """Return the warnings that were handed over with a draft, as they were; none for any other version."""
        with self._database.reading() as connection:
            return records.warnings(connection, draft_id)

    def events(self, limit: int = 100, skip: int = 0) -> list[Event]:
        """Return lines of the audit log, newest first, leaving out as many of the newest."""
        with self._database.reading() as connection:
            return records.events(connection, limit, skip)

    def event_count(self) -> int:
        """Return how many lines the audit log has."""
        with self._database.reading() as connection:
            return records.event_count(connection)

    def aliases(self, kind: str) -> dict[str, str]:
        """Return what people said the headings of a kind of file mean: normalised heading → target."""
        with self._database.reading() as connection:
            return aliases.read(connection, kind)
