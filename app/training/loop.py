"""The plans of one network: a batch goes in, a loss comes out, and the parameters move."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

import engine
from app.training import blobs, health
from app.training.blobs import Arrays
from app.training.model import Model
from app.training.order import Order
from app.training.records import NAN, Record, accuracy, judge
from app.training.spec import Spec
from engine import Plan
from engine.ops import Array

# Held-out rows are looked at so seldom that they cost about a tenth of training.
HELD_OUT_COST = 10


class Loop:
    """Plans for whole batches, for the last one of an epoch, and for the rows held out.

    `layers` names the parameters of each layer, `units` the nodes whose units may be dead, and
    `saturable` those whose units may be saturated.
    """

    def __init__(self, spec: Spec, model: Model) -> None:
        self.model, self.order = model, Order.of(spec, model.rows.train)
        self.layers = model.layers
        self.units, self.saturable = model.units, model.saturable
        self._judge = judge(model)
        self._rate = spec.rate if spec.request.get("schedule") is not None else None
        self._entered: int | None = None
        # The state that the plans stand at, if it is known.
        self._held: Mapping[str, Any] | None = None
        self.rows = self.order.rows(self.order.origin.iteration)
        self.whole = engine.compile(
            model.graph, {**model.initial, **self._leaves(self.rows)}, model.trainable,
            spec.optimizer,
        )  # fmt: skip
        self.plan = self.whole
        self._plans: dict[int, Plan] = {len(self.rows): self.whole}
        self._test = self._held_out()
        self._pace = max(
            self.order.per_epoch,
            math.ceil(HELD_OUT_COST * len(model.rows.held_out) / self.order.size),
        )

    def _leaves(self, rows: Any) -> dict[str, Array]:
        return self.model.leaves(self.model.rows.x[rows], self.model.rows.y[rows])

    def _held_out(self) -> Plan | None:
        rows = self.model.rows.held_out
        return self.whole.sibling(self._leaves(rows)) if len(rows) else None

    def load(self, arrays: Mapping[str, Any]) -> None:
        """Take a state: parameters, slots, and the count of updates."""
        if arrays is not self._held:
            self._held = None
            self.whole.restore(arrays)
            self._held = arrays

    def state(self) -> Arrays:
        """Return a copy of the state."""
        self._held = found = self.whole.state()
        return found

    def enter(self, iteration: int) -> None:
        """Take an iteration's batch, and the learning rate of its update."""
        rows = self.order.rows(iteration)
        size = len(rows)
        if size not in self._plans:
            self._plans[size] = self.whole.sibling(self._leaves(rows))
        changed = self.plan is not self._plans[size] or not np.array_equal(rows, self.rows)
        self.plan = self._plans[size]
        if changed or self._entered is None:
            leaves = self._leaves(rows)
            self.plan.set({name: leaves[name] for name in ("x", "y") if name in leaves})
            self.rows = rows
        if self._rate is not None:
            self.whole.configure(learning_rate=self._rate(iteration))
        self._entered = iteration

    def forward(self) -> float:
        """Return the loss of the batch."""
        return float(self.plan.forward())

    def backward(self) -> None:
        """Compute the gradients of the batch."""
        self.plan.backward()

    def update(self) -> None:
        """Move the parameters, after the passes that are still to be done."""
        self._held = None
        self.plan.update()

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next update."""
        return float(self.whole.optimizer["learning_rate"])

    def record(self, done: int, loss: float, arrays: Arrays) -> Record:
        """Return the record of the iteration after which `done` updates are done."""
        held_out, tested = self._tested(done)
        return Record(
            iteration=done, loss=loss, learning_rate=self.learning_rate,
            accuracy=self._accuracy(self.plan, self.rows), held_out=held_out, tested=tested,
            norms=tuple(self._norm(names) for names in self.layers.values()),
            dead=tuple(health.dead(self.plan.values[node]) for node in self.units.values()),
            digest=blobs.digest(arrays),
            saturated=tuple(self._saturated(node) for node in self.saturable.values()),
        )  # fmt: skip

    def _accuracy(self, plan: Plan, rows: Any) -> float:
        if self._judge is None or self.model.prediction is None:
            return NAN
        return accuracy(self._judge, plan.values[self.model.prediction], self.model.rows.y[rows])

    def _norm(self, names: tuple[str, ...]) -> float:
        squares = 0.0
        with np.errstate(all="ignore"):
            for name in names:
                grad = self.plan.grads[name]
                squares += float(np.vdot(grad, grad)) if grad is not None else 0.0
        return math.sqrt(squares)

    def _saturated(self, node: str) -> float:
        return health.saturated(self.model.graph[node].op or "", self.plan.values[node])

    def _tested(self, done: int) -> tuple[float, float]:
        if self._test is None or (done - self.order.origin.iteration) % self._pace:
            return NAN, NAN
        loss = float(self._test.forward())
        return loss, self._accuracy(self._test, self.model.rows.held_out)
