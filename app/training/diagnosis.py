"""What is the matter with a training that stopped at a number out of range, and what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import engine
from app.training import blobs, updates
from app.training.state import PLACES
from engine.notices import Broken

if TYPE_CHECKING:
    from app.training.session import Session

# Inputs beyond that are worth standardising.
LARGE = 30.0
# A learning rate is worth trying so many times smaller, and no larger than that.
SMALLER, MILD = 10, 0.1


class Hint(NamedTuple):
    """Something to try: its name, what its sentence mentions, and the PATCH that does it."""

    name: str
    facts: Mapping[str, str | float]
    change: Mapping[str, Any] | None = None


class Diagnosis(NamedTuple):
    """`broken` says where the numbers left their range; of an update it names no node."""

    broken: Broken
    hints: tuple[Hint, ...]


def diagnosed(session: Session) -> Diagnosis | None:
    """Return what is the matter with the iteration in progress, None if nothing is."""
    if not PLACES["forward"] <= PLACES[session.state.phase] <= PLACES["backward"]:
        return None
    model = session.model
    rows = session.order.rows(session.last)
    leaves = model.leaves(model.rows.x[rows], model.rows.y[rows])
    run = engine.evaluate(
        model.graph, {**leaves, **blobs.parameters(session.arrays)}, tuple(leaves)
    )
    formulas = [Hint("formula", {"formula": a.formula, "instead": a.instead}) for a in run.advice]
    if run.broken:
        return Diagnosis(run.broken[0], (*formulas, *_hints(session, run.broken[0].kind)))
    moved = updates.updated(session).moved
    if all(np.isfinite(one.new).all() for one in moved):
        return None
    wrong = next(one.parameter for one in moved if not np.isfinite(one.new).all())
    return Diagnosis(Broken("update", wrong, (), (wrong,)), tuple(_hints(session, "update")))


def _hints(session: Session, kind: str) -> Iterator[Hint]:
    model, optimizer = session.model, session.spec.optimizer
    if session.state.iteration == 0 and kind != "update":
        yield Hint("start", {})
    else:
        rate = session.spec.rate(session.last)
        base = min(MILD, float(optimizer["learning_rate"]) / SMALLER)
        yield Hint("rate", {"rate": rate, "smaller": base}, {"optimizer": {"learning_rate": base}})
    if optimizer.get("momentum"):
        yield Hint("momentum", {"momentum": float(optimizer["momentum"])})
    largest = float(np.max(np.abs(model.rows.x), initial=0.0))
    if largest > LARGE and model.rows.scaling is None:
        yield Hint("standardise", {"largest": largest})
