"""The passes over a graph, as generators of records: forward, backward, update.

Whoever shows a step shows one record; whoever wants the end takes the last. There is no other
implementation of a pass. Broadcasting is undone in one place, `unbroadcast`. A record's arrays are
never written to again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from .deadline import look
from .graph import Graph
from .ops import OPS, Array, Shape
from .ops.row import is_number
from .tensor import frozen

T = TypeVar("T")
# How a number is written down before it is used on: rounded, cut.
Written: TypeAlias = Callable[[Array], Array]


class Forward(NamedTuple):
    """A node has its value; `computed` is False for leaves and constants."""

    node: str
    value: Array
    computed: bool


class Seed(NamedTuple):
    """The backward pass begins: ∂f/∂f = 1."""

    node: str
    grad: Array


class Backward(NamedTuple):
    """An edge has carried a gradient: `contribution` is what `source` gets through it.

    `local` is None for an operation with a rule; `before` and `total` are the source's running
    totals without and with it.
    """

    edge: int
    source: str
    target: str
    slot: int
    upstream: Array
    local: Array | None
    contribution: Array
    before: Array | None
    total: Array


@dataclass(frozen=True, slots=True)
class Update:
    """A parameter has moved: change = −learning_rate · gradient, new = old + change."""

    parameter: str
    old: Array
    gradient: Array
    change: Array
    new: Array


def unbroadcast(g: Array, shape: Shape) -> Array:
    """Sum a gradient over the axes along which its argument was repeated."""
    if (is_number(g) and not shape) or np.shape(g) == shape:
        return g
    extra = np.ndim(g) - len(shape)
    repeated = [extra + i for i, n in enumerate(shape) if n == 1 and np.shape(g)[extra + i] != 1]
    summed = np.sum(g, axis=(*range(extra), *repeated))
    return np.reshape(summed, shape)[()]


def silent(records: Iterator[T]) -> Iterator[T]:
    """Yield what a pass yields; NumPy does not warn while it computes."""
    while True:
        with np.errstate(all="ignore"):
            record = next(records, None)
        if record is None:
            return
        yield record


def forward(
    graph: Graph, leaves: Mapping[str, Array], overrides: Mapping[str, Array] | None = None
) -> Iterator[Forward]:
    """Yield every node's value in order of evaluation; `overrides` replaces values by node."""
    return silent(forward_aloud(graph, leaves, overrides))


def forward_aloud(
    graph: Graph,
    leaves: Mapping[str, Array],
    overrides: Mapping[str, Array] | None = None,
    written: Written | None = None,
) -> Iterator[Forward]:
    """Do what `forward` does, with NumPy's warnings, for who silences them all at once.

    With `written`, every value is what it makes of it, and is read on like that.
    """
    values: dict[str, Array] = {}
    replaced = overrides or {}
    for node in graph.nodes:
        look()
        if node.id in replaced:
            value = replaced[node.id]
        elif node.op is not None:
            args = (values[arg] for arg in node.args)
            value = frozen(OPS[node.op].forward(*args, **node.params))
        else:
            value = leaves[node.id] if node.literal is None else frozen(node.literal)
        if written is not None:
            value = written(value)
        values[node.id] = value
        yield Forward(node.id, value, node.op is not None)


def differentiable(graph: Graph, constants: frozenset[str]) -> frozenset[str]:
    """Return the nodes that have a gradient: those that depend on a leaf that is no constant."""
    found: set[str] = set()
    for node in graph.nodes:
        if any(arg in found for arg in node.args) or (node.is_leaf and node.id not in constants):
            found.add(node.id)
    return frozenset(found)


def influential(graph: Graph) -> frozenset[str]:
    """Return the nodes on which the output depends, itself included."""
    found = {graph.output}
    for node in reversed(graph.nodes):
        if node.id in found:
            found.update(node.args)
    return frozenset(found)


def backward(
    graph: Graph, values: Mapping[str, Array], wanted: frozenset[str]
) -> Iterator[Seed | Backward]:
    """Yield the seed, then one record per edge whose source has a gradient: is in `wanted`.

    Targets from last to first, arguments by slot. Through a node on which the output does not
    depend comes exactly 0.
    """
    return silent(backward_aloud(graph, values, wanted))


def backward_aloud(
    graph: Graph,
    values: Mapping[str, Array],
    wanted: frozenset[str],
    written: Written | None = None,
) -> Iterator[Seed | Backward]:
    """Do what `backward` does, with NumPy's warnings, for who silences them all at once.

    With `written`, every local derivative is what it makes of it; products are left as they are.
    """
    live = influential(graph)
    one = frozen(np.ones(np.shape(values[graph.output])))
    totals: dict[str, Array] = {graph.output: one}
    if graph[graph.output].op is not None or graph.output in wanted:
        yield Seed(graph.output, one)
    first = sum(len(node.args) for node in graph.nodes)
    for node in reversed(graph.nodes):
        first -= len(node.args)
        if node.op is None or node.id not in wanted:
            continue
        look()
        op = OPS[node.op]
        args = tuple(values[arg] for arg in node.args)
        z = values[node.id]
        numeric = op.elementwise or all(np.ndim(value) == 0 for value in (*args, z))
        upstream = totals.get(node.id)
        if upstream is None:
            upstream = totals[node.id] = frozen(np.zeros(np.shape(z)))
        for slot, source in enumerate(node.args):
            if source not in wanted:
                continue
            shape = np.shape(values[source])
            local = frozen(op.local(slot, z, args, node.params)) if numeric else None
            if written is not None and local is not None:
                local = written(local)
            if node.id not in live:
                contribution = frozen(np.zeros(shape))
            elif local is not None:
                contribution = frozen(unbroadcast(upstream * local, shape))
            else:
                pulled = op.pull(slot, upstream, z, args, node.params)
                contribution = frozen(unbroadcast(pulled, shape))
            before = totals.get(source)
            total = contribution if before is None else frozen(before + contribution)
            totals[source] = total
            yield Backward(first + slot, source, node.id, slot, upstream, local, contribution,
                           before, total)  # fmt: skip


def update(
    values: Mapping[str, Array],
    grads: Mapping[str, Array | None],
    learning_rate: float,
    parameters: tuple[str, ...],
) -> Iterator[Update]:
    """Yield one step of gradient descent, parameter by parameter."""
    for name in parameters:
        gradient = grads[name]
        assert gradient is not None, f"{name} has no gradient"
        with np.errstate(all="ignore"):
            change = frozen(-learning_rate * gradient)
            new = frozen(values[name] + change)
        yield Update(name, values[name], gradient, change, new)
