"""Gradients checked against finite differences, and one element of one node moved by ±h.

At a kink the slopes to the left and to the right differ, and no single number is the derivative:
there the gradient is a convention, and nothing is measured against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .errors import ValueProblem, over_limit
from .evaluate import evaluate
from .graph import Graph
from .limits import DEFAULT, Limits
from .ops import Array
from .ops.row import count, written
from .passes import forward
from .sentence import say
from .shapes import infer
from .tensor import frozen

STEP = 6e-6
# Below this size a gradient's error is measured absolutely: central differences see no further.
FLOOR = 1e-3
# Rounding where numbers of size 1 are computed, and the share of a slope that one-sided slopes may
# differ by.
ROUNDING = 256 * float(np.finfo(np.float64).eps)
SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class Check:
    """A leaf's gradient by backpropagation and by central differences.

    `kink` says that some element stands at a kink; the error is the largest of the others.
    """

    analytic: Array
    numeric: Array
    max_relative_error: float
    kink: bool = False


@dataclass(frozen=True, slots=True)
class Nudge:
    """The output with one element of a node moved by −h and by +h; slope = (plus − minus) / 2h.

    `kink` says that the slopes to the left and to the right of the element differ.
    """

    node: str
    h: float
    minus: float
    plus: float
    slope: float
    gradient: float | None
    kink: bool = False


def check_gradients(
    graph: Graph,
    values: Mapping[str, Any],
    constants: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> dict[str, Check]:
    """Compare every leaf's gradient with central differences of step 6e-6 · max(1, |x|).

    The relative error is |analytic − numeric| / max(|analytic|, |numeric|, 1e-3). Without gradients
    (an output that is no number) the result is empty. Raises LimitError if it would cost too much.
    """
    run = evaluate(graph, values, constants, limits=limits)
    leaves = [name for name in graph.leaves if run.grads[name] is not None]
    shapes = {name: np.shape(run.values[name]) for name in graph.leaves}
    cost = max(infer(graph, shapes, limits).cost, len(graph.nodes))
    total = 4 * cost * sum(count(shapes[name]) for name in leaves)
    if total > limits.multiply_adds:
        raise over_limit(
            "multiply_adds",
            limits.multiply_adds,
            total,
            say("The number of operations of a check by finite differences is"),
        )
    return {name: _check(graph, run.values, name, run.grads[name]) for name in leaves}


def _check(graph: Graph, values: Mapping[str, Array], leaf: str, analytic: Array | None) -> Check:
    assert analytic is not None
    numeric = np.empty(np.shape(analytic))
    kinks = np.zeros(np.shape(analytic), dtype=bool)
    for index in np.ndindex(np.shape(analytic)):
        ends = _ends(graph, values, leaf, index)
        numeric[index] = ends.slope
        kinks[index] = ends.kink
    error = relative_error(np.where(kinks, 0.0, analytic), np.where(kinks, 0.0, numeric))
    return Check(analytic, frozen(numeric), error, bool(kinks.any()))


class Ends(NamedTuple):
    """What a small step to either side shows: the slope between its ends, and whether it bends."""

    slope: float
    kink: bool


def _ends(graph: Graph, values: Mapping[str, Array], node: str, index: tuple[int, ...]) -> Ends:
    """Move one element of a node by a small step."""

    def f(by: float) -> float:
        return _moved(graph, values, node, index, by)

    h = STEP * max(1.0, abs(float(values[node][index])))
    here, minus, plus = float(np.reshape(values[graph.output], ())), f(-h), f(h)
    kink = _is_kink(f, here, minus, plus, h, ROUNDING * _largest(graph, values) / h)
    return Ends(_slope(minus, plus, h), kink)


def _largest(graph: Graph, values: Mapping[str, Array]) -> float:
    """Return the largest finite magnitude that is computed, at least 1: what rounding goes by."""
    computed = (np.abs(values[node.id]) for node in graph.nodes if node.op is not None)
    sizes = (float(np.max(size, initial=1.0, where=np.isfinite(size))) for size in computed)
    return max(sizes, default=1.0)


def _is_kink(
    f: Callable[[float], float], here: float, minus: float, plus: float, h: float, noise: float
) -> bool:
    """Return whether the one-sided slopes differ by more than curvature and rounding explain.

    With a quarter of the step a smooth function's differ by a quarter, and its central slope
    stays; at a kink they differ as before, and beside one the central slope changes.
    """
    if not np.isfinite((here, minus, plus)).all():
        return False
    apart = abs(plus - 2 * here + minus) / h
    steepest = max(abs(plus - here), abs(here - minus)) / h
    nearer, below, above = h / 4, f(-h / 4), f(h / 4)
    still_apart = abs(above - 2 * here + below) / nearer
    moved = abs(_slope(minus, plus, h) - _slope(below, above, nearer))
    bends = apart > SHARE * steepest and still_apart > apart / 2 + 4 * noise
    return bends or moved > FLOOR * max(steepest, 1.0) + 4 * noise


def _slope(minus: float, plus: float, h: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.float64(plus) - np.float64(minus)) / (2 * h)


def relative_error(analytic: Array, numeric: Array) -> float:
    """Return the largest |analytic − numeric| / max(|analytic|, |numeric|, 1e-3)."""
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
            say("The graph has no node {node}; its nodes are named in the program.", node=node),
            pointer="/nudge/node",
        )
    if isinstance(h, bool) or not isinstance(h, int | float) or not 0 < h < np.inf:
        raise ValueProblem(say("h must be a finite number greater than 0."), pointer="/nudge/h")
    shape = np.shape(run.values[node])
    place = tuple(index)
    if len(place) != len(shape) or not all(
        isinstance(i, int) and 0 <= i < n for i, n in zip(place, shape, strict=True)
    ):
        raise ValueProblem(
            say(
                "The index must name one element of {node}, which has the shape {shape}.",
                node=node,
                shape=written(shape),
            ),
            pointer="/nudge/index",
        )
    if np.size(run.value) != 1:
        raise ValueProblem(say("A nudge needs a number as output."), pointer="/nudge/node")
    minus, plus = (_moved(graph, run.values, node, place, d) for d in (-h, h))
    gradient = run.grads[node]
    known = None if gradient is None else float(gradient[place])
    kink = _ends(graph, run.values, node, place).kink
    return Nudge(node, float(h), minus, plus, _slope(minus, plus, float(h)), known, kink)
