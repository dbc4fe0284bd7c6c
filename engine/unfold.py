"""A squared error taken apart: e = x − y, e², and what makes ½e² or a mean of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .errors import ValueProblem
from .graph import Graph, Node
from .ops import Shape
from .sentence import say

UNFOLDED = ("half_mse", "mse")


def unfold(graph: Graph, node_id: str, shape: Shape = ()) -> Graph:
    """Return the graph with one half_mse or mse replaced by its parts.

    `shape` is the prediction's: for a number the parts are e, e² and ½e²; for more elements a sum
    over the last axis and a mean over rows come between. The last part keeps the node's id.
    """
    if node_id not in graph or graph[node_id].op not in UNFOLDED:
        raise ValueProblem(
            say("{node} cannot be unfolded; half_mse and mse can.", node=node_id), node=node_id
        )
    nodes: list[Node] = []
    for node in graph.nodes:
        nodes.extend(_parts(graph, node, shape) if node.id == node_id else (node,))
    return Graph(tuple(nodes), graph.output, graph.aliases, graph.defaults, graph.program)


def _parts(graph: Graph, loss: Node, shape: Shape) -> list[Node]:
    """Return the parts of a loss; the unnamed have ids after its own: %L.1, %L.2, …"""
    stem = loss.id.strip("%")
    error = "e" if "e" not in graph and "e" not in graph.aliases else f"e_{stem}"
    parts = [Node(error, "sub", loss.args, position=loss.position)]

    def name() -> str:
        return f"%{stem}.{len(parts)}"

    def literal(value: float) -> str:
        parts.append(Node(name(), literal=value, position=loss.position, named=False))
        return parts[-1].id

    def apply(op: str, *args: str, source: str = "", **params: Any) -> str:
        parts.append(Node(name(), op, args, params, None, loss.position, False, source))
        return parts[-1].id

    last = apply("pow", error, literal(2.0), source=f"{error}**2")
    if loss.op == "half_mse" and len(shape) > 1:
        last = apply("sum", last, source=f"sum({error}**2)", axis=-1, keepdims=False)
    if shape:
        last = apply("mean", last, axis=None, keepdims=False)
    if loss.op == "half_mse":
        apply("mul", literal(0.5), last)
    parts[-1] = replace(parts[-1], id=loss.id, named=loss.named, source=loss.source)
    return parts
