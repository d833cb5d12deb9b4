"""Headings that people mapped by hand are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of headings."""
    op.create_table(
        "column_alias",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("heading", sa.Text, primary_key=True),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
