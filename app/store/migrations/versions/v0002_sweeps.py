"""Sweeps, and what came of their runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("used_at", sa.Double, nullable=False),
        sa.Column("owner", sa.String(22)),
        sa.Column("claimed_until", sa.Double, nullable=False),
    )
    op.create_index("sweeps_state", "sweeps", ["state", "created_at"])
    op.create_index("sweeps_used_at", "sweeps", ["used_at"])
    op.create_table(
        "sweep_runs",
        sa.Column(
            "sweep_id",
            sa.String(22),
            sa.ForeignKey("sweeps.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("result", sa.Text, nullable=False),
    )
