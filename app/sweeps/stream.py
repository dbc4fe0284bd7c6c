"""A sweep that is watched: how many of its runs have ended, told as it is stored.

Who trains them may be another process, so the store is asked; it is the same answer for all.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from app.store import sweeps
from app.store.problems import StoreProblem
from app.streams import Teller, event
from app.sweeps.answers import overview
from app.sweeps.place import SweepPlace
from app.trainer import Trainer

EVERY = 0.3


@dataclass(slots=True, eq=False)
class Watching:
    """A client that watches a sweep until its end."""

    trainer: Trainer
    place: SweepPlace

    async def run(self, teller: Teller) -> None:
        """Tell `progress` whenever a run has ended, and `done` with the table at the end."""
        told = None
        while not self.trainer.stopping():
            found = await self._progress()
            if found is None or found[0] not in sweeps.OPEN:
                break
            if found != told:
                teller.tell("progress", dict(zip(("state", "done", "total"), found, strict=True)))
                told = found
            await asyncio.sleep(EVERY)
        try:
            stored = await self.trainer.database.read(partial(sweeps.load, sweep=self.place.stored))
        except StoreProblem:
            stored = None
        last = {} if stored is None else overview(stored, self.place)
        teller.tell_last(event("done", last))

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
