"""What a learner may take each quantity of a run for: its value, as it is or as it is written down.

Whoever computes with the digits that are shown rounds or cuts each number: so one takes the true
number rounded or cut, or what oneself found before from such numbers. Two passes with every value
and local derivative rounded, and cut, give the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from ..evaluate import Run
from ..ops import Array
from ..passes import Backward, backward_aloud, forward_aloud
from .digits import Candidates, cut, distinct, rounded


class Pass(NamedTuple):
    """The quantities of one reading, by node and by edge."""

    values: Mapping[str, Array]
    grads: Mapping[str, Array]
    locals: Mapping[int, Array]
    contributions: Mapping[int, Array]


class Readings:
    """The candidates for every quantity of a run, the true one first."""

    def __init__(self, run: Run, digits: int) -> None:
        self.run = run
        self.ways = tuple(partial(way, digits=digits) for way in (rounded, cut))

    def value(self, node: str) -> Candidates:
        """Return candidates for a node's value."""
        found = [one.values[node] for one in self._passes]
        return distinct((*self._ways(self.run.values[node]), *found))

    def grad(self, node: str) -> Candidates:
        """Return candidates for a node's gradient."""
        truth = self.run.grads[node]
        assert truth is not None, "only what has a gradient is asked for"
        found = [one.grads[node] for one in self._passes if node in one.grads]
        return distinct((*self._ways(truth), *self._each(found)))

    def local(self, edge: int) -> Candidates:
        """Return candidates for an edge's local derivative."""
        truth = self.run.edges[edge].local
        assert truth is not None, "the edge has a local derivative"
        return distinct((*self._ways(truth), *(one.locals[edge] for one in self._passes)))

    def contribution(self, edge: int) -> Candidates:
        """Return candidates for what an edge carries."""
        truth = self.run.edges[edge].contribution
        assert truth is not None, "the edge carries a gradient"
        found = [one.contributions[edge] for one in self._passes]
        return distinct((*self._ways(truth), *self._each(found)))

    def written(self, candidates: Candidates) -> Candidates:
        """Return candidates and how they are written down."""
        return distinct((*candidates, *self._each(list(candidates))))

    def _ways(self, truth: Array) -> tuple[Array, ...]:
        return (truth, *(way(truth) for way in self.ways))

    def _each(self, found: list[Array]) -> list[Array]:
        return [*found, *(way(one) for one, way in zip(found, self.ways, strict=False))]

    @cached_property
    def _passes(self) -> tuple[Pass, ...]:
        run = self.run
        wanted = frozenset(node.id for node in run.graph.nodes if run.grads[node.id] is not None)
        leaves = {name: run.values[name] for name in run.graph.leaves}
        found = []
        with np.errstate(all="ignore"):
            for way in self.ways:
                values = {
                    one.node: one.value for one in forward_aloud(run.graph, leaves, written=way)
                }
                records = list(backward_aloud(run.graph, values, wanted, way)) if wanted else []
                found.append(_gathered(values, [r for r in records if isinstance(r, Backward)]))
        return tuple(found)


def _gathered(values: Mapping[str, Array], records: list[Backward]) -> Pass:
    return Pass(
        values,
        {record.source: record.total for record in records},
        {record.edge: record.local for record in records if record.local is not None},
        {record.edge: record.contribution for record in records},
    )
