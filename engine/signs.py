"""The badge of an operation: its sign, with constants folded in where a card would say little."""

from __future__ import annotations

from .graph import Graph
from .ops import OPS

# Signs of binary operations with a number as first, and as second argument; «v» is the number.
FOLDS = {
    "add": ("«v» +", "+ «v»"),
    "sub": ("«v» -", "- «v»"),
    "mul": (r"«v» \cdot", r"\cdot «v»"),
    "div": (r"«v» \div", r"\div «v»"),
    "pow": (r"{«v»}^{(\,)}", r"(\,)^{«v»}"),
}


def folded_slot(graph: Graph, node_id: str) -> int | None:
    """Return which argument of an operation is a number that its sign shows, or None."""
    node = graph[node_id]
    if node.op not in FOLDS:
        return None
    numbers = [isinstance(graph[arg].literal, float) and not graph[arg].named for arg in node.args]
    return numbers.index(True) if numbers.count(True) == 1 else None


def sign(graph: Graph, node_id: str) -> str:
    """Return the badge of an operation as a LaTeX template, empty for a leaf or constant."""
    node = graph[node_id]
    if node.op is None:
        return ""
    slot = folded_slot(graph, node_id)
    if slot is None:
        return OPS[node.op].sign
    flag = "!" if node.op == "pow" and slot == 1 else ""
    return FOLDS[node.op][slot].replace("«v»", f"«value:{node.args[slot]}{flag}»")


def folded(graph: Graph) -> frozenset[str]:
    """Return the constants that are drawn inside a sign rather than as a card."""
    found = set()
    for node in graph.nodes:
        slot = folded_slot(graph, node.id)
        if slot is not None:
            found.add(node.args[slot])
    return frozenset(found)
