"""Sweeps as rows: what was asked for, who works on it, and a row for each run that has ended.

A process claims a sweep for a while, and claims it again and again as long as it works on it; what
a process has left that died is claimed by another, or by itself once it is back. Only who has the
claim stores runs, so that none is stored twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from app.store.ids import Hashed
from app.store.news import announce
from app.store.tables import SWEEP_RUNS as RUNS
from app.store.tables import SWEEPS as TABLE

OPEN = ("queued", "running")


@dataclass(frozen=True, slots=True)
class StoredSweep:
    """A sweep's row; `plan` and what came of the runs, by number, are opaque here."""

    id: Hashed
    plan: dict[str, Any]
    total: int
    state: str
    results: Mapping[int, dict[str, Any]]
    used_at: float


def create(connection: Connection, sweep: Hashed, plan: Any, total: int, now: float) -> None:
    """Store a new sweep that nobody works on yet."""
    row = {"id": sweep, "plan": orjson.dumps(plan).decode(), "total": total, "done": 0,
           "state": "queued", "created_at": now, "used_at": now, "claimed_until": 0.0}  # fmt: skip
    connection.execute(insert(TABLE), row)


def waiting(connection: Connection) -> int:
    """Return how many sweeps are not done yet."""
    wanted = select(func.count()).select_from(TABLE).where(TABLE.c.state.in_(OPEN))
    return connection.execute(wanted).scalar_one()


def load(connection: Connection, sweep: Hashed) -> StoredSweep | None:
    """Return a sweep with what came of its runs so far, None where there is none."""
    row = connection.execute(select(TABLE).where(TABLE.c.id == sweep)).mappings().first()
    if row is None:
        return None
    ended = select(RUNS.c.number, RUNS.c.result).where(RUNS.c.sweep_id == sweep)
    results = {number: orjson.loads(text) for number, text in connection.execute(ended)}
    plan = orjson.loads(row["plan"])
    return StoredSweep(sweep, plan, row["total"], row["state"], results, row["used_at"])


def progress(connection: Connection, sweep: Hashed) -> tuple[str, int, int] | None:
    """Return a sweep's state, how many runs have ended, and how many there are."""
    wanted = select(TABLE.c.state, TABLE.c.done, TABLE.c.total).where(TABLE.c.id == sweep)
    row = connection.execute(wanted).first()
    return None if row is None else (row[0], row[1], row[2])


def touch(connection: Connection, sweep: Hashed, now: float) -> None:
    """Note that a sweep is looked at, so that it does not expire."""
    connection.execute(update(TABLE).where(TABLE.c.id == sweep), {"used_at": now})


def cancel(connection: Connection, sweep: Hashed) -> bool:
    """End a sweep as it stands, and return whether there is one; what has ended stays so."""
    here = TABLE.c.id == sweep
    connection.execute(
        update(TABLE).where(here & TABLE.c.state.in_(OPEN)).values(state="cancelled", owner=None)
    )
    announce(connection, "cancelled", sweep)
    return progress(connection, sweep) is not None


def claim(
    connection: Connection, owner: str, now: float, until: float, most: int, alone: bool
) -> list[Hashed]:
    """Claim the oldest sweeps until a time, and return all that this owner has then.

    Who is alone claims also what another had, which must have been itself before it died.
    """
    mine = TABLE.c.owner == owner
    is_open = TABLE.c.state.in_(OPEN)
    connection.execute(update(TABLE).where(mine & is_open).values(claimed_until=until))
    had = set(connection.execute(select(TABLE.c.id).where(mine & is_open)).scalars())
    free = or_(TABLE.c.owner.is_(None), TABLE.c.claimed_until < now)
    wanted = select(TABLE.c.id).where(is_open & (~TABLE.c.id.in_(had) if alone else free))
    oldest = wanted.order_by(TABLE.c.created_at).limit(max(0, most - len(had)))
    for sweep in list(connection.execute(oldest).scalars()):
        here = (TABLE.c.id == sweep) & is_open
        taken = update(TABLE).where(here if alone else here & free)
        values = {"owner": owner, "claimed_until": until, "state": "running"}
        if connection.execute(taken.values(values)).rowcount == 1:
            had.add(sweep)
            announce(connection, "moved", sweep)
    return sorted(had)


def release(connection: Connection, owner: str) -> None:
    """Give up all claims, so that others need not wait."""
    connection.execute(
        update(TABLE).where(TABLE.c.owner == owner).values(owner=None, claimed_until=0.0)
    )


def finish(
    connection: Connection, owner: str, sweep: Hashed, number: int, result: Mapping[str, Any]
) -> bool:
    """Store what came of a run, and return whether it was this owner's to store."""
    here = (TABLE.c.id == sweep) & (TABLE.c.owner == owner) & TABLE.c.state.in_(OPEN)
    # First this: it makes another process wait that stores a run of the same sweep.
    if connection.execute(update(TABLE).where(here).values(done=TABLE.c.done + 1)).rowcount != 1:
        return False
    row = {"sweep_id": sweep, "number": number, "result": orjson.dumps(result).decode()}
    connection.execute(insert(RUNS), row)
    full = here & (TABLE.c.done == TABLE.c.total)
    connection.execute(update(TABLE).where(full).values(state="done", owner=None))
    announce(connection, "moved", sweep)
    return True


def expire(connection: Connection, before: float) -> int:
    """Delete sweeps that nobody has looked at since a time, and return how many."""
    return connection.execute(delete(TABLE).where(TABLE.c.used_at < before)).rowcount


def missing(stored: StoredSweep) -> Sequence[int]:
    """Return the numbers of the runs that have not ended."""
    return [number for number in range(stored.total) if number not in stored.results]
