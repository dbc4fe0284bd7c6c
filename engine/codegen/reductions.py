"""Emitters of sums, means, extremes and the softmax family."""

from __future__ import annotations

import numpy as np

from ..ops import Array, Shape
from .pulls import Pull, PullRow, Push, PushRow

_LARGEST = {name: float(np.finfo(name).max) for name in ("float64", "float32")}


def _sum(p: Push) -> None:
    x, axis = p.args[0], p.params["axis"]
    if axis is None:
        p.writer.total(x, p.z)
    else:
        p.writer.along(x, axis, p.z)


def _mean(p: Push) -> None:
    w, x, axis = p.writer, p.args[0], p.params["axis"]
    total = w.scratch(p.z.shape)
    if axis is None:
        w.total(x, total)
    else:
        w.along(x, axis, total)
    w(np.divide, total, w.constant(_terms(p)), out=p.z)


def _terms(p: Push) -> int:
    x, axis = p.args[0], p.params["axis"]
    return x.size if axis is None else x.shape[axis]


def _extreme(function: np.ufunc) -> PushRow:
    def push(p: Push) -> None:
        w, x, axis = p.writer, p.args[0], p.params["axis"]
        if axis is None:
            w(function.reduce, w.flat(x), 0, None, out=p.z.reshape(()))
        else:
            _reduce(p, function, x, axis, p.z.reshape(_kept(x.shape, axis)))

    return push


def _kept(shape: Shape, axis: int) -> Shape:
    """Return a shape with one axis of length 1."""
    at = axis % len(shape)
    return (*shape[:at], 1, *shape[at + 1 :])


def _reduce(p: Push, function: np.ufunc, x: Array, axis: int, out: Array) -> None:
    w = p.writer
    w.call(function.reduce, x, axis, None, out, True)


def _spread(g: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    """Give a reduced array its lost axes back, as a view in x's shape."""
    if axis is None:
        return np.broadcast_to(g.reshape((1,) * x.ndim), x.shape)
    return np.broadcast_to(g if keepdims else np.expand_dims(g, axis), x.shape)


def _sum_pull(p: Pull) -> Array:
    return _spread(p.g, p.args[0], **p.params)


def _mean_pull(p: Pull) -> Array:
    w = p.writer
    share = p.keep("share", p.g.shape)
    w(np.divide, p.g, w.constant(_terms(p)), out=share)
    return _spread(share, p.args[0], **p.params)


def _logarithm(p: Push, x: Array, axis: int, moved: Array, shift: Array, out: Array) -> None:
    """Write x less its largest element, that element if finite, and ln Σ e^moved."""
    w, wide = p.writer, _kept(x.shape, axis)
    top, total = (w.scratch(wide) for _ in range(2))
    powers = w.scratch(x.shape)
    _reduce(p, np.maximum, x, axis, top)
    largest = _LARGEST[w.dtype]
    w(np.maximum, top, w.constant(-largest), out=total)
    w(np.minimum, total, w.constant(largest), out=shift)
    w(np.subtract, x, shift, out=moved)
    w(np.exp, moved, out=powers)
    w.along(powers, axis, total)
    w(np.log, total, out=out)


def log_softmax(p: Push, x: Array, axis: int, out: Array) -> None:
    """Write x − ln Σ e^x, with the largest element taken out of both."""
    w, wide = p.writer, _kept(x.shape, axis)
    moved, shift, rest = w.scratch(x.shape), w.scratch(wide), w.scratch(wide)
    _logarithm(p, x, axis, moved, shift, rest)
    w(np.subtract, moved, rest, out=out)


def _logsumexp(p: Push) -> None:
    w, x, axis = p.writer, p.args[0], p.params["axis"]
    wide = _kept(x.shape, axis)
    moved, shift, rest = w.scratch(x.shape), w.scratch(wide), w.scratch(wide)
    _logarithm(p, x, axis, moved, shift, rest)
    w(np.add, rest, shift, out=p.z.reshape(wide))


def _log_softmax(p: Push) -> None:
    log_softmax(p, p.args[0], p.params["axis"], p.z)


def _softmax(p: Push) -> None:
    w, x, axis = p.writer, p.args[0], p.params["axis"]
    top, moved = w.scratch(_kept(x.shape, axis)), w.scratch(x.shape)
    _reduce(p, np.maximum, x, axis, top)
    w(np.subtract, x, top, out=moved)
    powers = w.inplace(moved)
    w(np.exp, moved, out=powers)
    w.along(powers, axis, top)
    w(np.divide, powers, top, out=p.z)


def _softmax_pull(p: Pull) -> Array:
    w, axis = p.writer, p.params["axis"]
    part, total, out = w.scratch(p.z.shape), w.scratch(_kept(p.z.shape, axis)), p.out()
    w(np.multiply, p.g, p.z, out=part)
    w.along(part, axis, total)
    rest = w.inplace(part)
    w(np.subtract, p.g, total, out=rest)
    w(np.multiply, p.z, rest, out=out)
    return out


def _log_softmax_pull(p: Pull) -> Array:
    w, axis = p.writer, p.params["axis"]
    total, powers, out = w.scratch(_kept(p.z.shape, axis)), w.scratch(p.z.shape), p.out()
    w.along(p.g, axis, total)
    w(np.exp, p.z, out=powers)
    part = w.inplace(powers)
    w(np.multiply, powers, total, out=part)
    w(np.subtract, p.g, part, out=out)
    return out


PUSHES: dict[str, PushRow] = {
    "sum": _sum, "mean": _mean, "max": _extreme(np.maximum), "min": _extreme(np.minimum),
    "softmax": _softmax, "log_softmax": _log_softmax, "logsumexp": _logsumexp,
}  # fmt: skip
PULLS: dict[str, tuple[PullRow, ...]] = {
    "sum": (_sum_pull,), "mean": (_mean_pull,), "softmax": (_softmax_pull,),
    "log_softmax": (_log_softmax_pull,),
}  # fmt: skip
