"""Deleting, by hand, the networks that nobody has used for long."""

from __future__ import annotations

import time

from sqlalchemy import Connection, delete, func, select

from app.store.problems import StoreProblem
from app.store.sweep import DAY
from app.store.tables import CLOCK, NETWORKS
from engine.sentence import say


def expire(connection: Connection, days: float, *, only_count: bool, force: bool) -> int:
    """Delete the networks that were not used for so many days; return how many.

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
    old = NETWORKS.c.used_at < now - days * DAY
    if only_count:
        return connection.execute(select(func.count()).where(old)).scalar_one()
    return connection.execute(delete(NETWORKS).where(old)).rowcount
