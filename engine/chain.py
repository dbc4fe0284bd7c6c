r"""The chain rule for a pair of nodes: its products in symbols, in formulas and in numbers.

For ∂L/∂w the lines say: the factors of every path, ∂L/∂a · ∂a/∂s · ∂s/∂w; what each factor is,
(a − y) · a(1 − a) · x; and the numbers, whose sum over all paths is the gradient.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .errors import ValueProblem
from .evaluate import Run
from .formulas import Line, edge_template, partial
from .graph import Graph
from .numbers import matrix
from .ops import Array
from .passes import Backward, backward, differentiable
from .paths import Routes, constants, paths
from .sentence import say

# Paths that are written out; the formula says that there are more.
WRITTEN = 4


class Chain(NamedTuple):
    """∂top/∂node, path by path.

    `factors` are templates, one per edge; `products` are numbers where every factor is one, else
    None; `total` is the sum over all `ways` paths, None where the top is no number.
    """

    top: str
    node: str
    paths: tuple[tuple[int, ...], ...]
    factors: tuple[tuple[str, ...], ...]
    products: tuple[float | None, ...]
    ways: int
    more: bool
    total: Array | None
    lines: tuple[Line, ...]


def chain(run: Run, node: str, top: str | None = None, most: int = WRITTEN) -> Chain:
    """Return the chain rule for ∂top/∂node; `top` is the output unless another node is named.

    Raises ValueProblem for a node that is not there.
    """
    graph = run.graph
    names = [graph.aliases.get(name, name) for name in (top or graph.output, node)]
    for name, pointer in zip(names, ("/chain/top", "/chain/node"), strict=True):
        if name not in graph:
            raise ValueProblem(
                say("The graph has no node {node}; its nodes are named in the program.", node=name),
                pointer=pointer,
            )
    upper, lower = names
    found = paths(graph, run, lower, most, upper, Routes(run))
    factors = tuple(
        tuple(partial(run.edges[k].target, run.edges[k].source) for k in path)
        for path in found.paths
    )
    products = tuple(_product(run, path) for path in found.paths)
    total = _total(run, upper, lower)
    lines = _lines(run, upper, lower, found.paths, factors, found.more, total)
    return Chain(upper, lower, found.paths, factors, products, found.ways, found.more, total, lines)


def _product(run: Run, path: tuple[int, ...]) -> float | None:
    """Multiply the local derivatives along a path of numbers."""
    product: Array = np.ones(())[()]
    for k in path:
        edge = run.edges[k]
        if np.ndim(run.values[edge.source]) or np.ndim(run.values[edge.target]):
            return None
        if edge.local is None:
            return None
        with np.errstate(all="ignore"):
            product = product * edge.local
    return float(product)


def _total(run: Run, top: str, node: str) -> Array | None:
    """Run backward from the top; 0 where it does not depend on the node."""
    if np.size(run.values[top]) != 1:
        return None
    if top == node:
        return np.ones(np.shape(run.values[node]))[()]
    graph = run.graph
    below = Graph(graph.nodes[: graph.index[top] + 1], top)
    total: Array = np.zeros(np.shape(run.values[node]))[()]
    for record in backward(below, run.values, differentiable(below, constants(run))):
        if isinstance(record, Backward) and record.source == node:
            total = record.total
    return total


def _lines(
    run: Run,
    top: str,
    node: str,
    found: tuple[tuple[int, ...], ...],
    factors: tuple[tuple[str, ...], ...],
    more: bool,
    total: Array | None,
) -> tuple[Line, ...]:
    left = partial(top, node)
    if not found:
        return (Line("rule", f"{left} = 0"),)
    if found == ((),):
        return (Line("rule", f"{left} = 1"),)
    dots = r" + \cdots" if more else ""
    rule = " + ".join(r" \cdot ".join(parts) for parts in factors)
    symbols = " + ".join(_symbols(run, path) for path in found)
    lines = [Line("rule", f"{left} = {rule}{dots}"), Line("local", f"{left} = {symbols}{dots}")]
    if total is not None:
        printed = matrix(total)
        relation = "=" if printed.exact else r"\approx"
        numbers = [r" \cdot ".join(f"«local:{k}»" for k in path) for path in found]
        singles = all(_product(run, path) is not None for path in found)
        middle = f"{' + '.join(numbers)}{dots} " if singles else ""
        join = f"= {middle}{relation}" if singles else relation
        lines.append(Line("numbers", f"{left} {join} {printed.text}"))
    return tuple(lines)


def _symbols(run: Run, path: tuple[int, ...]) -> str:
    """Write a path's product with formulas as factors; a rule stands around what it takes."""
    written, ruled, factors = "", False, 0
    for k in path:
        template = edge_template(run, k)
        if run.edges[k].local_kind == "rule":
            inner = rf"\left({written}\right)" if factors > 1 or ruled else written
            ruled, factors = written not in ("", "1"), 1
            written = _with_upstream(template.latex, inner)
        elif template.latex != "1" or not written:
            factor = rf"({template.latex})" if template.compound else template.latex
            dot = r" \odot " if np.ndim(run.values[run.edges[k].target]) else r" \cdot "
            before = rf"\left({written}\right)" if ruled else written
            written = factor if written in ("", "1") else f"{before}{dot}{factor}"
            ruled, factors = False, factors + 1
    return written or "1"


def _with_upstream(template: str, upstream: str) -> str:
    """Put what flows in for «g»; at the top of a chain that is 1, and not written."""
    if upstream in ("", "1"):
        for start in (r"«g» \cdot ", r"«g» \odot "):
            if template.startswith(start):
                return template.removeprefix(start)
        return template.replace("«g»", "1")
    return template.replace("«g»", upstream)
