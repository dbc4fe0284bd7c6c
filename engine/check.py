"""Gradients checked against finite differences, and one element of one node moved by ±h."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import ValueProblem, over_limit
from .evaluate import evaluate
from .graph import Graph
from .limits import DEFAULT, Limits
from .ops import Array
from .ops.row import count, written
from .passes import forward
from .shapes import infer
from .tensor import frozen

STEP = 6e-6
# Below this size a gradient's error is measured absolutely: central differences see no further.
FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class Check:
    """A leaf's gradient by backpropagation and by central differences."""

    analytic: Array
    numeric: Array
    max_relative_error: float


@dataclass(frozen=True, slots=True)
class Nudge:
    """The output with one element of a node moved by −h and by +h; slope = (plus − minus) / 2h."""

    node: str
    h: float
    minus: float
    plus: float
    slope: float
    gradient: float | None


def check_gradients(
    graph: Graph,
    values: Mapping[str, Any],
    constants: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> dict[str, Check]:
    """Compare every leaf's gradient with central differences of step 6e-6 · max(1, |x|).

    The relative error is |analytic − numeric| / max(|analytic|, |numeric|, 1e-3). Without gradients
    (an output that is no number) the result is empty.
    """
    run = evaluate(graph, values, constants, limits=limits)
    leaves = [name for name in graph.leaves if run.grads[name] is not None]
    shapes = {name: np.shape(run.values[name]) for name in graph.leaves}
    cost = max(infer(graph, shapes, limits).cost, len(graph.nodes))
    total = 2 * cost * sum(count(shapes[name]) for name in leaves)
    if total > limits.multiply_adds:
        raise over_limit(
            "multiply_adds", limits.multiply_adds, total,
            "The number of operations of a check by finite differences is",
        )  # fmt: skip
    return {name: _check(graph, run.values, name, run.grads[name]) for name in leaves}


def _check(graph: Graph, values: Mapping[str, Array], leaf: str, analytic: Array | None) -> Check:
    assert analytic is not None
    numeric = np.empty(np.shape(analytic))
    for index in np.ndindex(np.shape(analytic)):
        h = STEP * max(1.0, abs(float(values[leaf][index])))
        minus, plus = (_moved(graph, values, leaf, index, d) for d in (-h, h))
        numeric[index] = _slope(minus, plus, h)
    return Check(analytic, frozen(numeric), _error(analytic, numeric))


def _slope(minus: float, plus: float, h: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(plus) - np.float64(minus)) / (2 * h)


def _error(analytic: Array, numeric: Array) -> float:
    with np.errstate(all="ignore"):
        size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), FLOOR)
        errors = np.where(analytic == numeric, 0.0, np.abs(analytic - numeric) / size)
    return float(np.max(errors, initial=0.0))


def _moved(
    graph: Graph, values: Mapping[str, Array], node: str, index: tuple[int, ...], by: float
) -> float:
    """Return the output with one element of a node moved."""
    moved = np.array(values[node])
    moved[index] += by
    out = values[graph.output]
    for record in forward(graph, values, {node: frozen(moved)}):
        if record.node == graph.output:
            out = record.value
    return float(np.reshape(out, ()))


def nudge(
    graph: Graph,
    values: Mapping[str, Any],
    node: str,
    h: float,
    index: tuple[int, ...] = (),
    constants: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> Nudge:
    """Move one element of a leaf or intermediate value by ±h and return what the output does.

    Raises ValueProblem if the node, the index or h is not accepted, or the output is no number.
    """
    run = evaluate(graph, values, constants, limits=limits)
    if node not in graph:
        raise ValueProblem(
            f"The graph has no node {node}; its nodes are named in the program.",
            pointer="/nudge/node",
        )
    if isinstance(h, bool) or not isinstance(h, int | float) or not 0 < h < np.inf:
        raise ValueProblem("h must be a finite number greater than 0.", pointer="/nudge/h")
    shape = np.shape(run.values[node])
    place = tuple(index)
    if len(place) != len(shape) or not all(
        isinstance(i, int) and 0 <= i < n for i, n in zip(place, shape, strict=True)
    ):
        raise ValueProblem(
            f"The index must name one element of {node}, which has the shape {written(shape)}.",
            pointer="/nudge/index",
        )
    if np.size(run.value) != 1:
        raise ValueProblem("A nudge needs a number as output.", pointer="/nudge/node")
    minus, plus = (_moved(graph, run.values, node, place, d) for d in (-h, h))
    gradient = run.grads[node]
    known = None if gradient is None else float(gradient[place])
    return Nudge(node, float(h), minus, plus, _slope(minus, plus, float(h)), known)
