"""Paths from the output to a leaf, edge by edge: the products that the chain rule adds up."""

from __future__ import annotations

from typing import NamedTuple

from .evaluate import Run
from .graph import Graph


class Paths(NamedTuple):
    """Each path as the indices of its edges, from the output on; `more` if some are left out."""

    paths: tuple[tuple[int, ...], ...]
    more: bool


def paths(graph: Graph, run: Run, leaf: str, most: int = 4) -> Paths:
    """Return at most so many paths along edges that carry a gradient.

    Only nodes that lead to the leaf are entered, so that every descent ends in a path.
    """
    incoming: dict[str, list[int]] = {node.id: [] for node in graph.nodes}
    for k, edge in enumerate(run.edges):
        if edge.contribution is not None:
            incoming[edge.target].append(k)
    leading = {leaf}
    for node in graph.nodes:
        if any(run.edges[k].source in leading for k in incoming[node.id]):
            leading.add(node.id)
    if graph.output not in leading or run.grads.get(graph.output) is None:
        return Paths((), False)
    found: list[tuple[int, ...]] = []
    # Each entry: a node, the edge taken to it, and how many edges the path had before.
    stack: list[tuple[str, int | None, int]] = [(graph.output, None, 0)]
    path: list[int] = []
    while stack:
        name, index, length = stack.pop()
        del path[max(0, length - 1) if index is not None else 0 :]
        if index is not None:
            path.append(index)
        if name == leaf:
            if len(found) == most:
                return Paths(tuple(found), True)
            found.append(tuple(path))
            continue
        for nearer in reversed(incoming[name]):
            source = run.edges[nearer].source
            if source in leading:
                stack.append((source, nearer, length + 1))
    return Paths(tuple(found), False)
