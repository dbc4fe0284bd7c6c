"""Emitters of the losses, with their errors kept from the forward to the backward pass."""

from __future__ import annotations

import numpy as np

from ..ops import Array
from ..ops.row import count
from .elementwise import bend, sigmoid
from .expressions import TINY
from .pulls import Pull, PullRow, Push, PushRow
from .reductions import log_softmax


def _rows(x: Array) -> int:
    """Rows that half_mse averages over."""
    return count(x.shape[:-1]) if x.ndim > 1 else x.size


def _error(p: Push) -> Array:
    return p.keep("error", p.args[0].shape)


def _squared(p: Push, factor: float) -> None:
    w, error = p.writer, _error(p)
    total = w.scratch(())
    w(np.subtract, *p.args, out=error)
    w.dot(error, error, total)
    w(np.multiply, total, w.constant(factor), out=p.z)


def _mse(p: Push) -> None:
    _squared(p, 1 / p.args[0].size)


def _half_mse(p: Push) -> None:
    _squared(p, 0.5 / _rows(p.args[0]))


def _scaled(p: Pull, x: Array, factor: float) -> Array:
    """Return g · factor · x."""
    if factor == 1 and p.unit:
        return x
    out = p.out(x.shape)
    p.writer(np.multiply, x, p.scaled(factor), out=out)
    return out


def _mse_pull(p: Pull) -> Array:
    return _scaled(p, _error(p), (-2 if p.slot else 2) / p.args[0].size)


def _half_mse_pull(p: Pull) -> Array:
    return _scaled(p, _error(p), (-1 if p.slot else 1) / _rows(p.args[0]))


def _bounded_log(p: Push, x: Array, out: Array) -> None:
    w = p.writer
    log = w.inplace(out)
    w(np.log, x, out=log)
    w(np.maximum, log, w.constant(-100), out=out)


def _bce(p: Push) -> None:
    w, (x, y) = p.writer, p.args
    yes, no, rest, other = (w.scratch(x.shape) for _ in range(4))
    _bounded_log(p, x, yes)
    w(np.subtract, w.constant(1), x, out=rest)
    _bounded_log(p, rest, no)
    w(np.multiply, y, yes, out=rest)
    w(np.subtract, w.constant(1), y, out=yes)
    w(np.multiply, yes, no, out=other)
    w(np.add, rest, other, out=no)
    _averaged(p, no, -1)


def _averaged(p: Push, terms: Array, sign: int) -> None:
    w = p.writer
    total = w.scratch(())
    w.total(terms, total)
    w(np.divide, total, w.constant(sign * terms.size), out=p.z)


def _slope(p: Push, x: Array, out: Array) -> None:
    """Write the slope of the clamped logarithm: 1/x, and 0 where it is clamped."""
    w = p.writer
    clamped = w.scratch(x.shape, "bool")
    w(np.reciprocal, x, out=out)
    w(np.less_equal, x, w.constant(TINY), out=clamped)
    w(np.copyto, out, w.constant(0), "same_kind", clamped)


def _bce_pull(p: Pull) -> Array | None:
    if p.slot:
        return None
    w, (x, y) = p.writer, p.args
    one, rest, slope, other = (w.scratch(x.shape) for _ in range(4))
    w(np.subtract, w.constant(1), x, out=rest)
    _slope(p, rest, slope)
    w(np.subtract, w.constant(1), y, out=one)
    w(np.multiply, one, slope, out=rest)
    _slope(p, x, slope)
    w(np.multiply, y, slope, out=other)
    w(np.subtract, rest, other, out=one)
    return _scaled(p, one, 1 / x.size)


def _logits(p: Push) -> None:
    w, (x, y) = p.writer, p.args
    positive, part, rest, terms = (w.scratch(x.shape) for _ in range(4))
    w(np.maximum, x, w.constant(0), out=positive)
    w(np.multiply, x, y, out=part)
    w(np.subtract, positive, part, out=rest)
    bend(p, x, part, positive)
    w(np.add, rest, positive, out=terms)
    _averaged(p, terms, 1)


def _logits_pull(p: Pull) -> Array:
    w, (x, y) = p.writer, p.args
    if p.slot:
        return _scaled(p, x, -1 / x.size)
    probability, error = w.scratch(x.shape), w.scratch(x.shape)
    sigmoid(p, x, probability)
    w(np.subtract, probability, y, out=error)
    return _scaled(p, error, 1 / x.size)


def _log_probabilities(p: Push) -> Array:
    return p.keep("logs", p.args[0].shape)


def _cross_entropy(p: Push) -> None:
    w, (x, y), logs = p.writer, p.args, _log_probabilities(p)
    total = w.scratch(())
    log_softmax(p, x, -1, logs)
    if y.shape == x.shape:
        w.dot(y, logs, total)
    else:
        part = w.scratch(x.shape)
        w(np.multiply, y, logs, out=part)
        w.total(part, total)
    w(np.divide, total, w.constant(-count(x.shape[:-1])), out=p.z)


def _cross_entropy_pull(p: Pull) -> Array:
    w, (x, y), logs = p.writer, p.args, _log_probabilities(p)
    factor = 1 / count(x.shape[:-1])
    if p.slot:
        return _scaled(p, logs, -factor)
    probability, error = w.scratch(x.shape), w.scratch(x.shape)
    weight = w.scratch((*x.shape[:-1], 1))
    w(np.exp, logs, out=probability)
    if y.shape == x.shape:
        w.along(y, -1, weight)
    else:
        w(np.multiply, y, w.constant(x.shape[-1]), out=weight)
    w(np.multiply, probability, weight, out=error)
    w(np.subtract, error, y, out=probability)
    return _scaled(p, probability, factor)


PUSHES: dict[str, PushRow] = {
    "mse": _mse, "half_mse": _half_mse, "bce": _bce, "bce_with_logits": _logits,
    "cross_entropy": _cross_entropy,
}  # fmt: skip
PULLS: dict[str, tuple[PullRow, ...]] = {
    "mse": (_mse_pull, _mse_pull), "half_mse": (_half_mse_pull, _half_mse_pull),
    "bce": (_bce_pull, _bce_pull), "bce_with_logits": (_logits_pull, _logits_pull),
    "cross_entropy": (_cross_entropy_pull, _cross_entropy_pull),
}  # fmt: skip
