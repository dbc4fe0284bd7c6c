"""The loss over a plane of two parameters, all others as they are, and the way that training went.

The plan computes each point of the grid; nothing here touches the network that is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from app import wire
from app.training import apart, elements
from app.training.elements import Element
from app.training.path import Path, Segments, path
from app.training.prediction import full
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import Checkpoint
from engine import Plan
from engine.batches import Rows
from engine.errors import ValueProblem
from engine.ops import Array
from engine.sentence import say

# Of a network that has not been trained, this far around the present point is shown; of others the
# whole way, and never less than the least.
FRESH, LEAST = 2.0, 0.5
ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)
# By default, points of the grid times rows times parameters come to no more than this.
WORK = 1e10
SIZES = (41, 31, 21, 11)


class Wish(NamedTuple):
    """Which plane: two elements by name, and what is None is chosen here.

    `rows` says on which rows the loss is taken: all that are trained on, or those of the batch.
    """

    a: str
    b: str
    rows: Literal["train", "batch"] = "train"
    size: int | None = None
    a_center: float | None = None
    b_center: float | None = None
    radius: float | None = None


def landscape(
    session: Session,
    wish: Wish,
    segments: Sequence[tuple[int, Spec]],
    checkpoints: Sequence[Checkpoint],
    furthest: int,
) -> Generator[None, None, dict[str, Any]]:
    """Return the answer of `GET /networks/{id}/landscape`; yields between its parts.

    Raises ValueProblem for elements or a plane that there are none of.
    """
    a, b = _elements(session, wish)
    rows = session.model.rows.train
    if wish.rows == "batch":
        rows = session.order.rows(session.last)
    plan = apart.plan(session, rows)
    present = _present(plan, session, (a, b))
    yield
    specs = Segments(segments, (session.spec, session.model))
    way = yield from path(specs, checkpoints, (a, b), furthest)
    center = (
        present["a"] if wish.a_center is None else wish.a_center,
        present["b"] if wish.b_center is None else wish.b_center,
    )
    radius = _radius(way, center) if wish.radius is None else wish.radius
    size = _size(session, rows) if wish.size is None else wish.size
    axes = [_axis(middle, radius, size) for middle in center]
    losses = yield from _grid(plan, (a, b), axes)
    finite = losses[np.isfinite(losses)]
    return {
        "a": _described(session, a, axes[0]),
        "b": _described(session, b, axes[1]),
        "center": list(center),
        "radius": radius,
        "losses": full(losses),
        "lowest": wire.numbers(finite.min()) if finite.size else None,
        "highest": wire.numbers(finite.max()) if finite.size else None,
        "rows": len(rows),
        "current": {"iteration": session.state.iteration, **_written(present)},
        "path": {
            "iterations": way.iterations.tolist(),
            "a": full(way.values[:, 0]),
            "b": full(way.values[:, 1]),
            "complete": len(way.iterations) == furthest + 1,
        },
    }


def _elements(session: Session, wish: Wish) -> tuple[Element, Element]:
    shapes = {name: np.shape(session.arrays[name]) for name in session.model.trainable}
    a = elements.element(wish.a, shapes, "/a")
    b = elements.element(wish.b, shapes, "/b")
    if a == b:
        raise ValueProblem(
            say("a and b are both {name}; a plane needs two different parameters.", name=a.name),
            pointer="/b",
        )
    return a, b


def _present(plan: Plan, session: Session, pair: tuple[Element, Element]) -> dict[str, Any]:
    """Return where training stands, the loss there, and its derivatives by the two elements."""
    found = {key: one.of(session.arrays) for key, one in zip("ab", pair, strict=True)}
    loss = plan.forward()
    plan.backward()
    grads = {name: plan.grads[name] for name in session.model.trainable}
    return {**found, "loss": loss, "gradient": [one.of(grads) for one in pair]}


def _written(present: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [wire.numbers(one) for one in value] if isinstance(value, list)
        else wire.numbers(value) for name, value in present.items()
    }  # fmt: skip


def _described(session: Session, one: Element, axis: Array) -> dict[str, Any]:
    latex = elements.latex(session.model, one)
    return {"name": one.name, "latex": latex, "values": axis.tolist()}


def _radius(way: Path, center: tuple[float, float]) -> float:
    """Return a round number that shows the whole way, in the same units along both axes."""
    if len(way.iterations) < 2:
        return FRESH
    wanted = max(LEAST, 1.1 * float(np.abs(way.values - np.array(center)).max()))
    if not math.isfinite(wanted):
        return FRESH
    decade = 10.0 ** math.floor(math.log10(wanted))
    return next((decade * step for step in ROUND if decade * step >= wanted), wanted)


def _size(session: Session, rows: Rows) -> int:
    numbers = sum(np.size(session.arrays[name]) for name in session.model.trainable)
    return next((n for n in SIZES if n * n * len(rows) * numbers <= WORK), SIZES[-1])


def _axis(middle: float, radius: float, size: int) -> Array:
    """Return values around the middle, which is itself the middle one of an odd number."""
    with np.errstate(all="ignore"):
        steps = np.arange(size) - (size - 1) / 2
        axis = np.asarray(middle + steps * (2 * radius / (size - 1)), dtype=np.float64)
        apart = bool(np.isfinite(axis).all() and (np.diff(axis) > 0).all())
    if not apart:
        raise ValueProblem(
            say(
                "A radius of {radius:g} around {middle:g} gives no grid of different "
                "finite numbers; choose another radius.",
                radius=radius,
                middle=middle,
            ),
            pointer="/radius",
        )
    return axis


def _grid(
    plan: Plan, pair: tuple[Element, Element], axes: Sequence[Array]
) -> Generator[None, None, Array]:
    """Return the losses, a row for each value of b; yields after each of its points."""
    a, b = pair
    moved = {one.parameter: np.array(plan.values[one.parameter]) for one in pair}
    losses = np.empty((len(axes[1]), len(axes[0])))
    for j, y in enumerate(axes[1]):
        moved[b.parameter][b.place] = y
        plan.set({b.parameter: moved[b.parameter]})
        for i, x in enumerate(axes[0]):
            moved[a.parameter][a.place] = x
            plan.set({a.parameter: moved[a.parameter]})
            losses[j, i] = plan.forward()
            yield
    return losses
