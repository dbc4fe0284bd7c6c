"""One call for steps, on the way: phases in their order, iterations one after another."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from app.training import blobs
from app.training.blobs import Arrays
from app.training.loop import Loop
from app.training.order import Order
from app.training.records import Record
from app.training.state import PLACES, State


class Stop(Exception):
    """Training ends before what was asked for is done."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def never() -> bool:
    """Return False: nothing stops a step from outside."""
    return False


class Run:
    """One call of `step`, on the way; what it has reached so far stands in its fields."""

    iteration: int
    phase: str
    arrays: Arrays
    before: Arrays | None
    loss: float | None

    def __init__(
        self,
        loop: Loop,
        order: Order,
        stop: Callable[[], bool],
        deadline: float | None,
        until_loss: float | None,
        progress: Callable[[Record], None] | None,
    ) -> None:
        self.loop, self.order = loop, order
        self.records: list[Record] = []
        self._stop, self._deadline, self._until = stop, deadline, until_loss
        self._progress = progress

    def begin(
        self, state: State, arrays: Arrays, before: Arrays | None, loss: float | None
    ) -> None:
        """Take the point from which to go on."""
        self.iteration, self.phase = state.iteration, state.phase
        self.arrays, self.before, self.loss = arrays, before, loss

    def to(self, goal: str) -> None:
        """Run once to a phase, or to the end of the iteration or of the epoch."""
        begun = PLACES[self.phase] % 4
        if goal == "epoch":
            self.finish()
            while not self.order.ends_epoch(self.iteration):
                self.finish()
        elif goal in ("iteration", "update"):
            self.finish()
        else:
            if PLACES[goal] <= begun:
                self.finish()
            self.reach(goal)

    def finish(self) -> None:
        """Run what is left of the iteration in progress, or a whole one."""
        self._look()
        loss = self._forward()
        self.loop.update()
        after = self.loop.state()
        if not _finite(after):
            self.loop.load(self.arrays)
            self.phase = "backward"
            raise Stop("nonfinite")
        self.before, self.arrays = self.arrays, after
        self.iteration, self.phase = self.iteration + 1, "update"
        record = self.loop.record(self.iteration, loss, after)
        self.records.append(record)
        if self._progress is not None:
            self._progress(record)
        if self._until is not None and loss <= self._until:
            raise Stop("until_loss")

    def reach(self, goal: str) -> None:
        """Run to a phase of the iteration in progress, or of the next."""
        self._look()
        self._forward(goal)
        if goal == "backward":
            self.loop.backward()
        self.phase = goal

    def _forward(self, goal: str = "update") -> float:
        """Run the batch forward; a loss that is not finite ends training at its phase."""
        self.loop.enter(self.iteration)
        self.loss = self.loop.forward()
        if not math.isfinite(self.loss) and goal != "forward":
            self.phase = "loss"
            raise Stop("nonfinite")
        return self.loss

    def _look(self) -> None:
        if self._stop():
            raise Stop("stop")
        if self._deadline is not None and time.monotonic() >= self._deadline:
            raise Stop("deadline")


def _finite(arrays: Arrays) -> bool:
    return all(np.isfinite(value).all() for value in blobs.parameters(arrays).values())
