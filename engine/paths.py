"""Paths from one node down to another, edge by edge: the products that the chain rule adds up."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from .deadline import look
from .evaluate import Run
from .graph import Graph
from .passes import differentiable


class Paths(NamedTuple):
    """Each path as the indices of its edges, from the top down.

    `ways` is the number of all paths, `more` whether some are left out.
    """

    paths: tuple[tuple[int, ...], ...]
    more: bool
    ways: int


def paths(
    graph: Graph,
    run: Run,
    node: str,
    most: int = 4,
    top: str | None = None,
    routes: Routes | None = None,
) -> Paths:
    """Return at most so many paths from `top`, by default the output, to a node.

    They go along edges that carry a gradient. Whoever asks about many nodes gives the `routes`.
    """
    top = top or graph.output
    if top == graph.output and run.grads.get(top) is None:
        return Paths((), False, 0)
    routes = routes or Routes(run)
    counts = routes.counts(node)
    if top not in counts:
        return Paths((), False, 0)
    found = tuple(routes.some(top, node, counts, most))
    return Paths(found, counts[top] > len(found), counts[top])


class Routes:
    """The edges of a run that carry a gradient, by source and by target."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.wanted = differentiable(run.graph, constants(run))

    @cached_property
    def upward(self) -> dict[str, list[str]]:
        """The targets of each node's edges, one for each edge."""
        found: dict[str, list[str]] = {}
        for edge in self.run.edges:
            if edge.source in self.wanted:
                found.setdefault(edge.source, []).append(edge.target)
        return found

    @cached_property
    def downward(self) -> dict[str, list[int]]:
        """The edges into each node."""
        found: dict[str, list[int]] = {}
        for index, edge in enumerate(self.run.edges):
            if edge.source in self.wanted:
                found.setdefault(edge.target, []).append(index)
        return found

    def counts(self, node: str) -> dict[str, int]:
        """Return for each node that depends on this one the number of paths down to it."""
        if node not in self.wanted:
            return {}
        places = self.run.graph.index
        above: set[str] = set()
        stack = [node]
        while stack:
            look()
            name = stack.pop()
            if name not in above:
                above.add(name)
                stack.extend(self.upward.get(name, ()))
        found = dict.fromkeys(above, 0) | {node: 1}
        for name in sorted(above, key=places.__getitem__):
            for target in self.upward.get(name, ()):
                found[target] += found[name]
        return found

    def some(self, top: str, node: str, counts: dict[str, int], most: int) -> list[tuple[int, ...]]:
        """Return the first paths; only nodes that lead to the lower one are entered."""
        found: list[tuple[int, ...]] = []
        stack: list[tuple[str, tuple[int, ...]]] = [(top, ())]
        while stack and len(found) < most:
            look()
            name, path = stack.pop()
            if name == node:
                found.append(path)
                continue
            for index in reversed(self.downward.get(name, ())):
                if self.run.edges[index].source in counts:
                    stack.append((self.run.edges[index].source, (*path, index)))
        return found


def constants(run: Run) -> frozenset[str]:
    """Return the leaves that were given as constants; none where nothing has a gradient."""
    if run.grads[run.graph.output] is None:
        return frozenset()
    return frozenset(name for name in run.graph.leaves if run.grads[name] is None)
