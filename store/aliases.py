"""Headings that people mapped by hand: the one table that changes, with every change in the audit log."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from store import records
from store.schema import column_alias

__all__ = ["forget", "read", "remember"]


def read(connection: Connection, kind: str) -> dict[str, str]:
    """Return the targets of a kind of file by normalised heading."""
    row = column_alias.c
    query = select(row.heading, row.target).where(row.kind == kind).order_by(row.heading)
    return {found.heading: found.target for found in connection.execute(query)}


def remember(connection: Connection, kind: str, heading: str, target: str, author: str) -> None:
    """Remember a heading, or change what it means; nothing happens where it is remembered so already."""
    before = _drop(connection, kind, heading, unless=target)
    if before != target:
        row = {"kind": kind, "heading": heading, "target": target, "author": author, "at": datetime.now(UTC)}
        connection.execute(insert(column_alias).values(row))
        records.record(connection, author, "remembered", kind=kind, heading=heading, before=before, target=target)


def forget(connection: Connection, kind: str, heading: str, author: str) -> None:
    """Forget a heading; nothing happens where it is not remembered."""
    before = _drop(connection, kind, heading)
    if before is not None:
        records.record(connection, author, "forgotten", kind=kind, heading=heading, before=before)


def _drop(connection: Connection, kind: str, heading: str, unless: str | None = None) -> str | None:
    """Delete a heading unless it has this target, and return what it meant."""
    where: ColumnElement[bool] = and_(column_alias.c.kind == kind, column_alias.c.heading == heading)
    before = connection.scalar(select(column_alias.c.target).where(where))
    if before is not None and before != unless:
        connection.execute(delete(column_alias).where(where))
    return before
