"""What a plan holds for its nodes, by id and by every name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from .graph import Graph

T = TypeVar("T")


class Reading(Mapping[str, T], Generic[T]):
    """A mapping from ids and aliases of nodes to what `read` finds for them at this moment."""

    def __init__(self, graph: Graph, read: Callable[[str], T]) -> None:
        self._graph, self._read = graph, read

    def __getitem__(self, name: str) -> T:
        node = self._graph.aliases.get(name, name)
        if node not in self._graph:
            raise KeyError(name)
        return self._read(node)

    def __iter__(self) -> Iterator[str]:
        yield from (node.id for node in self._graph.nodes)
        yield from self._graph.aliases

    def __len__(self) -> int:
        return len(self._graph.nodes) + len(self._graph.aliases)
