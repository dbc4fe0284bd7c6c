"""What a learner should know about a run, though nothing is wrong with the program."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .graph import Graph, Node
from .ops import OPS, Array, Shape
from .ops.row import written


def scalar_wanted(graph: Graph, shape: Shape) -> str:
    """Return the notice for an output that is no number."""
    name = graph.output if graph[graph.output].named else "the last line"
    return (
        f"Gradients need a number as output, and {name} has the shape {written(shape)}: "
        "end the program with sum(...) or mean(...)."
    )


def non_finite(
    graph: Graph, values: Mapping[str, Array], grads: Mapping[str, Array | None]
) -> tuple[str, ...]:
    """Return a sentence about the first value, and the first gradient, that is not finite."""
    found = []
    for node in graph.nodes:
        if not np.isfinite(values[node.id]).all():
            found.append(f"The value of {_named(node)} is not finite: {_what(values[node.id])}.")
            break
    for node in reversed(graph.nodes):
        grad = grads.get(node.id)
        if grad is not None and not np.isfinite(grad).all():
            found.append(f"The gradient of {_named(node)} is not finite: {_what(grad)}.")
            break
    return tuple(found)


def _named(node: Node) -> str:
    if node.named or node.op is None:
        return node.id
    return f"{node.id} ({node.source or OPS[node.op].name})"


def _what(value: Array) -> str:
    """Name the kinds of non-finite numbers that occur."""
    kinds = (("NaN", np.isnan), ("infinity", np.isposinf), ("−infinity", np.isneginf))
    return ", ".join(name for name, test in kinds if test(value).any())
