"""Who sees to it that sweeps are trained: claims them, hands out their runs, stores what comes.

One task of the event loop, and one more for each run that is away. Whatever dies, what has been
stored stays, and the rest is trained again: a worker's run by another worker, a server's sweeps by
itself or by another process on the same database.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app import __version__
from app.store import sweeps
from app.store.address import is_sqlite
from app.store.database import Database
from app.store.ids import Hashed, new_id
from app.store.news import Kind, News
from app.store.problems import StoreProblem
from app.sweeps.plan import SweepPlan
from app.sweeps.run import trained
from app.sweeps.workers import Workers

log = logging.getLogger("gradwalk")
# In seconds: how often claims are renewed, how long they last, and how long to wait for a cluster.
EVERY = 4.0
CLAIMED = 20.0
AGAIN = 2.0
# Sweeps at once; and how often a run is tried whose worker dies.
SWEEPS = 8
TRIES = 3
FAILED: dict[str, Any] = {"state": "failed"}


@dataclass(slots=True, eq=False)
class Claimed:
    """A sweep that this process works on: its plan, the runs that are not away, and by what those
    that are hear that nobody wants them any more."""

    plan: SweepPlan
    left: list[int]
    mark: str = field(default_factory=new_id)
    away: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    tried: Counter[int] = field(default_factory=Counter)


class Conductor:
    """Works on the sweeps of a database, as long as `run` runs."""

    def __init__(self, database: Database, workers: Workers, news: News) -> None:
        self.owner, self.news = new_id(), news
        self._database, self._workers = database, workers
        self._alone = is_sqlite(database.url)
        self._woken = asyncio.Event()
        news.listen(self._hear)
        self._claimed: dict[Hashed, Claimed] = {}

    def wake(self) -> None:
        """Look at once whether there is something to do, or no longer."""
        self._woken.set()

    def _hear(self, kind: Kind, _sweep: Hashed) -> None:
        if kind == "cancelled":
            self.wake()

    async def run(self) -> None:
        """Work until cancelled; then give up what is not done, for others or for later."""
        try:
            while True:
                self._woken.clear()
                try:
                    await self._claim()
                    await self._hand_out()
                except StoreProblem as error:
                    log.error("Sweeps wait: %s", error)
                with suppress(TimeoutError):
                    async with asyncio.timeout(EVERY):
                        await self._woken.wait()
        finally:
            await self._close()

    async def _claim(self) -> None:
        now = time.time()
        job = partial(sweeps.claim, owner=self.owner, now=now, until=now + CLAIMED,
                      most=SWEEPS, alone=self._alone)  # fmt: skip
        if not self._claimed and not await self._database.read(sweeps.waiting):
            return
        mine = await self._database.write(job)
        gone = self._claimed.keys() - set(mine)
        await self._forget([self._claimed.pop(sweep) for sweep in gone])
        for sweep in set(mine) - self._claimed.keys():
            stored = await self._database.read(partial(sweeps.load, sweep=sweep))
            if stored is not None:
                left = list(sweeps.missing(stored))
                self._claimed[sweep] = Claimed(SweepPlan.load(stored.plan), left)
                self.news.tell("moved", sweep)

    async def _forget(self, gone: list[Claimed]) -> None:
        """Leave sweeps that are done, cancelled, or another's by now."""
        marks = [one.mark for one in gone if one.away]
        away = [task for one in gone for task in one.away.values()]
        for task in away:
            task.cancel()
        await asyncio.gather(*away, return_exceptions=True)
        for mark in marks:
            await asyncio.to_thread(self._workers.leave, mark)
        if marks and not any(one.away for one in self._claimed.values()):
            # Processes that train for nobody; the next run has new ones.
            await asyncio.to_thread(self._workers.rest)

    async def _hand_out(self) -> None:
        if not any(one.left for one in self._claimed.values()):
            return
        try:
            room = await asyncio.to_thread(self._workers.count)
        except Exception as error:
            log.warning("Sweeps wait for the cluster: %s", error)
            asyncio.get_running_loop().call_later(AGAIN, self.wake)
            return
        while (found := self._next(room)) is not None:
            sweep, number = found
            claimed = self._claimed[sweep]
            claimed.left.remove(number)
            claimed.away[number] = asyncio.create_task(self._one(sweep, claimed, number))

    def _next(self, room: int) -> tuple[Hashed, int] | None:
        """Return a run of the sweep that has the fewest away; None if there is none, or no room.

        What a worker died of goes alone, so that it takes no other run with it.
        """
        away = [(one, number) for one in self._claimed.values() for number in one.away]
        if len(away) >= room or any(one.tried[number] for one, number in away):
            return None
        with_left = [(name, one) for name, one in self._claimed.items() if one.left]
        for name, one in sorted(with_left, key=lambda found: len(found[1].away)):
            number = min(one.left, key=lambda number: (one.tried[number], number))
            if not one.tried[number] or not away:
                return name, number
        return None

    async def _one(self, sweep: Hashed, claimed: Claimed, number: int) -> None:
        """Have a run trained, and store what came of it; else it is left for later."""
        try:
            result = await self._trained(claimed, number)
            if result is not None:
                job = partial(sweeps.finish, owner=self.owner, sweep=sweep, number=number,
                              result=result)  # fmt: skip
                await self._database.write(job)
                self.news.tell("moved", sweep)
            else:
                claimed.left.append(number)
        except StoreProblem as error:
            log.error("A run waits to be stored: %s", error)
            claimed.left.append(number)
            await asyncio.sleep(AGAIN)
        finally:
            claimed.away.pop(number, None)
            self.wake()

    async def _trained(self, claimed: Claimed, number: int) -> dict[str, Any] | None:
        """Return what came of a run, None if its worker is gone."""
        plan = claimed.plan
        try:
            stored = (await asyncio.to_thread(plan.spec, number)).dump()
            mark = self._workers.mark(claimed.mark)
            work = (trained, stored, plan.iterations, __version__, mark)
            future = await asyncio.to_thread(self._workers.submit, *work)
            found: dict[str, Any] = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # The cluster has forgotten it.
            await asyncio.sleep(AGAIN)
            return None
        except Exception as error:
            claimed.tried[number] += 1
            log.warning("A run of a sweep has failed: %s", error.__class__.__name__)
            return FAILED if claimed.tried[number] >= TRIES else None
        return found

    async def _close(self) -> None:
        gone = list(self._claimed.values())
        self._claimed.clear()
        await self._forget(gone)
        await asyncio.to_thread(self._workers.close)
        with suppress(StoreProblem):
            await self._database.write(partial(sweeps.release, owner=self.owner))
