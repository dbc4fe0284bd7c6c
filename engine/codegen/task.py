"""What is to be replayed: a graph with its shapes, and which nodes take part in which pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..graph import Graph
from ..ops import Shape
from ..ops.row import count
from ..passes import differentiable, influential


@dataclass(frozen=True, slots=True)
class Task:
    """A graph to compile: `trainable` leaves are updated, `wanted` nodes have a gradient.

    Through `active` nodes gradients flow: wanted, and the output depends on them. Gradients exist
    if `scalar`, an output of one element.
    """

    graph: Graph
    shapes: Mapping[str, Shape]
    trainable: tuple[str, ...]
    constants: frozenset[str]
    wanted: frozenset[str]
    active: frozenset[str]

    @classmethod
    def of(
        cls,
        graph: Graph,
        shapes: Mapping[str, Shape],
        trainable: tuple[str, ...],
        constants: frozenset[str],
    ) -> Task:
        """Return the task for leaves of which `constants` get no gradient."""
        wanted = differentiable(graph, constants)
        return cls(graph, shapes, trainable, constants, wanted, wanted & influential(graph))

    @property
    def scalar(self) -> bool:
        """Whether the output is one number, so that there are gradients."""
        return count(self.shapes[self.graph.output]) == 1

    @property
    def seeded(self) -> bool:
        """Whether the output itself has a gradient, 1."""
        output = self.graph.output
        return self.graph[output].op is not None or output in self.wanted

    @property
    def data(self) -> tuple[str, ...]:
        """The leaves that are not trainable."""
        trainable = set(self.trainable)
        return tuple(leaf for leaf in self.graph.leaves if leaf not in trainable)
