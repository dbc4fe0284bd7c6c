"""The shape of every node, from those of the leaves alone: nothing is computed or allocated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .array_words import VALUE, Given
from .deadline import look
from .errors import EngineError, over_limit
from .graph import Graph
from .limits import Limits
from .ops import OPS, Shape
from .ops.row import count
from .sentence import say
from .tensor import check_shape


@dataclass(frozen=True, slots=True)
class Plan:
    """Shapes of all nodes, and what one forward pass costs in multiply-adds."""

    shapes: Mapping[str, Shape]
    cost: int


def infer(graph: Graph, leaves: Mapping[str, Shape], limits: Limits) -> Plan:
    """Return the shapes of all nodes.

    Raises ShapeError or ValueProblem where an operation does not fit, LimitError where all would be
    too large or too expensive; both name the node.
    """
    shapes: dict[str, Shape] = {}
    elements = cost = 0
    if len(graph.nodes) > limits.nodes:
        raise over_limit("nodes", limits.nodes, len(graph.nodes), say("The number of nodes is"))
    for node in graph.nodes:
        look()
        try:
            if node.op is None:
                shape = leaves[node.id] if node.literal is None else np.shape(node.literal)
            else:
                op = OPS[node.op]
                given = tuple(shapes[arg] for arg in node.args)
                shape = op.shape(*given, **node.params)
                cost += op.cost(*given, **node.params)
            if shape:
                check_shape(shape, limits, Given(VALUE, node.id))
            elements += count(shape)
            _check_totals(elements, cost, limits)
        except EngineError as error:
            raise error.at(node.id, node.position) from None
        shapes[node.id] = shape
    return Plan(shapes, cost)


def _check_totals(elements: int, cost: int, limits: Limits) -> None:
    if elements > limits.total_elements:
        raise over_limit(
            "total_elements",
            limits.total_elements,
            elements,
            say("The number of elements of all values together is at least"),
        )
    if cost > limits.multiply_adds:
        raise over_limit(
            "multiply_adds",
            limits.multiply_adds,
            cost,
            say("The number of multiplications and additions is at least"),
        )
