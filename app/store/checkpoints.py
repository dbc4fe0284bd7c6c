"""Checkpoints: parameters after an iteration, from which any later one can be computed again."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from app.store import together
from app.store.ids import Hashed
from app.store.tables import CHECKPOINTS as TABLE

PUT = insert(TABLE)
LAST = select(func.max(TABLE.c.iteration)).where(
    (TABLE.c.network_id == bindparam("_network")) & (TABLE.c.iteration <= bindparam("_iteration"))
)


class Checkpoint(NamedTuple):
    iteration: int
    blob: bytes
    digest: bytes


def put(connection: Connection, network: Hashed, checkpoint: Checkpoint) -> None:
    """Store a checkpoint; there must be none of the same iteration."""
    together.put(connection, PUT, {"network_id": network, **checkpoint._asdict()})


def drop(connection: Connection, network: Hashed, iteration: int) -> None:
    """Delete the checkpoint of one iteration, if there is one."""
    here = (TABLE.c.network_id == network) & (TABLE.c.iteration == iteration)
    connection.execute(delete(TABLE).where(here))


def nearest(connection: Connection, network: Hashed, iteration: int) -> Checkpoint | None:
    """Return the last checkpoint up to an iteration."""
    found = (TABLE.c.network_id == network) & (TABLE.c.iteration <= iteration)
    columns = (TABLE.c.iteration, TABLE.c.blob, TABLE.c.digest)
    wanted = select(*columns).where(found).order_by(TABLE.c.iteration.desc()).limit(1)
    row = connection.execute(wanted).first()
    return None if row is None else Checkpoint(*row)


def upto(connection: Connection, network: Hashed, iteration: int) -> list[Checkpoint]:
    """Return all checkpoints up to an iteration, in order."""
    found = (TABLE.c.network_id == network) & (TABLE.c.iteration <= iteration)
    columns = (TABLE.c.iteration, TABLE.c.blob, TABLE.c.digest)
    rows = connection.execute(select(*columns).where(found).order_by(TABLE.c.iteration))
    return [Checkpoint(*row) for row in rows]


def forget(connection: Connection, network: Hashed, after: int) -> None:
    """Delete the checkpoints after an iteration."""
    here = (TABLE.c.network_id == network) & (TABLE.c.iteration > after)
    connection.execute(delete(TABLE).where(here))


def size(connection: Connection, network: Hashed) -> int:
    """Return how many bytes a network's checkpoints take."""
    together.flush(connection)
    total = select(func.coalesce(func.sum(func.length(TABLE.c.blob)), 0))
    return int(connection.execute(total.where(TABLE.c.network_id == network)).scalar_one())


def thin(connection: Connection, network: Hashed, kept: frozenset[int]) -> int:
    """Delete every other checkpoint, but those in `kept` and the newest; return how many."""
    own = TABLE.c.network_id == network
    wanted = select(TABLE.c.iteration).where(own).order_by(TABLE.c.iteration)
    rows = [one for (one,) in connection.execute(wanted)]
    gone = [one for one in rows[1:-1:2] if one not in kept]
    for start in range(0, len(gone), 500):
        here = own & TABLE.c.iteration.in_(gone[start : start + 500])
        connection.execute(delete(TABLE).where(here))
    return len(gone)


def last(connection: Connection, network: Hashed, iteration: int) -> int:
    """Return the iteration of the last checkpoint up to an iteration."""
    return connection.execute(LAST, {"_network": network, "_iteration": iteration}).scalar() or 0
