"""Cases: the days their clocks run from, and the cases they are linked with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; cases that are there have none of it yet."""
    op.add_column("cases", sa.Column("aware_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("begun_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("linked", sa.JSON(), nullable=False, server_default="[]"))
