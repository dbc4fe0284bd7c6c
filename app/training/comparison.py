"""One network with several settings: trainings side by side, kept only where that is asked."""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app import wire
from app.training import apart, history
from app.training.limits import TRAINING
from app.training.prediction import predicted
from app.training.records import Record, accuracy, judge
from app.training.requests import NetworkRequest, NetworkSettings
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import StepResult
from engine.errors import EngineError, over_limit
from engine.sentence import say

# So many points of a curve are told.
POINTS = 240
# Of what is kept, a state every so many iterations, unless they take more than so many bytes.
MARKED = 200
MARKS_BYTES = 16_000_000


class Contestant:
    """One of the trainings, on its way to so many iterations."""

    def __init__(self, session: Session, iterations: int, keeps: bool = False) -> None:
        self.session, self.iterations, self.keeps = session, iterations, keeps
        # States on the way from which others can be reached, and what was recorded of all.
        self.marks, self.records = [session.state], list[Record]()
        self.ended: StepResult | None = None
        self._record: Record | None = None
        self._done, self._losses = array("q"), array("d")

    @property
    def runs(self) -> bool:
        """Whether there is anything left to do."""
        return self.ended is None and self.session.state.iteration < self.iterations

    def advance(self, seconds: float) -> None:
        """Train for so long, or to the end, and by one iteration at least."""
        left = min(self.iterations - self.session.state.iteration, TRAINING.steps)
        if self.keeps:
            left = min(left, self._marked())
        deadline = time.monotonic() + seconds
        result = self.session.step("iteration", left, deadline=deadline)
        if result.stopped == "deadline" and not result.records:
            result = self.session.step("iteration")
        for record in result.records:
            self._done.append(record.iteration)
            self._losses.append(record.loss)
            self._record = record
        self.records += result.records if self.keeps else ()
        if result.stopped not in (None, "deadline"):
            self.ended = result

    def _marked(self) -> int:
        """Mark the present state if it is time, and return how far it is to the next mark."""
        state = self.session.state
        if state.iteration - self.marks[-1].iteration >= MARKED:
            self.marks.append(state)
            if len(self.marks) * len(state.parameters_blob) > MARKS_BYTES:
                self.marks = [self.marks[0], *self.marks[1:-1:2], state]
        return MARKED - (state.iteration - self.marks[-1].iteration)

    def told(self) -> dict[str, Any]:
        """Return how far it is: complete in itself, so that an event can be left out."""
        session, order = self.session, self.session.order
        return {
            "iteration": session.state.iteration,
            "of": self.iterations,
            "epoch": order.epochs(session.state.iteration),
            "per_epoch": order.per_epoch,
            "curve": self._curve(),
            **self._measures(),
            **self._why(),
        }

    def final(self) -> dict[str, Any]:
        """Return the loss and the accuracy over all rows trained on, with the last parameters."""
        session = self.session
        model, rows = session.model, session.model.rows.train
        plan = apart.plan(session, rows)
        found: dict[str, Any] = {"loss": wire.numbers(plan.forward())}
        if model.prediction is not None:
            right = accuracy(judge(model), plan.values[model.prediction], model.rows.y[rows])
            found |= {} if math.isnan(right) else {"accuracy": right}
        return found

    def best(self) -> dict[str, Any] | None:
        """Return the smallest loss of a batch so far, and its iteration; None before the first."""
        if not self._losses:
            return None
        place = int(np.argmin(self._losses))
        return {"iteration": self._done[place], "loss": self._losses[place]}

    def answers(self, x: Any) -> dict[str, Any]:
        """Return what the network answers to rows of x; raises EngineError for what is no x."""
        found = predicted(self.session.model, _parameters(self.session), x)
        return {"outputs": found["outputs"], "probabilities": found["probabilities"]}

    def _curve(self) -> dict[str, Any]:
        columns: history.Columns = {
            "iteration": np.array(self._done),
            "loss": np.array(self._losses),
        }
        few = history.thin(columns, POINTS)
        return {"iterations": few["iteration"].tolist(), "loss": few["loss"].tolist()}

    def _measures(self) -> dict[str, Any]:
        record = self._record
        if record is None:
            return {}
        numbers = {
            "loss": record.loss, "accuracy": record.accuracy,
            "held_out_loss": record.held_out, "held_out_accuracy": record.tested,
        }  # fmt: skip
        return {name: value for name, value in numbers.items() if not math.isnan(value)}

    def _why(self) -> dict[str, Any]:
        if self.ended is None:
            return {}
        ended = self.ended
        return {"stopped": ended.stopped, "at": ended.at, "node": ended.node}


def _parameters(session: Session) -> Mapping[str, Any]:
    return {name: session.arrays[name] for name in session.model.trainable}


def contestants(
    network: NetworkRequest,
    settings: Sequence[NetworkSettings],
    iterations: int | None,
    epochs: int | None,
    keeps: bool = False,
) -> list[Contestant]:
    """Return a training for each of the settings, which take the place of the network's fields.

    Raises EngineError, with a pointer into what was given, for what makes no network.
    """
    found = []
    for i, changes in enumerate(settings):
        session = _begun(network, changes, i)
        count = iterations or (epochs or 1) * session.order.per_epoch
        if count > TRAINING.compared_iterations:
            error = over_limit(
                "compared_iterations",
                TRAINING.compared_iterations,
                count,
                say("The number of iterations of one training is"),
            )
            error.pointer = "/iterations" if iterations else "/epochs"
            raise error
        found.append(Contestant(session, count, keeps))
    return found


def _begun(network: NetworkRequest, changes: NetworkSettings, i: int) -> Session:
    changed = changes.model_dump(exclude_unset=True)
    given = {**network.model_dump(exclude_unset=True), **changed}
    try:
        return Session.begin(Spec.of(NetworkRequest.model_validate(given)))
    except EngineError as error:
        pointer = error.pointer or ""
        own = pointer.split("/")[1:2]
        error.pointer = (f"/settings/{i}" if own and own[0] in changed else "/network") + pointer
        raise
