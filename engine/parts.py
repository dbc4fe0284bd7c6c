"""What computes one node of a graph, as a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import ValueProblem
from .graph import Graph
from .names import normalised
from .passes import influential
from .sentence import say


def part(graph: Graph, output: str, leaves: Iterable[str] = ()) -> Graph:
    """Return the nodes on which `output` depends, with these `leaves` kept in any case.

    Raises ValueProblem if the graph has no such node.
    """
    name = normalised(output)
    node = graph.aliases.get(name, name)
    if node not in graph:
        raise ValueProblem(
            say(
                "The graph has no node {node} to compute; its nodes are named in the program.",
                node=output,
            ),
            pointer="/output",
        )
    wanted = influential(Graph(graph.nodes, node)) | set(leaves)
    return Graph(
        nodes=tuple(one for one in graph.nodes if one.id in wanted),
        output=node,
        aliases={alias: to for alias, to in graph.aliases.items() if to in wanted},
        defaults={leaf: value for leaf, value in graph.defaults.items() if leaf in wanted},
        program=graph.program,
    )
