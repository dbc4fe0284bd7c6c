"""Deleting, by hand, the networks and sweeps that nobody has used for long."""

from __future__ import annotations

import time
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, select

from app.store.problems import StoreProblem
from app.store.sweep import DAY
from app.store.tables import CLOCK, NETWORKS, SWEEPS
from engine.sentence import say

TABLES = (NETWORKS, SWEEPS)


class Expired(NamedTuple):
    """How many were deleted, or would be."""

    networks: int
    sweeps: int


def expire(connection: Connection, days: float, *, only_count: bool, force: bool) -> Expired:
    """Delete what was not used for so many days; return how much that is.

    Raises StoreProblem where the clock is more than a day away from the time that a server has
    last seen, unless forced: a wrong clock must not delete anyone's work.
    """
    if not days > 0:
        raise StoreProblem(
            say("Days without use are a number above 0, and {days:g} was given.", days=days)
        )
    now = time.time()
    seen = connection.execute(select(CLOCK.c.seen_at)).scalar()
    if seen is not None and abs(now - seen) > DAY and not force and not only_count:
        raise StoreProblem(
            say(
                "The clock is {days:.1f} days {way} the time at which a server last used this "
                "database: nothing was deleted. If the clock is right, add --force.",
                days=abs(now - seen) / DAY, way=say("after") if now > seen else say("before"),
            )
        )  # fmt: skip
    before = now - days * DAY
    return Expired(*(_expired(connection, table, before, only_count) for table in TABLES))


def _expired(connection: Connection, table: Table, before: float, only_count: bool) -> int:
    old = table.c.used_at < before
    if only_count:
        return connection.execute(select(func.count()).where(old)).scalar_one()
    return connection.execute(delete(table).where(old)).rowcount
