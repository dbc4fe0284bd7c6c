"""A program as data: an ordered list of single assignments, arguments before uses.

A node's `args` are ids, in order, repeats allowed; an edge is (source, target, slot), so `x * x`
has two. The index of an edge is its place in `edges()`: targets in order of evaluation, arguments
by slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from .errors import Position
from .ops import OPS

Nested: TypeAlias = "float | list[Nested]"


@dataclass(frozen=True, slots=True)
class Node:
    """One value: an operation (`op`), a constant written in the program (`literal`), else a leaf.

    `source` is the text of an unnamed operation.
    """

    id: str
    op: str | None = None
    args: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    literal: Nested | None = None
    position: Position | None = None
    named: bool = True
    source: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether it takes its value from outside."""
        return self.op is None and self.literal is None


class Link(NamedTuple):
    """An edge: `source` is argument number `slot` of `target`."""

    source: str
    target: str
    slot: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes in order of evaluation, and the id of the output.

    `aliases` maps second names to ids, `defaults` the leaves that have one to it; `leaves` are the
    ids of the nodes that take their values from outside, at first appearance, `links` all edges.
    """

    nodes: tuple[Node, ...]
    output: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Nested] = field(default_factory=dict)
    program: str = ""
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)
    leaves: tuple[str, ...] = field(init=False, repr=False, compare=False)
    links: tuple[Link, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {node.id: i for i, node in enumerate(self.nodes)}
        object.__setattr__(self, "index", MappingProxyType(places))
        leaves = (node.id for node in self.nodes if node.is_leaf)
        object.__setattr__(self, "leaves", tuple(leaves))
        links = (Link(source, node.id, slot) for node in self.nodes
                 for slot, source in enumerate(node.args))  # fmt: skip
        object.__setattr__(self, "links", tuple(links))

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[self.index[node_id]]

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.index

    def edges(self) -> Iterator[Link]:
        """Yield every edge: targets in order of evaluation, arguments by slot."""
        yield from self.links

    def check(self) -> None:
        """Assert what every reader of a graph relies on."""
        assert len(self.index) == len(self.nodes), "two nodes have the same id"
        assert self.output in self.index, "the output is no node"
        seen: set[str] = set()
        for node in self.nodes:
            assert all(arg in seen for arg in node.args), f"{node.id} is used before it is made"
            assert node.op is None or node.op in OPS, f"{node.id} has an unknown operation"
            assert (node.op is None) <= (not node.args), f"{node.id} is no operation but has args"
            seen.add(node.id)
        assert all(target in seen for target in self.aliases.values()), "an alias of nothing"
        assert set(self.defaults) <= set(self.leaves), "a default of no leaf"
