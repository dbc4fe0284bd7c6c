"""Slips with the factors and terms of an answer: one is left out, added, turned or mistaken."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..passes import unbroadcast
from .kinds import Case
from .slipped import Slipped, here, source_shape


def local_forgotten(case: Case) -> Iterator[Slipped]:
    """Pass on what arrives, as it is."""
    shape = source_shape(case)
    if case.numeric:
        yield here(case, lambda g, _d: unbroadcast(g, shape))
    elif np.shape(case.run.values[case.spot.node]) == shape:
        yield here(case, lambda g, *_: g)


def global_forgotten(case: Case) -> Iterator[Slipped]:
    """Answer the local derivative alone."""
    if case.numeric:
        shape = source_shape(case)
        yield here(case, lambda g, d: unbroadcast(np.broadcast_to(d, np.shape(g)), shape))
    else:
        whole = case.compute
        yield here(case, lambda g, *rest: whole(np.ones(np.shape(g))[()], *rest))


def added(case: Case) -> Iterator[Slipped]:
    """Add where it is multiplied."""
    if case.spot.kind == "product" and case.numeric:
        shape = source_shape(case)
        yield here(case, lambda g, d: unbroadcast(g + d, shape))
    if case.spot.kind == "value" and case.node.op == "mul":
        yield here(case, np.add)


def multiplied(case: Case) -> Iterator[Slipped]:
    """Multiply where it is added."""
    if case.spot.kind == "value" and case.node.op == "add":
        yield here(case, np.multiply)
    if case.spot.kind == "sum" and len(case.operands) > 1:
        yield here(case, lambda *parts: np.prod(np.stack(parts), axis=0))


def path_forgotten(case: Case) -> Iterator[Slipped]:
    """Leave out one of several ways."""
    edges = case.run.outgoing[case.spot.node]
    if len(case.operands) < 2 or len(edges) != len(case.operands):
        return
    for missing, edge in enumerate(edges):
        left = (*case.operands[:missing], *case.operands[missing + 1 :])
        yield Slipped(left, lambda *parts: sum(parts[1:], parts[0]), case.spot.node, edge)
    for only in range(len(edges)) if len(edges) > 2 else ():
        yield Slipped((case.operands[only],), lambda g: g, case.spot.node, edges[only - 1])


# Operations whose value has a sign that is easily turned.
_DIFFERENCES = ("sub", "neg")


def sign_turned(case: Case) -> Iterator[Slipped]:
    """Turn the sign: y − ŷ for ŷ − y."""
    if case.spot.kind != "value" or case.node.op in _DIFFERENCES:
        whole = case.compute
        yield here(case, lambda *args: -whole(*args))


def own_factor(case: Case) -> Iterator[Slipped]:
    """Take the own factor of a product for the other one."""
    edge = case.edge
    if edge is None or case.node.op not in ("mul", "matmul") or not case.numeric:
        return
    own = case.readings.value(edge.source)
    shape = source_shape(case)
    if case.spot.kind == "local":
        yield Slipped((own,), lambda x: x, case.spot.node, case.spot.edge)
    else:
        operands = (case.operands[0], own)
        yield Slipped(
            operands, lambda g, x: unbroadcast(g * x, shape), case.spot.node, case.spot.edge
        )
