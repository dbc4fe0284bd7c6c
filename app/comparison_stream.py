"""A comparison that is streamed: all trainings side by side, in turns of some milliseconds."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from app import kept_runs
from app.access import Place, new_access
from app.errors import Refused
from app.streams import Teller, event
from app.trainer import Trainer
from app.training.comparison import Contestant

log = logging.getLogger("gradwalk")
SLICE = 0.01
# Curves are told so often, in seconds, and what the networks answer more seldom.
TOLD = 0.15
PICTURED = 1.0


@dataclass(slots=True, eq=False)
class Comparison:
    """Trainings on their way; `x` are the rows that the networks are asked about.

    With a `site`, the server's own address, the networks are kept at the end.
    """

    trainer: Trainer
    contestants: list[Contestant]
    x: Any | None
    site: str | None = None
    told_at: float = 0.0
    pictured_at: float = field(default_factory=time.monotonic)

    async def run(self, teller: Teller) -> None:
        """Train all to their ends, or until the client leaves, and say what came of it."""
        reason: str | None = "refused"
        try:
            reason = await self._train(teller)
        except Refused as error:
            log.warning("A comparison has ended early: %s", error.detail)
        rows = await self.trainer.compute(self._ended, reason, long=True)
        if self.site is not None:
            await self._keep(rows, self.site)
        teller.tell_last(event("done", {"runs": rows}))

    async def _train(self, teller: Teller) -> str | None:
        until = time.monotonic() + self.trainer.settings.training_seconds
        while active := [one for one in self.contestants if one.runs]:
            for one in active:
                if self.trainer.stopping():
                    return "shutdown"
                if time.monotonic() > until:
                    return "deadline"
                await self.trainer.compute(one.advance, SLICE, long=True)
            if time.monotonic() - self.told_at > TOLD:
                rows = await self.trainer.compute(self._told, long=True)
                teller.tell("progress", {"runs": rows})
                self.told_at = time.monotonic()
        return None

    async def _keep(self, rows: list[dict[str, Any]], site: str) -> None:
        """Store every network and say which it is; a store that is full keeps none."""
        days = self.trainer.settings.keep_days
        try:
            for row, one in zip(rows, self.contestants, strict=True):
                place = Place(site, new_access())
                change = await self.trainer.compute(kept_runs.kept, one, days, place, long=True)
                await self.trainer.create(change, None)
                row["network"] = place.access.id
        except Exception as error:
            log.error("A comparison could not be kept.", exc_info=error)

    def _told(self) -> list[dict[str, Any]]:
        rows = [one.told() for one in self.contestants]
        if self.x is not None and time.monotonic() - self.pictured_at > PICTURED:
            for row, one in zip(rows, self.contestants, strict=True):
                row |= one.answers(self.x)
            self.pictured_at = time.monotonic()
        return rows

    def _ended(self, reason: str | None) -> list[dict[str, Any]]:
        rows = []
        for one in self.contestants:
            row = {**one.told(), "final": one.final()}
            if one.runs:
                row["stopped"] = reason
            rows.append(row if self.x is None else row | one.answers(self.x))
        return rows
