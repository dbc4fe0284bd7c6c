"""The kinds of questions whose answer is a number or an array: what each is computed from.

A row names the operands of the answer, with all that a learner may take them for, and how the
answer follows from them. The same computation gives the true answer and its reach.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..evaluate import Edge, Run
from ..graph import Node
from ..ops import OPS, Array, Op
from ..passes import unbroadcast
from .digits import Candidates, Computation
from .question import Spot
from .readings import Readings


class Case(NamedTuple):
    """A question as a computation: `compute(*operands)` is the answer."""

    spot: Spot
    readings: Readings
    operands: tuple[Candidates, ...]
    compute: Computation

    @property
    def run(self) -> Run:
        return self.readings.run

    @property
    def node(self) -> Node:
        """The node asked about, or the target of the edge."""
        return self.run.graph[self.spot.node]

    @property
    def op(self) -> Op | None:
        """The operation of that node, None for a leaf."""
        return OPS[self.node.op] if self.node.op is not None else None

    @property
    def edge(self) -> Edge | None:
        """The edge asked about."""
        return None if self.spot.edge is None else self.run.edges[self.spot.edge]

    @property
    def numeric(self) -> bool:
        """Whether the edge has a local derivative, and no rule in place of it."""
        return self.edge is not None and self.edge.local is not None

    @property
    def truth(self) -> Array:
        """The true answer."""
        with np.errstate(all="ignore"):
            found = self.compute(*(one[0] for one in self.operands))
        return np.asarray(found, dtype=np.float64)


def _value(readings: Readings, spot: Spot) -> Case:
    node = readings.run.graph[spot.node]
    op = OPS[node.op or ""]
    operands = tuple(readings.value(arg) for arg in node.args)
    return Case(spot, readings, operands, lambda *args: op.forward(*args, **node.params))


def _local(readings: Readings, spot: Spot) -> Case:
    edge = readings.run.edges[spot.edge or 0]
    node = readings.run.graph[edge.target]
    op = OPS[node.op or ""]
    operands = tuple(readings.value(name) for name in (node.id, *node.args))
    return Case(
        spot, readings, operands, lambda z, *args: op.local(edge.slot, z, args, node.params)
    )


def _product(readings: Readings, spot: Spot) -> Case:
    edge = readings.run.edges[spot.edge or 0]
    shape = np.shape(readings.run.values[edge.source])
    upstream = readings.grad(edge.target)
    if edge.local is not None:
        both = (upstream, readings.local(spot.edge or 0))
        return Case(spot, readings, both, lambda g, d: unbroadcast(g * d, shape))
    node = readings.run.graph[edge.target]
    op = OPS[node.op or ""]
    operands = (upstream, *(readings.value(name) for name in (node.id, *node.args)))
    return Case(
        spot,
        readings,
        operands,
        lambda g, z, *args: unbroadcast(op.pull(edge.slot, g, z, args, node.params), shape),
    )


def _sum(readings: Readings, spot: Spot) -> Case:
    run = readings.run
    operands = tuple(readings.contribution(edge) for edge in run.outgoing[spot.node])
    if spot.node == run.graph.output:
        operands = ((np.ones(np.shape(run.value)),), *operands)
    return Case(spot, readings, operands, lambda *parts: sum(parts[1:], parts[0]))


def _update(readings: Readings, spot: Spot) -> Case:
    run = readings.run
    moved = next(one for one in run.updates if one.parameter == spot.node)
    rate = run.learning_rate
    assert rate is not None, "what is updated is updated at a rate"
    gradient = tuple(np.reshape(g, np.shape(moved.gradient)) for g in readings.grad(spot.node))
    own = (moved.gradient, *gradient)
    if not np.allclose(moved.new, moved.old - rate * moved.gradient, rtol=1e-9, atol=1e-15):
        # Another rule than plain descent: its own result, written with any number of digits.
        return Case(spot, readings, ((moved.new,),), lambda new: new)
    old = readings.written((moved.old,))
    return Case(spot, readings, (old, own), lambda w, g: w - rate * g)


Builder = Callable[[Readings, Spot], Case]
KINDS: dict[str, Builder] = {
    "value": _value, "local": _local, "product": _product, "sum": _sum, "update": _update,
}  # fmt: skip
