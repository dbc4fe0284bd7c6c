"""What an update does to each parameter, in the plan's own numbers: to the last bit those kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from app.training import blobs
from engine import Term, terms
from engine.ops import Array
from engine.optimizers import settings_of
from engine.plan import STEPS

if TYPE_CHECKING:
    from app.training.session import Session


class Moved(NamedTuple):
    """One parameter before and after an update; no `terms` where the settings are not known."""

    parameter: str
    old: Array
    gradient: Array
    change: Array
    new: Array
    terms: tuple[Term, ...] = ()


class Updated(NamedTuple):
    """The update of the pass last run, done or still to come.

    `as_set` is False where it was done under settings that have been changed since.
    """

    moved: tuple[Moved, ...]
    as_set: bool


def plain(optimizer: Mapping[str, Any]) -> bool:
    """Whether an update is new = old − learning_rate · gradient, and nothing else."""
    return optimizer["name"] == "sgd" and not any(
        optimizer[name] for name in ("momentum", "weight_decay", "maximize")
    )


def updated(session: Session) -> Updated:
    """Return the update of the pass last run; computed anew where it is still to come."""
    loop = session.loop
    loop.load(session.used)
    loop.enter(session.last)
    loop.update()
    expected = blobs.parameters(loop.state())
    grads = {name: np.array(loop.plan.grads[name]) for name in session.model.trainable}
    new = blobs.parameters(session.arrays) if session.state.phase == "update" else expected
    as_set = all(np.array_equal(new[name], expected[name]) for name in new)
    rate = session.spec.rate(session.last) if as_set and plain(session.spec.optimizer) else None
    moved = _moved(blobs.parameters(session.used), grads, new, rate)
    if as_set:
        moved = (one._replace(terms=_terms(session, one)) for one in moved)
    return Updated(tuple(moved), as_set)


def _moved(
    old: blobs.Arrays, grads: Mapping[str, Array], new: blobs.Arrays, rate: float | None
) -> Iterator[Moved]:
    for name, gradient in grads.items():
        with np.errstate(all="ignore"):
            change = new[name] - old[name] if rate is None else -rate * gradient
        yield Moved(name, old[name], gradient, change, new[name])


def _terms(session: Session, one: Moved) -> tuple[Term, ...]:
    """Return how the optimizer comes from the old to the new value; the new one is the plan's."""
    row, settings = settings_of(session.spec.optimizer)
    settings["learning_rate"] = session.spec.rate(session.last)
    start = f"{one.parameter}."
    slots = {
        key.removeprefix(start): value
        for key, value in session.used.items() if key.startswith(start)
    }  # fmt: skip
    t = int(session.used[STEPS]) + 1
    found = terms(row, settings, t, one.old, one.gradient, slots)
    return tuple(term._replace(value=one.new) if term.name == "new_p" else term for term in found)


def elements(whole: Moved) -> Iterator[Moved]:
    """Yield an update element by element."""
    for place in np.ndindex(np.shape(whole.new)):
        name = f"{whole.parameter}[{','.join(map(str, place))}]"
        parts = tuple(
            term._replace(value=term.value[place]) if np.ndim(term.value) else term
            for term in whole.terms
        )
        yield Moved(name, whole.old[place], whole.gradient[place], whole.change[place],
                    whole.new[place], parts)  # fmt: skip
