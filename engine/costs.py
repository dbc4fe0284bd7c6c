"""What all derivatives of a graph cost in reverse mode and in forward mode.

One backward pass gives the derivatives of one number of the output by all inputs; one forward pass
those of all outputs by one number of the input. So m outputs cost m backward passes, and n inputs n
forward passes, over the same edges: an edge costs as much as its operation, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from .graph import Graph
from .inputs import check_constants
from .ops import OPS, Array
from .ops.row import count
from .passes import differentiable, influential


class Costs(NamedTuple):
    """Multiplications and additions, and steps, for all derivatives of the output.

    `inputs` counts the numbers in leaves that are no constants, `outputs` those of the output;
    `evaluation` is what the values alone cost.
    """

    inputs: int
    outputs: int
    evaluation: int
    reverse: int
    forward: int
    reverse_steps: int
    forward_steps: int


def costs(graph: Graph, values: Mapping[str, Array], constants: Iterable[str] = ()) -> Costs:
    """Return the costs of both modes; `values` are those of all nodes."""
    fixed = check_constants(graph, constants)
    wanted = differentiable(graph, fixed)
    live = influential(graph)
    leaves = [name for name in graph.leaves if name not in fixed]
    prices = [_price(graph, values, link.target) for link in graph.links]
    reverse = [
        price
        for price, link in zip(prices, graph.links, strict=True)
        if link.source in wanted and link.target in live
    ]
    forward = forward_steps = 0
    for leaf in leaves:
        size = count(np.shape(values[leaf]))
        moved = {leaf}
        for price, link in zip(prices, graph.links, strict=True):
            if link.source in moved and link.target in live:
                moved.add(link.target)
                forward += size * price
                forward_steps += size
    outputs = count(np.shape(values[graph.output]))
    return Costs(
        inputs=sum(count(np.shape(values[leaf])) for leaf in leaves),
        outputs=outputs,
        evaluation=sum(_price(graph, values, node.id) for node in graph.nodes if node.op),
        reverse=outputs * sum(reverse),
        forward=forward,
        reverse_steps=outputs * len(reverse),
        forward_steps=forward_steps,
    )


def _price(graph: Graph, values: Mapping[str, Array], name: str) -> int:
    node = graph[name]
    shapes = (np.shape(values[arg]) for arg in node.args)
    return OPS[node.op or ""].cost(*shapes, **node.params)
