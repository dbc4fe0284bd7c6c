"""Emitters of matrix products and of operations that only move elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..ops import Array
from .pulls import Pull, PullRow, Push, PushRow


def _product(p: Push) -> None:
    x, y = p.args
    # For vectors and matrices `dot` is the same product with less ado.
    plain = x.ndim <= 2 and y.ndim <= 2 and x.size and y.size
    p.writer(np.dot if plain else np.matmul, x, y, out=p.z)


def _left(p: Pull) -> Array | None:
    x, y = p.args
    if x.ndim > 2 or y.ndim > 2 or not x.size or not y.size:
        return None
    out = p.out(x.shape)
    if y.ndim == 2:
        p.writer(np.dot, p.g, y.T, out=out)
    else:
        p.writer(np.multiply, p.g[..., None], y, out=out)
    return out


def _right(p: Pull) -> Array | None:
    x, y = p.args
    if x.ndim > 2 or y.ndim > 2 or not x.size or not y.size:
        return None
    out = p.out(y.shape)
    if x.ndim == 2:
        p.writer(np.dot, x.T, p.g, out=out)
    elif y.ndim == 2:
        p.writer(np.multiply, x[:, None], p.g, out=out)
    else:
        p.writer(np.multiply, p.g, x, out=out)
    return out


def _concat(p: Push) -> None:
    for slot, part in enumerate(p.args):
        p.writer(np.copyto, _cut(p.z, p.args, slot, p.params["axis"]), part)


def _cut(whole: Array, parts: tuple[Array, ...], slot: int, axis: int) -> Array:
    start = sum(part.shape[axis] for part in parts[:slot])
    return np.moveaxis(
        np.moveaxis(whole, axis, 0)[start : start + parts[slot].shape[axis]], 0, axis
    )


def _concat_pull(p: Pull) -> Array:
    return _cut(p.g, p.args, p.slot, p.params["axis"])


def _index_pull(p: Pull) -> Array:
    w, out = p.writer, p.out(p.args[0].shape)
    w(out.fill, 0)
    w(np.copyto, part(out, p.params), p.g)
    return out


def _reshape_pull(p: Pull) -> Array | None:
    return _reshaped(p.g, {"sizes": p.args[0].shape})


def _reshaped(x: Array, params: Mapping[str, Any]) -> Array | None:
    return x.reshape(params["sizes"]) if x.flags.c_contiguous else None


def part(x: Array, params: Mapping[str, Any]) -> Array:
    """Return x[index] as a view, also where it is a single number."""
    found: Array = x[(*params["index"], ...)]
    return found


# Values that are another's elements seen otherwise; None where memory does not allow it.
VIEWS: dict[str, Callable[[Array, Mapping[str, Any]], Array | None]] = {
    "transpose": lambda x, _: x.T, "reshape": _reshaped, "index": part,
}  # fmt: skip
PUSHES: dict[str, PushRow] = {"matmul": _product, "concat": _concat}
PULLS: dict[str, tuple[PullRow, ...]] = {
    "matmul": (_left, _right), "concat": (_concat_pull,), "index": (_index_pull,),
    "transpose": (lambda p: p.g.T,), "reshape": (_reshape_pull,),
}  # fmt: skip
