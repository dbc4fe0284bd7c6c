"""An optimizer's rule as Python over floats: one expression per parameter, shared parts once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..graph import Graph, Node
from .expressions import expression, number
from .store import Store
from .tuples import assigned, unpacked
from .updates import Rule


class RuleText:
    """The text of an update: `reads`, then `lines` for given gradients, then `writes`.

    `values` names the parameters' values. Nodes that depend on no parameter are computed once;
    others are written into the expression that uses them, unless two do.
    """

    def __init__(self, store: Store, values: list[str]) -> None:
        self.rule, self.numbers, self.values = store.rule, store.numbers, values
        self.uses = uses(self.rule.graph)
        self.kept = ["p", *self.rule.slots]
        self.reads = list(self._reads())
        self.writes = [
            line
            for k, kept in enumerate(self.kept)
            for line in assigned("P" if k == 0 else f"M{k - 1}",
                                 [self._name(kept, i) for i in range(len(values))])
        ]  # fmt: skip

    def _name(self, kept: str, i: int) -> str:
        return f"n{self.kept.index(kept)}_{i}"

    def _reads(self) -> Iterator[str]:
        yield from number_reads(self.rule, self.numbers)
        for k in range(len(self.rule.slots)):
            names = [f"m{k}_{i}" for i in range(len(self.values))]
            yield from (line.strip() for line in unpacked(names, f"M{k}"))

    def lines(self, grads: list[str]) -> Iterator[str]:
        """Yield the lines that compute all new values into names of their own."""
        lines, shared = number_lines(self.rule, self.numbers)
        yield from lines
        for i, (value, g) in enumerate(zip(self.values, grads, strict=True)):
            yield from self._parameter(i, {**shared, "p": value, "g": g})

    def _parameter(self, i: int, names: dict[str, str]) -> Iterator[str]:
        for k, slot in enumerate(self.rule.slots):
            names[slot] = f"m{k}_{i}"
        results = {node: kept for kept, node in self.rule.results.items()}
        for node in self.rule.graph.nodes:
            if node.id in names:
                continue
            formula = text(node, names)
            if node.id in results:
                names[node.id] = self._name(results[node.id], i)
                yield f"{names[node.id]} = {formula}"
            elif self.uses[node.id] > 1:
                names[node.id] = f"w{self.rule.graph.index[node.id]}"
                yield f"{names[node.id]} = {formula}"
            else:
                names[node.id] = f"({formula})"


def number_reads(rule: Rule, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines that read the settings that a rule uses, and the number of the update."""
    for node in rule.graph.nodes:
        if node.id in numbers:
            yield f"h{numbers[node.id]} = H[{numbers[node.id]}]"
        elif node.is_leaf and node.id == "t":
            yield "t = T[0] + 1.0"


def number_lines(rule: Rule, numbers: Mapping[str, int]) -> tuple[list[str], dict[str, str]]:
    """Return the lines for what is the same for every parameter, and the names of those nodes."""
    lines: list[str] = []
    names: dict[str, str] = {}
    for node in rule.graph.nodes:
        if node.id in numbers:
            names[node.id] = f"h{numbers[node.id]}"
        elif node.is_leaf and node.id == "t":
            names["t"] = "t"
        elif isinstance(node.literal, float):
            names[node.id] = number(node.literal)
        elif node.id in rule.fixed | rule.moving:
            names[node.id] = f"c{rule.graph.index[node.id]}"
            lines.append(f"{names[node.id]} = {text(node, names)}")
    return lines, names


def uses(graph: Graph) -> dict[str, int]:
    """Count how often each node is an argument."""
    found = {node.id: 0 for node in graph.nodes}
    for link in graph.links:
        found[link.source] += 1
    return found


def text(node: Node, names: dict[str, str]) -> str:
    """Write one operation of a rule."""
    row = expression(node.op or "", None)
    assert row is not None and not row.let, f"a rule cannot use {node.op}"
    return row.forward.format_map(dict(zip("xy", (names[a] for a in node.args), strict=False)))
