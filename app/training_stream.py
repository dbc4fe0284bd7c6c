"""A training that is streamed: slices of some milliseconds, saved on the way, told as it goes.

It holds the network's turn from its first to its last slice. Whatever ends it, what was done is
stored before anything else may write.
"""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

import anyio
from starlette.responses import Response

from app import progress
from app.catalogues.coded import in_code
from app.errors import Refused
from app.idempotency import Ticket
from app.live import Live
from app.network_models import TrainRequest
from app.store.problems import StoreProblem, Taken
from app.streams import Teller, event
from app.trainer import Trainer
from app.training import frames
from app.training.records import Record
from app.training.state import State, StepResult
from app.transactions import Change
from engine.sentence import say

log = logging.getLogger("gradwalk")
SLICE = 0.01
# While a training waits for its pace, it looks so often whether it is to end.
GLANCE = 0.5
# What a training with a pace has missed by more than this, it does not catch up with.
LATE = 0.1
# An event takes 0.05 seconds; frames come a little closer, so that one is always there.
FRAMED_EVERY = 0.04
_LOST = say("What was done last could not be stored; fetch the network.")
LOST = event("error", {"detail": _LOST, **in_code(_LOST)})


@dataclass(slots=True, eq=False)
class Training:
    """One training on its way; `marks` and `records` are what is not stored yet.

    `frame` holds the numbers of the pass last run, where an event is to hold them.
    """

    trainer: Trainer
    live: Live
    iterations: int
    asked: TrainRequest
    ticket: Ticket | None
    done: int = 0
    newest: StepResult | None = None
    record: Record | None = None
    marks: list[State] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    frame: str | None = None
    framed_at: float = 0.0
    due_at: float = field(default_factory=time.monotonic)
    marked_at: float = field(default_factory=time.monotonic)
    saved_at: float = field(default_factory=time.monotonic)

    async def run(self, teller: Teller) -> None:
        """Train to the end, or until the client leaves; then store what was done, and say so."""
        reason: str | None = "left"
        try:
            with self.trainer.saving.one():
                reason = await self._train(teller)
        except (Refused, StoreProblem, Taken) as error:
            reason = "refused"
            log.warning("A training has ended early: %s", error)
        finally:
            with anyio.CancelScope(shield=True):
                teller.tell_last(await self._end(reason))

    async def _train(self, teller: Teller) -> str | None:
        trainer = self.trainer
        until = time.monotonic() + trainer.settings.training_seconds
        while self.done < self.iterations:
            if trainer.stopping():
                return "shutdown"
            if time.monotonic() > until:
                return "deadline"
            if (early := self.due_at - time.monotonic()) > 0:
                if self.records and self._is_due(self.saved_at):
                    await self._save(Response(), None)
                await anyio.sleep(min(early, GLANCE))
                continue
            async with self.live.busy:
                paced = self.asked.per_second is not None
                result = await trainer.timed(self.live, self._slice, brief=paced, long=True)
            if result.stopped not in (None, "deadline"):
                return result.stopped
            if self._is_due(self.saved_at):
                await self._save(Response(), None)
            if self.frame is not None or not self.asked.frames:
                teller.tell("progress", self._progress())
        return None

    def _slice(self) -> StepResult:
        """Train for some milliseconds, and no further than to where a checkpoint must stand.

        One iteration is done in any case: to compile or to load a large network may take longer.
        """
        session = self.live.session
        marked = self.marks[-1].iteration if self.marks else self.live.checkpoint
        room = progress.REPLAYED - (session.state.iteration - marked)
        if room <= 0 or (self._is_due(self.marked_at) and room < progress.REPLAYED):
            self.marks.append(session.state)
            self.marked_at, room = time.monotonic(), progress.REPLAYED
        count = 1 if self.asked.per_second else min(self.iterations - self.done, room)
        ended = time.monotonic() + SLICE
        result = session.step("iteration", count, deadline=ended, until_loss=self.asked.until_loss)
        if result.stopped == "deadline" and not result.records:
            result = session.step("iteration", until_loss=self.asked.until_loss)
        self.newest = result
        self.records += result.records
        self.record = self.records[-1] if self.records else self.record
        self.done += len(result.records)
        if self.asked.per_second is not None:
            due_at = self.due_at + len(result.records) / self.asked.per_second
            self.due_at = max(due_at, time.monotonic() - LATE)
        self._draw()
        return result

    def _draw(self) -> None:
        """Take the numbers of the pass last run, if they are asked for and can be told by now."""
        self.frame, now = None, time.monotonic()
        whole = self.live.session.state.phase == "update"
        if self.asked.frames and whole and now - self.framed_at >= FRAMED_EVERY:
            content = frames.frame(self.live.session, self.asked.frames)
            self.frame, self.framed_at = b64encode(content).decode(), now

    def _is_due(self, since: float) -> bool:
        return time.monotonic() - since >= self.trainer.saving.every(len(self.live.row.parameters))

    async def _save(self, response: Response, ticket: Ticket | None) -> None:
        write = progress.written(self.live, self.marks, self.records)
        await self.trainer.store(self.live, Change(write, response), ticket)
        self.marks, self.records, self.saved_at = [], [], time.monotonic()

    async def _end(self, reason: str | None) -> bytes:
        """Store the rest and return the last event, which says nothing that is not stored."""
        async with self.live.busy:
            try:
                content = {**self._metrics(), **progress.place(self.live.session),
                           "version": self.live.row.version + 1, **self._why(reason)}  # fmt: skip
                last = event("done", content)
                await self._save(Response(last, media_type="text/event-stream"), self.ticket)
            except Exception as error:
                self.trainer.lives.drop(self.live.row.id)
                log.error("A training could not be stored.", exc_info=error)
                return LOST
        return last

    def _why(self, reason: str | None) -> dict[str, Any]:
        if reason == "nonfinite" and self.newest is not None:
            return progress.ended(self.newest)
        return {} if reason is None else {"stopped": reason}

    def _progress(self) -> dict[str, Any]:
        session = self.live.session
        return {
            "iteration": session.state.iteration,
            "epoch": session.order.epochs(session.state.iteration),
            **({} if self.frame is None else {"batch": progress.batch(session)}),
            **self._metrics(),
            **({} if self.frame is None else {"frame": self.frame}),
            "version": self.live.row.version,
        }

    def _metrics(self) -> dict[str, Any]:
        if self.record is None:
            return {}
        return progress.metrics(self.live.session, self.record)
