r"""The factors of a rule: the arrays whose product is what an edge carries back.

For s = xW: ∂L/∂W = xᵀδ has the factors xᵀ and δ. Where the result is a number, or each element of
it comes from elements of its own (sum, mean, max, …), the factors are δ and the local derivatives.
Other rules (softmax, convolution, moving elements) are no product of two arrays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .evaluate import Edge, Run
from .formulas import partial
from .ops import OPS, Array


class Factor(NamedTuple):
    """A factor as it stands in the product: its template, its value, and where it comes from.

    `role` is upstream, argument or local; `sign` says how it is joined to the one before:
    matrix or elementwise product.
    """

    latex: str
    value: Array
    role: str
    transposed: bool = False
    sign: str = "matrix"


def factors(run: Run, index: int) -> tuple[Factor, ...] | None:
    """Return the factors of an edge with a rule, in order; None where there is no such product.

    Their product, summed where broadcasting is undone, is the contribution.
    """
    edge = run.edges[index]
    upstream = run.grads[edge.target]
    if edge.local_kind != "rule" or edge.contribution is None or upstream is None:
        return None
    delta = Factor(partial(run.graph.output, edge.target), upstream, "upstream")
    node = run.graph[edge.target]
    if node.op == "matmul":
        return _matmul(run, edge, delta)
    if node.op in ("transpose", "swap"):
        turned = upstream.T if node.op == "transpose" else np.swapaxes(upstream, -1, -2)
        return (delta._replace(latex=_top(delta.latex), value=turned, transposed=True),)
    row = OPS[node.op or ""]
    if not np.shape(run.values[node.id]) or (
        row.family == "reduction" and "keepdims" in node.params
    ):
        return _local(run, edge, delta)
    return None


def _top(latex: str) -> str:
    return rf"{{{latex}}}^{{\top}}"


def _matmul(run: Run, edge: Edge, delta: Factor) -> tuple[Factor, ...]:
    """δWᵀ and xᵀδ; a vector is turned into the row or column that it stands for."""
    args = [run.values[arg] for arg in run.graph[edge.target].args]
    other = run.graph[edge.target].args[1 - edge.slot]
    value = args[1 - edge.slot]
    g = delta.value
    if args[0].ndim == 1:
        g = np.expand_dims(g, -2 if args[1].ndim > 1 else -1)
    if args[1].ndim == 1:
        g = np.expand_dims(g, -1)
    if value.ndim == 1:
        value = value[:, None] if edge.slot == 0 else value[None, :]
    turned = np.swapaxes(value, -1, -2)
    argument = Factor(_top(f"«label:{other}»"), turned, "argument", transposed=True)
    delta = delta._replace(value=g)
    return (delta, argument) if edge.slot == 0 else (argument, delta)


def _local(run: Run, edge: Edge, delta: Factor) -> tuple[Factor, ...]:
    """δ ⊙ ∂z/∂x, with δ as a number or in the shape that keeps the axes."""
    node = run.graph[edge.target]
    args = tuple(run.values[arg] for arg in node.args)
    z = run.values[node.id]
    with np.errstate(all="ignore"):
        ones = np.ones(np.shape(z))[()]
        local = OPS[node.op or ""].pull(edge.slot, ones, z, args, node.params)
    g = delta.value
    axis = node.params.get("axis")
    if np.ndim(z) and axis is not None and not node.params["keepdims"]:
        g = np.expand_dims(g, axis)
    factor = Factor(
        partial(edge.target, edge.source), np.asarray(local), "local", sign="elementwise"
    )
    return (delta._replace(value=g), factor)
