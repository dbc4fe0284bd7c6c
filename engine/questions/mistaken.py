"""Slips in which one thing is taken for another: a matrix for its transpose, s for σ(s)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ..ops import OPS, Array
from ..passes import unbroadcast
from .digits import Candidates, Computation, outcomes
from .kinds import Case
from .slipped import Slipped, here, source_shape


def _matrices(case: Case) -> Iterator[tuple[Candidates, Candidates]]:
    """Yield the two factors of a matrix product, forward or in its rule."""
    if case.node.op != "matmul":
        return
    if case.spot.kind == "value":
        yield case.operands[0], case.operands[1]
    elif case.edge is not None and not case.numeric:
        yield case.operands[0], case.operands[2 + 1 - case.edge.slot]


def wrong_order(case: Case) -> Iterator[Slipped]:
    """Multiply matrices in another order, or turned otherwise."""
    for first, second in _matrices(case):
        if np.ndim(first[0]) != 2 or np.ndim(second[0]) != 2:
            continue
        for turned in _ORDERS:
            a, b = turned(first[0], second[0])
            if a.shape[1] == b.shape[0]:
                yield Slipped((first, second), _multiplier(turned), *case.spot[1:3])
    if np.ndim(case.truth) == 2:
        whole = case.compute
        yield here(case, lambda *args: np.transpose(whole(*args)))


_ORDERS: tuple[Callable[[Array, Array], tuple[Array, Array]], ...] = (
    lambda a, b: (a, b), lambda a, b: (b, a), lambda a, b: (a.T, b), lambda a, b: (b.T, a),
    lambda a, b: (a, b.T), lambda a, b: (b, a.T), lambda a, b: (a.T, b.T),
    lambda a, b: (b.T, a.T),
)  # fmt: skip


def _multiplier(turned: Callable[[Array, Array], tuple[Array, Array]]) -> Computation:
    def multiply(a: Array, b: Array) -> Array:
        left, right = turned(a, b)
        found: Array = left @ right
        return found

    return multiply


def _activated(case: Case, name: str) -> str | None:
    """Return what an activation was computed from; None for any other node."""
    node = case.run.graph[name]
    op = None if node.op is None else OPS[node.op]
    same = op is not None and op.family == "activation" and op.arity == 1
    return node.args[0] if same else None


def pre_activation(case: Case) -> Iterator[Slipped]:
    """Take an activation's argument for its value, wherever the answer reads that value."""
    kind, node = case.spot.kind, case.node
    if kind == "value":
        before = _activated(case, node.id)
        if before is not None:
            yield Slipped((case.readings.value(before),), lambda s: s, node.id)
        yield from _swapped(case, node.args, case.operands, case.compute)
        return
    assert case.edge is not None and case.op is not None, "asked of an edge"
    names = (node.id, *node.args)
    if kind == "local":
        yield from _swapped(case, names, case.operands, case.compute)
    elif case.numeric:
        slot, op, shape = case.edge.slot, case.op, source_shape(case)
        operands = tuple(case.readings.value(name) for name in names)

        def local(z: Array, *args: Array) -> Array:
            return op.local(slot, z, args, node.params)

        for slipped in _swapped(case, names, operands, local):
            wrong = case.readings.written(outcomes(slipped.operands, local))
            yield slipped._replace(
                operands=(case.operands[0], wrong), compute=lambda g, d: unbroadcast(g * d, shape)
            )
    else:
        for slipped in _swapped(case, names, case.operands[1:], case.compute):
            yield slipped._replace(operands=(case.operands[0], *slipped.operands))


def _swapped(
    case: Case, names: Sequence[str], operands: tuple[Candidates, ...], compute: Computation
) -> Iterator[Slipped]:
    for i, name in enumerate(names):
        before = _activated(case, name)
        if before is not None:
            taken = case.readings.value(before)
            yield Slipped((*operands[:i], taken, *operands[i + 1 :]), compute, name)
