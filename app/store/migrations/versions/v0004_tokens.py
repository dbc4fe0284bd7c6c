"""Tokens of scripts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False, unique=True),
        sa.Column("per_second", sa.Integer),
        sa.Column("burst", sa.Integer),
        sa.Column("created_at", sa.Double, nullable=False),
    )
