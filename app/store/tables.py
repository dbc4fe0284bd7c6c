"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()


def _of_network() -> Column[str]:
    owner = ForeignKey("networks.id", ondelete="CASCADE")
    return Column("network_id", String(22), owner, primary_key=True)


# Ids are hashes of what opens a network or a sweep (ids.py), names of answers hashes of their keys
# (sealed.py). Times are seconds since 1970. `parameters` and `before` are safetensors: the state of
# training after the last update and before it.
NETWORKS = Table(
    "networks", METADATA,
    Column("id", String(22), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("spec", Text, nullable=False),
    Column("segments", Text, nullable=False),
    Column("iteration", Integer, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("furthest", Integer, nullable=False),
    Column("parameters", LargeBinary, nullable=False),
    Column("before", LargeBinary),
    Column("created_at", Double, nullable=False),
    Column("used_at", Double, nullable=False),
    Column("name", Text),
    Index("networks_used_at", "used_at"),
)  # fmt: skip
CHECKPOINTS = Table(
    "checkpoints", METADATA,
    _of_network(),
    Column("iteration", Integer, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
)  # fmt: skip
HISTORY = Table(
    "history", METADATA,
    _of_network(),
    Column("first", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),
)  # fmt: skip
ANSWERS = Table(
    "answers", METADATA,
    Column("name", String(22), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Double, nullable=False),
    Index("answers_created_at", "created_at"),
)  # fmt: skip
# One row: the latest time that a sweep has seen on the wall clock.
CLOCK = Table(
    "clock", METADATA,
    Column("id", Integer, primary_key=True),
    Column("seen_at", Double, nullable=False),
)  # fmt: skip
# A process that works on a sweep is its owner until `claimed_until`, or until it claims it again.
SWEEPS = Table(
    "sweeps", METADATA,
    Column("id", String(22), primary_key=True),
    Column("plan", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("used_at", Double, nullable=False),
    Column("owner", String(22)),
    Column("claimed_until", Double, nullable=False),
    Index("sweeps_state", "state", "created_at"),
    Index("sweeps_used_at", "used_at"),
)  # fmt: skip
SWEEP_RUNS = Table(
    "sweep_runs", METADATA,
    Column("sweep_id", String(22), ForeignKey("sweeps.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("result", Text, nullable=False),
)  # fmt: skip
# Without numbers of its own a token has the server's.
TOKENS = Table(
    "tokens", METADATA,
    Column("id", String(22), primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("per_second", Integer),
    Column("burst", Integer),
    Column("created_at", Double, nullable=False),
)  # fmt: skip
