"""Networks as rows: what is stored of one, and how a write takes the place of the version before.

Every write names the version that it has read; `Moved` says that another one came first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.store import checkpoints, history
from app.store.checkpoints import Checkpoint
from app.store.history import Chunk
from app.store.ids import Hashed
from app.store.problems import Moved
from app.store.segments import Segment, packed, unpacked
from app.store.tables import NETWORKS

# Built once: building a statement takes longer than running it.
_HERE = (NETWORKS.c.id == bindparam("_id")) & (NETWORKS.c.version == bindparam("_version"))
_STATE = ("version", "iteration", "phase", "furthest", "parameters", "before", "used_at")
_SPECIFIED = ("spec", "segments", "name")
LOAD = select(NETWORKS).where(NETWORKS.c.id == bindparam("_id"))
CREATE = insert(NETWORKS)
SAVE = update(NETWORKS).where(_HERE).values({name: bindparam(name) for name in _STATE})
RESPECIFY = (
    update(NETWORKS).where(_HERE).values({name: bindparam(name) for name in _STATE + _SPECIFIED})
)
# Checkpoints of large networks are thinned out once they take so much.
LARGE = 16_000
MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A network's row. `parameters` and `before` are opaque here."""

    id: Hashed
    version: int
    spec: dict[str, Any]
    segments: tuple[Segment, ...]
    iteration: int
    phase: str
    furthest: int
    parameters: bytes
    before: bytes | None
    created_at: float
    used_at: float
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """What one write leaves behind.

    With `replaces`, checkpoints and history after the iteration `onwards` go first: what was
    computed from there on once is replaced by what is computed now. Spec, segments and name are
    written only if they have changed, and the write is `respecified`.
    """

    row: Stored
    checkpoints: tuple[Checkpoint, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    replaces: bool = False
    onwards: int = 0
    respecified: bool = False

    @property
    def size(self) -> int:
        """Bytes of the blobs."""
        own = len(self.row.parameters) + len(self.row.before or b"")
        marks = sum(len(checkpoint.blob) for checkpoint in self.checkpoints)
        return own + marks + sum(len(chunk.blob) for chunk in self.chunks)


def load(connection: Connection, network: Hashed) -> Stored | None:
    """Return a network's row, None where there is none."""
    row = connection.execute(LOAD, {"_id": network}).mappings().first()
    if row is None:
        return None
    return Stored(**{**row, "spec": orjson.loads(row["spec"]),
                     "segments": tuple(unpacked(row["segments"]))})  # fmt: skip


def create(connection: Connection, write: Write) -> None:
    """Store a new network with its first checkpoints and history."""
    fixed = {"id": write.row.id, "created_at": write.row.created_at}
    connection.execute(CREATE, {**fixed, **_state(write.row), **_specified(write.row)})
    _beside(connection, write)


def save(connection: Connection, write: Write) -> Stored:
    """Store the next version of a network, and return its row; raise Moved if it has moved."""
    row = replace(write.row, version=write.row.version + 1)
    columns = _state(row) | (_specified(row) if write.respecified else {})
    known = {"_id": row.id, "_version": write.row.version}
    if connection.execute(RESPECIFY if write.respecified else SAVE, columns | known).rowcount != 1:
        raise Moved
    if write.replaces:
        checkpoints.forget(connection, row.id, write.onwards)
        history.forget(connection, row.id, write.onwards)
    _beside(connection, write)
    return row


def remove(connection: Connection, network: Hashed, version: int) -> None:
    """Delete a network and all that belongs to it; raise Moved if its version has moved."""
    here = (NETWORKS.c.id == network) & (NETWORKS.c.version == version)
    if connection.execute(delete(NETWORKS).where(here)).rowcount != 1:
        raise Moved


def touch(connection: Connection, network: Hashed, now: float) -> None:
    """Note that a network is in use, so that it does not expire; its version stays."""
    connection.execute(update(NETWORKS).where(NETWORKS.c.id == network), {"used_at": now})


def count(connection: Connection) -> int:
    """Return how many networks there are."""
    return connection.execute(select(func.count()).select_from(NETWORKS)).scalar_one()


def _beside(connection: Connection, write: Write) -> None:
    if write.replaces:
        for checkpoint in write.checkpoints:
            checkpoints.drop(connection, write.row.id, checkpoint.iteration)
    for checkpoint in write.checkpoints:
        checkpoints.put(connection, write.row.id, checkpoint)
    if any(len(checkpoint.blob) > LARGE for checkpoint in write.checkpoints):
        kept = frozenset(part.begins for part in write.row.segments)
        while checkpoints.size(connection, write.row.id) > MOST_BYTES:
            if not checkpoints.thin(connection, write.row.id, kept):
                break
    for chunk in write.chunks:
        history.put(connection, write.row.id, chunk)


def _state(row: Stored) -> dict[str, Any]:
    return {
        "version": row.version,
        "iteration": row.iteration,
        "phase": row.phase,
        "furthest": row.furthest,
        "parameters": row.parameters,
        "before": row.before,
        "used_at": row.used_at,
    }


def _specified(row: Stored) -> dict[str, Any]:
    return {
        "spec": orjson.dumps(row.spec).decode(),
        "segments": packed(row.segments),
        "name": row.name,
    }
