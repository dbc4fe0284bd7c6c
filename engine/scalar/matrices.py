"""Products of matrices, and operations that only move elements, element by element."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..ops import OPS
from ..ops.row import Shape, broadcast
from .element import Cells, cell, each, total

MOVING = ("transpose", "reshape", "concat", "index", "embedding", "spread", "swap", "permute")


def _matmul(x: Cells, y: Cells) -> Cells:
    """Each element is a sum of products, in one node."""
    left = x[None, :] if x.ndim == 1 else x
    right = y[:, None] if y.ndim == 1 else y
    stack = broadcast(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, (*stack, *left.shape[-2:]))
    right = np.broadcast_to(right, (*stack, *right.shape[-2:]))
    out: Cells = np.empty((*stack, left.shape[-2], right.shape[-1]), dtype=object)
    for *at, i, j in np.ndindex(out.shape):
        row, column = left[(*at, i)], right[(*at, slice(None), j)]
        out[(*at, i, j)] = total([a * b for a, b in zip(row, column, strict=True)])
    out = out[..., 0] if y.ndim == 1 else out
    return out[..., 0, :] if x.ndim == 1 and y.ndim > 1 else out[..., 0] if x.ndim == 1 else out


def _dot(x: Cells, y: Cells) -> Cells:
    return cell(total([a * b for a, b in zip(x, y, strict=True)]))


def _outer(x: Cells, y: Cells) -> Cells:
    return each("mul", x[:, None], y)


def _moving(op: str) -> Any:
    """Return the rule of an operation whose elements are elements of its arguments."""

    def rule(*cells: Cells, **params: Any) -> Any:
        return OPS[op].forward(*cells, **params)

    return rule


def _array(*cells: Cells, sizes: Shape) -> Cells:
    return np.array([part[()] for part in cells], dtype=object).reshape(sizes)


def _put(x: Cells, y: Cells, index: tuple[int, ...]) -> Cells:
    out = x.copy()
    out[index] = y[()]
    return out


def _scatter(x: Cells, index: tuple[int | slice, ...], sizes: Shape) -> Cells:
    """Elements that get nothing are the number 0."""
    zero = x.flat[0].maker.literal(0.0, "scatter")
    out = np.full(sizes, zero, dtype=object)
    out[index] = x
    return out


RULES: dict[str, Callable[..., Cells]] = {
    "matmul": _matmul,
    "dot": _dot,
    "outer": _outer,
    **{op: _moving(op) for op in MOVING},
    **{op: partial(each, op) for op in ("total", "largest", "smallest", "length")},
    "array": _array,
    "put": _put,
    "scatter": _scatter,
}
