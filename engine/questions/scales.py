"""Slips with a constant factor: the ½ or the 2, the number of rows, the learning rate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .kinds import Case
from .slipped import Slipped, here


def _scaled(case: Case, factor: float, node: str) -> Slipped:
    whole = case.compute
    return here(case, lambda *args: factor * whole(*args))._replace(node=node, edge=None)


def _bearing(case: Case) -> tuple[str, ...]:
    """Return the nodes whose own factor stands in the answer: of a gradient the output's too."""
    if case.spot.kind in ("value", "local"):
        return (case.spot.node,)
    return tuple(dict.fromkeys((case.spot.node, case.run.graph.output)))


def half_forgotten(case: Case) -> Iterator[Slipped]:
    """Leave out the ½ of the loss."""
    for name in _bearing(case):
        if case.run.graph[name].op == "half_mse":
            yield _scaled(case, 2.0, name)


def two_forgotten(case: Case) -> Iterator[Slipped]:
    """Leave out the exponent that comes down as a factor."""
    if case.spot.kind == "value":
        return
    for name in _bearing(case):
        node = case.run.graph[name]
        if node.op == "mse":
            yield _scaled(case, 0.5, name)
        if node.op == "pow" and case.edge is not None and case.edge.slot == 0:
            exponent = float(np.ravel(case.run.values[node.args[1]])[0])
            if exponent not in (0.0, 1.0):
                yield _scaled(case, 1 / exponent, name)


def mean_forgotten(case: Case) -> Iterator[Slipped]:
    """Leave out the division of a mean."""
    for name in _bearing(case):
        count = _averaged(case, name)
        if count > 1:
            yield _scaled(case, float(count), name)


def _averaged(case: Case, name: str) -> int:
    """Return over how many terms a node is a mean, 1 for what is none."""
    node = case.run.graph[name]
    if node.op is None:
        return 1
    shape = np.shape(case.run.values[node.args[0]])
    size = int(np.prod(shape, dtype=np.int64))
    if node.op == "mean":
        return size // max(1, int(np.size(case.run.values[name])))
    if node.op in ("mse", "bce", "bce_with_logits") or (node.op == "half_mse" and len(shape) < 2):
        return size
    return size // max(1, shape[-1]) if node.op in ("half_mse", "cross_entropy") else 1


def _rate(case: Case) -> float | None:
    """Return the learning rate of plain descent; None for another rule."""
    return case.run.learning_rate if len(case.operands) == 2 else None


def rate_forgotten(case: Case) -> Iterator[Slipped]:
    """Go down by the whole gradient."""
    if _rate(case) is not None:
        yield here(case, lambda w, g: w - g)


def rate_added(case: Case) -> Iterator[Slipped]:
    """Add the learning rate in place of multiplying by it, or take it for the step."""
    rate = _rate(case)
    if rate is not None:
        yield here(case, lambda w, g: w - (rate + g))
        yield here(case, lambda w, _g: w - rate)


def step_added(case: Case) -> Iterator[Slipped]:
    """Go up the gradient."""
    rate = _rate(case)
    if rate is not None:
        yield here(case, lambda w, g: w + rate * g)


def step_alone(case: Case) -> Iterator[Slipped]:
    """Answer the step in place of where it leads."""
    rate = _rate(case)
    if rate is not None:
        yield here(case, lambda _w, g: -rate * g)
        yield here(case, lambda _w, g: rate * g)
