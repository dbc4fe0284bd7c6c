"""A sweep that is watched: how many of its runs have ended, told as it is stored.

Who trains them may be another process, whose news come by way of the store; without any, the store
is asked now and then.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from app.store import sweeps
from app.store.news import News
from app.store.problems import StoreProblem
from app.streams import Teller, event
from app.sweeps.answers import overview
from app.sweeps.place import SweepPlace
from app.trainer import Trainer

EVERY = 0.3
# However fast runs end, the store is asked no sooner again.
LEAST = 0.1


@dataclass(slots=True, eq=False)
class Watching:
    """A client that watches a sweep until its end."""

    trainer: Trainer
    news: News
    place: SweepPlace

    async def run(self, teller: Teller) -> None:
        """Tell `progress` whenever a run has ended, and `done` with the table at the end."""
        told = None
        with self.news.of(self.place.stored) as heard:
            while not self.trainer.stopping():
                heard.clear()
                found = await self._progress()
                if found is None or found[0] not in sweeps.OPEN:
                    break
                if found != told:
                    shown = zip(("state", "done", "total"), found, strict=True)
                    teller.tell("progress", dict(shown))
                    told = found
                await self._until_news(heard)
        try:
            stored = await self.trainer.database.read(partial(sweeps.load, sweep=self.place.stored))
        except StoreProblem:
            stored = None
        last = {} if stored is None else overview(stored, self.place)
        teller.tell_last(event("done", last))

    async def _until_news(self, heard: asyncio.Event) -> None:
        """Wait until there are news, the store is to be asked all the same, or the server stops."""
        await asyncio.sleep(LEAST)
        until = time.monotonic() + self.news.patience
        while not heard.is_set() and not self.trainer.stopping() and time.monotonic() < until:
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await heard.wait()

    async def _progress(self) -> tuple[str, int, int] | None:
        """Return state, done and total; what was last known where the store cannot be read."""
        while not self.trainer.stopping():
            try:
                return await self.trainer.database.read(
                    partial(sweeps.progress, sweep=self.place.stored)
                )
            except StoreProblem:
                await asyncio.sleep(EVERY)
        return None
