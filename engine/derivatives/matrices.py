"""Contributions of matrix products and of operations that move elements, written as terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..ops import Shape
from .reductions import equal, safe
from .term import Term

Rule = Callable[..., Term | None]


def _as_matrices(g: Term, x: Term, y: Term) -> tuple[Term, Term, Term]:
    """Give vectors the axis of size 1 that a product of matrices would have."""
    if len(x.shape) == 1:
        x = x.reshape((1, *x.shape))
        g = g.reshape((*g.shape[:-1], 1, *g.shape[-1:]) if len(y.shape) > 1 else (1,))
    if len(y.shape) == 1:
        y = y.reshape((*y.shape, 1))
        g = g.reshape((*g.shape, 1))
    return g, x, y


def _matmul_left(g: Term, _z: Term, x: Term, y: Term) -> Term:
    g2, _, y2 = _as_matrices(g, x, y)
    pulled = g2 @ y2.swap()
    return pulled.reshape((*pulled.shape[:-2], pulled.shape[-1])) if len(x.shape) == 1 else pulled


def _matmul_right(g: Term, _z: Term, x: Term, y: Term) -> Term:
    g2, x2, _ = _as_matrices(g, x, y)
    pulled = x2.swap() @ g2
    return pulled.reshape(pulled.shape[:-1]) if len(y.shape) == 1 else pulled


def _concat(g: Term, _z: Term, *parts: Term, slot: int, axis: int) -> Term:
    at = axis % len(g.shape)
    start = sum(part.shape[at] for part in parts[:slot])
    return g.at(*[slice(None)] * at, slice(start, start + parts[slot].shape[at]))


def _embedding(g: Term, _z: Term, x: Term, rows: tuple[Any, ...]) -> Term:
    """The rows' gradients, added up by a matrix of ones and zeros."""
    numbers = np.array(rows, dtype=np.int64).reshape(-1)
    marks = np.zeros((x.shape[0], numbers.size))
    marks[numbers, np.arange(numbers.size)] = 1.0
    rows_of_ones: Any = marks.tolist()
    taken = g.writer.literal(rows_of_ones, marks.shape)
    return taken @ g.reshape((numbers.size, x.shape[1]))


def _array(g: Term, _z: Term, *_values: Term, slot: int, sizes: Shape) -> Term:
    return g.at(*(int(i) for i in np.unravel_index(slot, sizes))) if sizes else g


def _largest(g: Term, z: Term, *values: Term, slot: int, first: bool = False) -> Term:
    hits = [equal(value, z) for value in values]
    if not first:
        whole = hits[0]
        for hit in hits[1:]:
            whole = whole + hit
        return g * (hits[slot] / whole)
    taken = hits[slot]
    for hit in hits[:slot]:
        taken = taken * (1.0 - hit)
    return g * taken


def _length(g: Term, z: Term, *values: Term, slot: int) -> Term:
    return g * (values[slot] / safe(z))


RULES: Mapping[str, tuple[Rule, ...]] = {
    "matmul": (_matmul_left, _matmul_right),
    "dot": (lambda g, _z, _x, y: g * y, lambda g, _z, x, _y: g * x),
    "outer": (lambda g, _z, _x, y: g @ y, lambda g, _z, x, _y: x @ g),
    "transpose": (lambda g, _z, _x: g.to("transpose"),),
    "swap": (lambda g, _z, _x: g.swap(),),
    "permute": (
        lambda g, _z, _x, axes: g.to("permute", axes=tuple(int(i) for i in np.argsort(axes))),
    ),
    "reshape": (lambda g, _z, x, **_: g.reshape(x.shape),),
    "index": (lambda g, _z, x, index: g.to("scatter", index=index, sizes=x.shape),),
    "scatter": (lambda g, _z, _x, index, **_: g.at(*index),),
    "spread": (lambda g, _z, _x, **_: g,),
    "embedding": (_embedding,),
    "concat": (_concat,),
    "total": (lambda g, _z, *_x, **_: g,),
    "largest": (_largest,),
    "smallest": (_largest,),
    "length": (_length,),
    "array": (_array,),
    "put": (lambda g, _z, _x, _y, index: g.writer.apply("put", g, 0.0, index=index),
            lambda g, _z, _x, _y, index: g.at(*index)),
}  # fmt: skip
