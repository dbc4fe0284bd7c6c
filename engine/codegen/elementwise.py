"""Emitters of operations that work element by element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..ops import OPS, Array
from .pulls import Pull, PullRow, Push, PushRow


def _ufunc(function: Callable[..., Any]) -> PushRow:
    return lambda p: p.writer(function, *p.args, out=p.z)


def sigmoid(p: Push, x: Array, out: Array) -> None:
    """Write 1 / (1 + e^−x); where e^−x overflows, its inverse is 0."""
    w = p.writer
    a, b = (w.scratch(out.shape), w.scratch(out.shape)) if out.size == 1 else (out, out)
    w(np.negative, x, out=a)
    w(np.exp, a, out=b)
    w(np.add, b, w.constant(1), out=a)
    w(np.reciprocal, a, out=out)


def softplus(p: Push, x: Array, out: Array) -> None:
    """Write max(x, 0) + ln(1 + e^−|x|)."""
    w = p.writer
    a, b = w.scratch(out.shape), w.scratch(out.shape)
    bend(p, x, a, b)
    w(np.maximum, x, w.constant(0), out=a)
    w(np.add, a, b, out=out)


def bend(p: Push, x: Array, spare: Array, out: Array) -> None:
    """Write ln(1 + e^−|x|)."""
    w = p.writer
    w(np.abs, x, out=spare)
    w(np.negative, spare, out=out)
    w(np.exp, out, out=spare)
    w(np.log1p, spare, out=out)


def _relu(p: Push) -> None:
    p.writer(np.maximum, p.args[0], p.writer.constant(0), out=p.z)


def _pow(p: Push) -> None:
    w, (x, y) = p.writer, p.args
    if y is w.constant(2):
        w(np.square, x, out=p.z)
    else:
        w(np.power, x, y, out=p.z)


def _pass_on(p: Pull) -> Array:
    return p.g


def _turn(p: Pull) -> Array:
    out = p.out()
    p.writer(np.negative, p.g, out=out)
    return out


def _mul(p: Pull) -> Array:
    other, mine = p.args[1 - p.slot], p.args[p.slot]
    if mine.size == 1 and other.shape == p.z.shape and p.z.size > 1:
        out = p.out(mine.shape)
        p.writer.dot(p.g, other, out)
        return out
    return p.times(other)


def _div(p: Pull) -> Array:
    w, y = p.writer, p.args[1]
    if p.slot == 0:
        local = w.scratch(y.shape)
        w(np.reciprocal, y, out=local)
        return p.times(local)
    minus, local = w.scratch(p.z.shape), w.scratch(p.z.shape)
    w(np.negative, p.z, out=minus)
    w(np.divide, minus, y, out=local)
    return p.times(local)


def _pow_pull(p: Pull) -> Array:
    w, (x, y) = p.writer, p.args
    if p.slot == 1 or y is not w.constant(2):
        return p.times(_row_local(p))
    local = w.scratch(x.shape)
    w(np.add, x, x, out=local)
    return p.times(local)


def _row_local(p: Pull) -> Array:
    """Return the local that the row computes, copied at every pass."""
    op, local = OPS["pow"], p.writer.scratch(p.z.shape)

    def run() -> None:
        np.copyto(local, op.local(p.slot, p.z, p.args, p.params), casting="same_kind")

    p.writer(run)
    return local


def _exp(p: Pull) -> Array:
    return p.times(p.z)


def _log(p: Pull) -> Array:
    # Where x is negative the recorder's local is NaN, as z is: 0 · z carries it over.
    w, x = p.writer, p.args[0]
    local, negative = w.scratch(x.shape), w.scratch(x.shape, "bool")
    w(np.reciprocal, x, out=local)
    w(np.less, x, w.constant(0), out=negative)
    w(np.copyto, local, w.constant(np.nan), "same_kind", negative)
    return p.times(local)


def _sqrt(p: Pull) -> Array:
    w = p.writer
    double, local = w.scratch(p.z.shape), w.scratch(p.z.shape)
    w(np.add, p.z, p.z, out=double)
    w(np.reciprocal, double, out=local)
    return p.times(local)


def _of_argument(*functions: Callable[..., Any]) -> PullRow:
    """Return the rule whose local is functions of x, one after the other."""

    def pull(p: Pull) -> Array:
        w, x = p.writer, p.args[0]
        for function in functions:
            local = w.scratch(p.z.shape)
            w(function, x, out=local)
            x = local
        return p.times(x)

    return pull


def _square_and(function: Callable[..., Any]) -> PullRow:
    """Return the rule whose local is 1 ± z²."""

    def pull(p: Pull) -> Array:
        w = p.writer
        square = w.scratch(p.z.shape)
        local = w.inplace(square)
        w(np.multiply, p.z, p.z, out=square)
        w(function, w.constant(1), square, out=local)
        return p.times(local)

    return pull


def _sigmoid_pull(p: Pull) -> Array:
    w = p.writer
    rest, local = w.scratch(p.z.shape), w.scratch(p.z.shape)
    w(np.subtract, w.constant(1), p.z, out=rest)
    w(np.multiply, p.z, rest, out=local)
    return p.times(local)


def _relu_pull(p: Pull) -> Array:
    # z is never negative, so its sign is the slope, and NaN at NaN.
    local = p.writer.scratch(p.z.shape)
    p.writer(np.sign, p.z, out=local)
    return p.times(local)


def _softplus_pull(p: Pull) -> Array:
    local = p.writer.scratch(p.z.shape)
    sigmoid(p, p.args[0], local)
    return p.times(local)


PUSHES: dict[str, PushRow] = {
    "add": _ufunc(np.add), "sub": _ufunc(np.subtract), "mul": _ufunc(np.multiply),
    "div": _ufunc(np.divide), "pow": _pow, "neg": _ufunc(np.negative), "exp": _ufunc(np.exp),
    "log": _ufunc(np.log), "sqrt": _ufunc(np.sqrt), "sin": _ufunc(np.sin), "cos": _ufunc(np.cos),
    "tan": _ufunc(np.tan), "abs": _ufunc(np.abs), "sign": _ufunc(np.sign), "tanh": _ufunc(np.tanh),
    "sigmoid": lambda p: sigmoid(p, p.args[0], p.z),
    "softplus": lambda p: softplus(p, p.args[0], p.z), "relu": _relu,
    "maximum": _ufunc(np.maximum), "minimum": _ufunc(np.minimum),
}  # fmt: skip
PULLS: dict[str, tuple[PullRow, ...]] = {
    "add": (_pass_on, _pass_on), "sub": (_pass_on, _turn), "mul": (_mul, _mul),
    "div": (_div, _div), "pow": (_pow_pull, _pow_pull), "neg": (_turn,), "exp": (_exp,),
    "log": (_log,), "sqrt": (_sqrt,), "sin": (_of_argument(np.cos),),
    "cos": (_of_argument(np.sin, np.negative),), "tan": (_square_and(np.add),),
    "abs": (_of_argument(np.sign),), "tanh": (_square_and(np.subtract),),
    "sigmoid": (_sigmoid_pull,), "relu": (_relu_pull,), "softplus": (_softplus_pull,),
}  # fmt: skip
