"""How a tangent passes through operations that are not elementwise: J·t, argument by argument.

Most rows need no rule of their own: what kind of map they are says how their Jacobian acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .ops import OPS, Array, Op
from .passes import unbroadcast

Args: TypeAlias = tuple[Array, ...]
Params: TypeAlias = Mapping[str, Any]
Push: TypeAlias = Callable[[Op, int, Array, Array, Args, Params], Any]


def _multilinear(op: Op, slot: int, t: Array, _z: Array, args: Args, params: Params) -> Any:
    """Linear in each argument: the operation itself with t in the argument's place."""
    return op.forward(*args[:slot], t, *args[slot + 1 :], **params)


def _linear(op: Op, slot: int, t: Array, _z: Array, args: Args, params: Params) -> Any:
    """Linear in all arguments together: the others are 0."""
    given = [t if i == slot else np.zeros(np.shape(arg))[()] for i, arg in enumerate(args)]
    return op.forward(*given, **params)


def _rowwise(op: Op, slot: int, t: Array, z: Array, args: Args, params: Params) -> Any:
    """Each element of the result has elements of the argument to itself: Σ ∂z/∂x · t over them."""
    weights = op.pull(slot, np.ones(np.shape(z))[()], z, args, params)
    if not np.shape(z) and "axis" not in params:
        return np.sum(unbroadcast(weights, np.shape(t)) * t)
    return np.sum(weights * t, axis=params["axis"], keepdims=params.get("keepdims", False))


def _symmetric(op: Op, slot: int, t: Array, z: Array, args: Args, params: Params) -> Any:
    """A symmetric Jacobian: the rule of the backward pass."""
    return op.pull(slot, t, z, args, params)


def _elementwise(op: Op, slot: int, t: Array, z: Array, args: Args, params: Params) -> Any:
    """A rule that works element by element, with broadcasting."""
    return t * op.pull(slot, np.ones(np.shape(z))[()], z, args, params)


def _log_softmax(_op: Op, _slot: int, t: Array, z: Array, _args: Args, params: Params) -> Any:
    return t - np.sum(np.exp(z) * t, axis=params["axis"], keepdims=True)


def _max_pool(_op: Op, _slot: int, t: Array, z: Array, args: Args, params: Params) -> Any:
    """The tangent of the first largest element of each window."""
    kernel = params["kernel_size"]
    down, right = params["stride"] or kernel

    def windows(x: Array) -> Array:
        views = sliding_window_view(x, kernel, axis=(-2, -1))[..., ::down, ::right, :, :]
        return np.reshape(views, (*views.shape[:-2], -1))

    first = np.argmax(windows(args[0]), axis=-1)[..., None]
    taken = np.take_along_axis(windows(t), first, axis=-1)[..., 0]
    return np.where(np.isnan(z), np.nan, taken)


def _by_elements(op: Op, slot: int, t: Array, z: Array, args: Args, params: Params) -> Any:
    """Row by row of the Jacobian, from the rule of the backward pass: right for any operation."""
    out = np.zeros(np.shape(z))
    for place in np.ndindex(out.shape):
        one = np.zeros(out.shape)
        one[place] = 1.0
        pulled = op.pull(slot, one[()], z, args, params)
        out[place] = np.sum(unbroadcast(pulled, np.shape(t)) * t)
    return out


PUSHES: Mapping[str, Push] = {
    **dict.fromkeys(("matmul", "dot", "outer", "conv2d"), _multilinear),
    **dict.fromkeys(
        ("sum", "mean", "transpose", "reshape", "concat", "index", "embedding", "avg_pool2d",
         "total", "array", "put", "spread", "scatter", "swap", "permute"), _linear),
    **dict.fromkeys(
        ("max", "min", "prod", "norm", "var", "std", "logsumexp", "mse", "half_mse", "bce",
         "bce_with_logits", "cross_entropy"), _rowwise),
    **dict.fromkeys(("softmax", "layer_norm"), _symmetric),
    **dict.fromkeys(("largest", "smallest", "length"), _elementwise),
    "log_softmax": _log_softmax, "max_pool2d": _max_pool,
}  # fmt: skip


def push(op: Op, slot: int, t: Array, z: Array, args: Args, params: Params) -> Array:
    """Return what the tangent t of args[slot] adds to the tangent of z, in z's shape."""
    if op.elementwise:
        pushed = t * op.local(slot, z, args, params)
    else:
        pushed = PUSHES.get(op.name, _by_elements)(op, slot, t, z, args, params)
    whole: Array = np.broadcast_to(pushed, np.shape(z))
    return whole


assert set(PUSHES) <= set(OPS), "a push of no operation"
