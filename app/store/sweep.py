"""Expiry: networks and sweeps that nobody has used for long go, unless the clock cannot be trusted.

A clock that jumps ahead must not delete anyone's work: while the server runs, wall clock and
monotonic clock must agree to an hour; after a stop of more than a day, they must for a day first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select, update

from app.store import answers, sweeps
from app.store.database import Database
from app.store.tables import CLOCK, NETWORKS

log = logging.getLogger("gradwalk")
HOUR = 3600.0
DAY = 24 * HOUR


class Sweep:
    """Deletes what has expired; `run` at the start, and then about every hour."""

    def __init__(
        self,
        database: Database,
        keep_days: float,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._keep = database, keep_days * DAY
        self._wall, self._monotonic = wall, monotonic
        self._seen: tuple[float, float] | None = None
        self._trusted_from = 0.0

    async def run(self) -> int:
        """Delete what has expired, and return how many networks that were."""
        now, ticks = self._wall(), self._monotonic()
        if self._seen is None:
            stored = await self._database.read(_seen_at)
            if stored is not None and abs(now - stored) > DAY:
                self._trusted_from = ticks + DAY
        elif abs((now - self._seen[0]) - (ticks - self._seen[1])) > HOUR:
            self._trusted_from = ticks + DAY
        self._seen = (now, ticks)
        trusted = ticks >= self._trusted_from
        if not trusted:
            log.warning("The clock has jumped: nothing expires until it has run well for a day.")
        return await self._database.write(lambda c: _sweep(c, now, self._keep, trusted))


def _seen_at(connection: Connection) -> float | None:
    return connection.execute(select(CLOCK.c.seen_at)).scalar()


def _sweep(connection: Connection, now: float, keep: float, trusted: bool) -> int:
    if connection.execute(update(CLOCK), {"seen_at": now}).rowcount == 0:
        connection.execute(insert(CLOCK), {"id": 1, "seen_at": now})
    if not trusted:
        return 0
    answers.sweep(connection, now)
    sweeps.expire(connection, now - keep)
    return connection.execute(delete(NETWORKS).where(NETWORKS.c.used_at < now - keep)).rowcount
