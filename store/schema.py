"""The tables of the database as the code sees them; ``migrations/`` creates them."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

__all__ = ["audit", "blob", "column_alias", "metadata", "pointer", "sign_out", "version", "version_table"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, PostgreSQL answers in that of the session."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Return a moment as read, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # zlib
    Column("size", Integer, nullable=False),  # bytes before compression
)

version = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("parent_id", ForeignKey("version.id")),
    Column("kind", String(20), nullable=False),
    Column("upload", String(20), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", ForeignKey("blob.sha256")),
    Column("restored_from", ForeignKey("version.id")),
    Column("created_at", UtcDateTime, nullable=False),
)

version_table = Table(
    "version_table",
    metadata,
    Column("version_id", ForeignKey("version.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
)

pointer = Table(  # the single row is there from the first migration on, so that writers have something to lock
    "pointer",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single_pointer"), primary_key=True, autoincrement=False),
    Column("version_id", ForeignKey("version.id")),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("version_id", ForeignKey("version.id"), index=True),
    Column("detail", JSON, nullable=False),
)

column_alias = Table(
    "column_alias",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("heading", Text, primary_key=True),  # normalised
    Column("target", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

sign_out = Table(
    "sign_out",
    metadata,
    Column("sign_in", String(64), primary_key=True),  # a digest of its claims
    Column("at", UtcDateTime, nullable=False),
)
