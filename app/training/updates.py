"""What an update does to each parameter, in the plan's own numbers: to the last bit those kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from app.training import blobs
from engine.ops import Array

if TYPE_CHECKING:
    from app.training.session import Session


class Moved(NamedTuple):
    """One parameter before and after an update."""

    parameter: str
    old: Array
    gradient: Array
    change: Array
    new: Array


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
    grads = {name: np.asarray(loop.plan.grads[name]) for name in session.model.trainable}
    new = blobs.parameters(session.arrays) if session.state.phase == "update" else expected
    as_set = all(np.array_equal(new[name], expected[name]) for name in new)
    rate = session.spec.rate(session.last) if as_set and plain(session.spec.optimizer) else None
    return Updated(tuple(_moved(blobs.parameters(session.used), grads, new, rate)), as_set)


def _moved(
    old: blobs.Arrays, grads: Mapping[str, Array], new: blobs.Arrays, rate: float | None
) -> Iterator[Moved]:
    for name, gradient in grads.items():
        with np.errstate(all="ignore"):
            change = new[name] - old[name] if rate is None else -rate * gradient
        yield Moved(name, old[name], gradient, change, new[name])


def elements(whole: Moved) -> Iterator[Moved]:
    """Yield an update element by element."""
    arrays = whole[1:]
    for place in np.ndindex(np.shape(whole.new)):
        name = f"{whole.parameter}[{','.join(map(str, place))}]"
        yield Moved(name, *(array[place] for array in arrays))
