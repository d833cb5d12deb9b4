"""Sign-ins that were ended are remembered, so that a copy of their cookie opens nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of ended sign-ins."""
    op.create_table(
        "sign_out",
        sa.Column("sign_in", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
