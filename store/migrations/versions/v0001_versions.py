"""Versions, their bytes, the pointer and the audit log; triggers refuse to change what is immutable."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
KEYS = {"blob": ("sha256",), "version": ("id",), "version_table": ("version_id", "name"), "audit": ("id",)}


def upgrade() -> None:
    """Create the tables, the empty pointer and the triggers."""
    _create_versions()
    _create_pointer_and_audit()
    protect = _protect_postgresql if op.get_bind().dialect.name == "postgresql" else _protect_sqlite
    protect()


def _create_versions() -> None:
    """Create the tables of versions and of their bytes."""
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("version.id")),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("upload", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.String(64), sa.ForeignKey("blob.sha256")),
        sa.Column("restored_from", sa.Integer, sa.ForeignKey("version.id")),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "version_table",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id"), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blob.sha256"), nullable=False),
    )


def _create_pointer_and_audit() -> None:
    """Create the pointer with its single row, and the audit log."""
    pointer = op.create_table(
        "pointer",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id")),
        sa.CheckConstraint("id = 1", name="single_pointer"),
    )
    op.bulk_insert(pointer, [{"id": 1, "version_id": None}])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id"), index=True),
        sa.Column("detail", sa.JSON, nullable=False),
    )


def _protect_sqlite() -> None:
    """Refuse UPDATE and DELETE, and INSERT OR REPLACE, which deletes without asking the triggers for DELETE."""
    for table, keys in KEYS.items():
        taken = " AND ".join(f"{key} = NEW.{key}" for key in keys)
        over = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608  # nosec B608  # names of our own tables
        for event, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", over)):
            op.execute(
                f"CREATE TRIGGER {table}_keeps_{event.lower()} BEFORE {event} ON {table} {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to, never changed'); END"
            )


def _protect_postgresql() -> None:
    """Refuse UPDATE, DELETE and TRUNCATE."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to, never changed', TG_TABLE_NAME; END $$"
    )
    for table in KEYS:
        op.execute(
            f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
