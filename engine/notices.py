"""What a learner should know about a run, though nothing is wrong with the program."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .graph import Graph, Node
from .numbers import plain
from .ops import OPS, Array, Shape
from .ops.row import written
from .passes import Backward
from .tensor import finite

# Most nodes of a way that are all named.
LONGEST_WAY = 6


def scalar_wanted(graph: Graph, shape: Shape) -> str:
    """Return the notice for an output that is no number."""
    name = graph.output if graph[graph.output].named else "the last line"
    return (
        f"Gradients need a number as output, and {name} has the shape {written(shape)}: "
        "end the program with sum(...) or mean(...)."
    )


def non_finite(
    graph: Graph, values: Mapping[str, Array], pulled: list[Backward]
) -> tuple[str, ...]:
    """Return a sentence about the first value, and the first gradient, that is not finite.

    Each says by which way the pass came there.
    """
    found = []
    node = next((node for node in graph.nodes if not finite(values[node.id])), None)
    if node is not None:
        found.append(f"The value of {_named(node)} is not finite: {_what(values[node.id])}.")
        if node.op is not None:
            found[-1] += f" The way there: {_way(_ancestors(graph, values, node))}."
    record = next((one for one in pulled if not finite(one.total)), None)
    if record is not None:
        source = graph[record.source]
        way = [*_descendants(graph, pulled, record.target), source]
        found.append(
            f"The gradient of {_named(source)} is not finite: {_what(record.total)}. "
            f"The way back: {_way(way)}{_factors(record)}."
        )
    return tuple(found)


def _ancestors(graph: Graph, values: Mapping[str, Array], node: Node) -> list[Node]:
    """Return a way from a leaf, at each step by the largest argument that is no literal."""

    def rank(arg: str) -> tuple[bool, float]:
        return graph[arg].literal is None, _size(values[arg])

    way = [node]
    while way[-1].args:
        way.append(graph[max(way[-1].args, key=rank)])
    return way[::-1]


def _descendants(graph: Graph, pulled: list[Backward], node: str) -> list[Node]:
    """Return a way from the output back to a node, at each step by the largest contribution."""
    strongest: dict[str, Backward] = {}
    for record in pulled:
        known = strongest.get(record.source)
        if known is None or _size(record.contribution) > _size(known.contribution):
            strongest[record.source] = record
    way = [node]
    while way[-1] != graph.output and way[-1] in strongest:
        way.append(strongest[way[-1]].target)
    return [graph[name] for name in reversed(way)]


def _size(value: Array) -> float:
    """Return the largest magnitude, with NaN above all."""
    return float(np.max(np.nan_to_num(np.abs(value), nan=np.inf), initial=0.0))


def _way(nodes: list[Node]) -> str:
    names = [_named(node) for node in nodes]
    if len(names) > LONGEST_WAY:
        names = [*names[:2], "…", *names[-3:]]
    return " → ".join(names)


def _factors(record: Backward) -> str:
    """Name the two factors whose product is not finite, where there are two."""
    if record.local is None:
        return ""
    upstream, local = np.broadcast_arrays(record.upstream, record.local)
    with np.errstate(all="ignore"):
        wrong = np.argwhere(~np.isfinite(upstream * local))
    if not len(wrong):
        return ""
    place = tuple(wrong[0])
    first, second = plain(upstream[place]).text, plain(local[place]).text
    return f", where the gradient {first} meets the slope {second}"


def _named(node: Node) -> str:
    if node.named or node.op is None:
        return node.id
    return f"{node.id} ({node.source or OPS[node.op].name})"


def _what(value: Array) -> str:
    """Name the kinds of non-finite numbers that occur."""
    kinds = (("NaN", np.isnan), ("infinity", np.isposinf), ("−infinity", np.isneginf))
    return ", ".join(name for name, test in kinds if test(value).any())
