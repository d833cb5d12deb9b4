"""Rows of the versions, the pointer and the audit log, read and added on an open connection."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, insert, select, update

from store.errors import ConflictError, NothingToPublishError, UnknownVersionError
from store.model import Event, State, Version
from store.schema import audit, pointer, version, version_table

__all__ = [
    "add_version",
    "conflict",
    "current",
    "event_count",
    "events",
    "hashes",
    "last_shipped",
    "move",
    "record",
    "version_of",
    "versions",
    "waiting",
    "waiting_with",
    "warnings",
]

# The state of a version is what happened to it last; the log's other actions leave it as it is.
STATES: Mapping[str, State] = {
    "shipped": "published",
    "offered": "offered",
    "published": "published",
    "restored": "published",
    "drafted": "waiting",
    "approved": "published",
    "rejected": "rejected",
}
MOVES = ("shipped", "published", "restored", "approved")  # actions that move the pointer
REVIEWS = ("approved", "rejected")
CURRENT = select(pointer.c.version_id)  # built once: it is asked at every rerun of a page


def current(connection: Connection) -> int | None:
    """Return the version everyone sees, None in a new database."""
    return connection.scalar(CURRENT)


def versions(connection: Connection, *wanted: ColumnElement[bool], limit: int | None = None) -> list[Version]:
    """Return the versions that are wanted, newest first, with what the audit log says of them."""
    rows = connection.execute(select(version).where(*wanted).order_by(version.c.id.desc()).limit(limit)).all()
    if not rows:
        return []
    said = audit.c.version_id.between(rows[-1].id, rows[0].id) & audit.c.action.in_(STATES)
    entries = defaultdict[int, list[Row[Any]]](list)
    for entry in connection.execute(select(audit).where(said).order_by(audit.c.id)):
        entries[entry.version_id].append(entry)
    return [_version(row, entries[row.id]) for row in rows]


def waiting(connection: Connection) -> list[Version]:
    """Return the drafts nobody has reviewed, newest first."""
    reviewed = exists().where(audit.c.version_id == version.c.id, audit.c.action.in_(REVIEWS))
    return versions(connection, version.c.kind == "draft", ~reviewed)


def version_of(connection: Connection, id_: int) -> Version:
    """Return a version.

    Raises
    ------
    UnknownVersionError
        If there is none of this number.
    """
    for found in versions(connection, version.c.id == id_):
        return found
    raise UnknownVersionError(id_)


def _version(row: Row[Any], entries: Sequence[Row[Any]]) -> Version:
    """Return a version from its row and its entries in the log, oldest first."""
    last = entries[-1]
    reviewed = last.action in REVIEWS
    return Version(
        **row._mapping,
        state=STATES[last.action],
        reviewer=last.actor if reviewed else "",
        reviewed_at=last.at if reviewed else None,
        review_note=last.detail["note"] if reviewed else "",
        published_at=last.at if last.action in MOVES else None,
    )


def hashes(connection: Connection, version_id: int) -> dict[str, str]:
    """Return the hashes of a version's tables by file name.

    Raises
    ------
    UnknownVersionError
        If there is no such version.
    """
    table = version_table.c
    rows = connection.execute(select(table.name, table.sha256).where(table.version_id == version_id)).all()
    if not rows:
        raise UnknownVersionError(version_id)
    return {row.name: row.sha256 for row in rows}


def waiting_with(connection: Connection, parent_id: int, tables: Mapping[str, str]) -> int | None:
    """Return the newest draft that waits upon a version and has these tables, by hash; None where there is none."""
    upon = select(version.c.id).where(version.c.kind == "draft", version.c.parent_id == parent_id)
    for id_ in connection.scalars(upon.order_by(version.c.id.desc())).all():
        if hashes(connection, id_) == tables and version_of(connection, id_).state == "waiting":
            return int(id_)
    return None


def warnings(connection: Connection, draft_id: int) -> list[dict[str, Any]]:
    """Return the warnings that were kept with a draft."""
    query = select(audit.c.detail).where(audit.c.version_id == draft_id, audit.c.action == "drafted")
    return list((connection.scalar(query) or {}).get("warnings", ()))


def last_shipped(connection: Connection) -> int | None:
    """Return the newest shipped version, None in a new database."""
    id_: int | None = connection.scalar(select(func.max(version.c.id)).where(version.c.kind == "shipped"))
    return id_


def add_version(connection: Connection, parent_id: int | None, tables: Mapping[str, str], **fields: Any) -> int:
    """Add a version and return its number.

    Parameters
    ----------
    connection
        In a transaction that is alone in writing.
    parent_id
        The version it follows, None for the first.
    tables
        Hashes of stored bytes by file name.
    **fields
        The other columns of :data:`store.schema.version`.

    Raises
    ------
    NothingToPublishError
        If the tables are the parent's.
    UnknownVersionError
        If there is no such parent.
    """
    if parent_id is not None and hashes(connection, parent_id) == tables:
        raise NothingToPublishError(parent_id)
    id_ = (connection.scalar(select(func.max(version.c.id))) or 0) + 1
    texts = dict.fromkeys(("upload", "mode", "note", "file_name"), "")
    row = texts | fields | {"id": id_, "parent_id": parent_id, "created_at": datetime.now(UTC)}
    connection.execute(insert(version).values(row))
    rows = [{"version_id": id_, "name": name, "sha256": sha256} for name, sha256 in tables.items()]
    connection.execute(insert(version_table), rows)
    return id_


def move(connection: Connection, expected: int | None, to: int) -> None:
    """Move the pointer, but only from where it is expected.

    Raises
    ------
    ConflictError
        If it stands elsewhere; names who moved it there, and when.
    """
    moved = update(pointer).where(pointer.c.version_id.is_not_distinct_from(expected)).values(version_id=to)
    if connection.execute(moved).rowcount != 1:
        raise conflict(connection, expected)


def conflict(connection: Connection, expected: int | None) -> ConflictError:
    """Return the error that says where the pointer stands instead, and since when."""
    query = select(audit).where(audit.c.action.in_(MOVES)).order_by(audit.c.id.desc()).limit(1)
    last = connection.execute(query).one()
    return ConflictError(expected or 0, last.version_id, last.actor, last.at)


def record(connection: Connection, actor: str, action: str, version_id: int | None = None, **detail: Any) -> None:
    """Add a line to the audit log."""
    row = {"at": datetime.now(UTC), "actor": actor, "action": action, "version_id": version_id, "detail": detail}
    connection.execute(insert(audit).values(row))


def events(connection: Connection, limit: int, skip: int = 0) -> list[Event]:
    """Return lines of the audit log, newest first, after as many newer ones."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit).offset(skip)).all()
    return [Event(**row._mapping) for row in rows]


def event_count(connection: Connection) -> int:
    """Return how many lines the audit log has."""
    return connection.scalar(select(func.count()).select_from(audit)) or 0
