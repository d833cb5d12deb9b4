"""The store: every version of the data, and which of them everyone sees."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection

from store import aliases, blobs, inputs, records
from store.database import Database, address, connect, migrate
from store.errors import (
    ConflictError,
    DatabaseError,
    DraftExistsError,
    InputError,
    ReviewError,
    SamePersonError,
)
from store.history import History
from store.model import SYSTEM, TABLES, Publication, Version, VersionKind
from store.sign_outs import SignOuts

__all__ = ["Store"]


class Store(History):
    """Immutable versions of the data tables in a database; safe to share between threads."""

    @classmethod
    def open(cls, url: str = "") -> Self:
        """Open a database, create or migrate its tables, and return the store in it.

        Parameters
        ----------
        url
            ``sqlite:///path``, ``postgresql://…`` or ``postgres://…``; ``""`` takes the environment variable
            ``DASHBOARD_DATABASE_URL``, or where that is not set ``var/dashboard.sqlite3`` of the project.

        Raises
        ------
        DatabaseError
            If the address is none, or the database cannot be opened or migrated.
        """
        parsed = address(url)
        engine = connect(parsed)
        try:
            migrate(engine)
            return cls(Database(engine))
        except DatabaseError:
            engine.dispose()
            raise

    @property
    def away(self) -> bool:
        """Whether the database was away when it was last asked; it is asked again by itself until it answers."""
        return self._database.outage.lasts

    def close(self) -> None:
        """Close all connections; an SQLite database is one file afterwards."""
        self._database.close()

    @property
    def sign_outs(self) -> SignOuts:
        """The sign-ins that were ended."""
        return SignOuts(self._database)

    def ensure_shipped(self, tables: Mapping[str, bytes]) -> Version:
        """Add the shipped data as a version unless the newest shipped version is the same, and return that.

        Parameters
        ----------
        tables
            All of :data:`TABLES`, by file name.

        Notes
        -----
        Everyone sees it only if nobody has published: otherwise it is "offered" in the history, to be restored.
        """
        if set(tables) != set(TABLES):
            raise InputError(f"The shipped data is incomplete: expected {', '.join(TABLES)}.")
        packed = blobs.pack(tables.values())
        wanted = dict(zip(tables, (item.sha256 for item in packed), strict=True))
        with self._database.writing() as connection:
            last = records.last_shipped(connection)
            if last is not None and records.hashes(connection, last) == wanted:
                return records.version_of(connection, last)
            blobs.save(connection, packed)
            id_ = records.add_version(connection, last, wanted, kind="shipped", author=SYSTEM)
            before = records.current(connection)
            shown = before is None or records.version_of(connection, before).kind == "shipped"
            if shown:
                records.move(connection, before, id_)
            records.record(connection, SYSTEM, "shipped" if shown else "offered", id_)
            return records.version_of(connection, id_)

    def publish(self, publication: Publication, *, expected: int) -> Version:
        """Add a version that everyone sees from now on.

        Parameters
        ----------
        publication
            What changes; the other tables are those of ``expected``.
        expected
            The version that was current when the author looked.

        Raises
        ------
        ConflictError
            If another version is current by now; nothing is stored but a line in the audit log.
        NothingToPublishError
            If nothing changes.
        InputError
            If author or note is empty, or a table is not versioned.
        """
        return self._add(publication, expected, kind="published", shown=True)

    def submit(self, publication: Publication, *, base: int, once: bool = False) -> Version:
        """Add a draft, which nobody sees until another person approves it.

        Parameters
        ----------
        publication
            What would change; the other tables are those of ``base``.
        base
            The version the author looked at.
        once
            Whether to refuse what a draft that waits upon ``base`` proposes already.

        Raises
        ------
        DraftExistsError
            If there is such a draft, and ``once``.
        NothingToPublishError, InputError
            As :meth:`publish`.
        """
        return self._add(publication, base, kind="draft", shown=False, once=once)

    def approve(self, draft_id: int, reviewer: str, note: str, *, expected: int) -> Version:
        """Let everyone see a draft from now on.

        Raises
        ------
        ReviewError
            If it is not a draft that waits; as :class:`SamePersonError` if the reviewer wrote it.
        ConflictError
            If ``expected`` is not current by now, or not what the draft was made from.
        """
        name, text = inputs.needed(reviewer, "reviewer"), inputs.needed(note, "note")
        with self._logging_refusals(name, "approve", draft_id), self._database.writing() as connection:
            draft = _waiting(connection, draft_id)
            if _same_person(draft.author, name):
                raise SamePersonError(draft_id, draft.author)
            records.move(connection, expected, draft_id)
            if draft.parent_id != expected:
                raise records.conflict(connection, draft.parent_id)
            records.record(connection, name, "approved", draft_id, note=text)
            return records.version_of(connection, draft_id)

    def reject(self, draft_id: int, reviewer: str, note: str) -> Version:
        """Close a draft without publishing it; its author may do so too.

        Raises
        ------
        ReviewError
            If it is not a draft that waits.
        """
        name, text = inputs.needed(reviewer, "reviewer"), inputs.needed(note, "note")
        with self._database.writing() as connection:
            _waiting(connection, draft_id)
            records.record(connection, name, "rejected", draft_id, note=text)
            return records.version_of(connection, draft_id)

    def restore(self, id_: int, author: str, note: str, *, expected: int) -> Version:
        """Add a version with the tables of an older one, which everyone sees from now on.

        Raises
        ------
        ReviewError
            If it is a draft that waits or was rejected.
        ConflictError, NothingToPublishError, InputError
            As :meth:`publish`.
        """
        name, text = inputs.needed(author, "author"), inputs.needed(note, "note")
        with self._logging_refusals(name, "restore", id_), self._database.writing() as connection:
            source = records.version_of(connection, id_)
            if source.state in ("waiting", "rejected"):
                raise ReviewError(id_, f"a draft that is {source.state}", "a published version")
            tables = records.hashes(connection, id_)
            row = {"kind": "restored", "author": name, "note": text, "restored_from": id_}
            new = records.add_version(connection, expected, tables, **row)
            records.move(connection, expected, new)
            records.record(connection, name, "restored", new, restored_from=id_, note=text)
            return records.version_of(connection, new)

    def remember(self, kind: str, mapping: Mapping[str, str], author: str) -> None:
        """Remember what headings of a kind of file mean: normalised heading → target.

        Raises
        ------
        InputError
            If the author or a heading is empty.
        """
        name = inputs.needed(author, "author")
        with self._database.writing() as connection:
            for heading, target in mapping.items():
                aliases.remember(connection, kind, inputs.needed(heading, "heading"), target, name)

    def forget(self, kind: str, key: str, author: str) -> None:
        """Forget what a normalised heading of a kind of file means; nothing happens where none is remembered."""
        name = inputs.needed(author, "author")
        with self._database.writing() as connection:
            aliases.forget(connection, kind, inputs.plain(key), name)

    # ---- steps ----

    def _add(
        self, publication: Publication, parent: int, *, kind: VersionKind, shown: bool, once: bool = False
    ) -> Version:
        """Add a version on top of another, and show it to everyone or keep it as a draft."""
        texts = inputs.cleaned(publication)
        packed = dict(zip(publication.tables, blobs.pack(publication.tables.values()), strict=True))
        (original,) = blobs.pack([publication.original])
        author, note = texts["author"], texts["note"]
        with self._logging_refusals(author, "publish"), self._database.writing() as connection:
            blobs.save(connection, [*packed.values(), original])
            tables = records.hashes(connection, parent) | {name: item.sha256 for name, item in packed.items()}
            waiting = records.waiting_with(connection, parent, tables) if once else None
            if waiting is not None:
                raise DraftExistsError(waiting)
            id_ = records.add_version(connection, parent, tables, kind=kind, file_sha256=original.sha256, **texts)
            if shown:
                records.move(connection, parent, id_)
            remarks = {"warnings": list(publication.warnings)} if publication.warnings and not shown else {}
            records.record(connection, author, "published" if shown else "drafted", id_, note=note, **remarks)
            return records.version_of(connection, id_)

    @contextmanager
    def _logging_refusals(self, actor: str, attempt: str, version_id: int | None = None) -> Iterator[None]:
        """Leave a line in the audit log, in a transaction of its own, when somebody came too late."""
        try:
            yield
        except ConflictError as error:
            with self._database.writing() as connection:
                found = {"expected": error.expected, "current": error.current}
                records.record(connection, actor, "refused", version_id, attempt=attempt, **found)
            raise


def _waiting(connection: Connection, draft_id: int) -> Version:
    """Return a draft nobody has reviewed; refuse any other version."""
    draft = records.version_of(connection, draft_id)
    if draft.state != "waiting":
        raise ReviewError(draft_id, draft.state, "a draft waiting for review")
    return draft


def _same_person(one: str, other: str) -> bool:
    """Return whether two names are of one person, whatever their case."""
    return one.strip().casefold() == other.strip().casefold()
