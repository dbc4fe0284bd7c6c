"""A second, naive formula for every row, which takes complex numbers.

With a step of 10⁻³⁰ along the imaginary axis it gives derivatives to the last digits: no
difference of nearly equal numbers is taken. Choices (the larger, the positive) look at real parts.
A new row without a formula here is held against its own forward, which then must take them too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

STEP = 1e-30
Reference = Callable[..., Any]


def jacobian(reference: Reference, args: tuple[Any, ...], slot: int, params: Any) -> Any:
    """Return ∂z/∂args[slot] in the shape of z followed by that of the argument."""
    columns = []
    for index in np.ndindex(np.shape(args[slot])):
        moved = [np.array(arg, dtype=np.complex128) for arg in args]
        moved[slot][index] += 1j * STEP
        columns.append(np.imag(np.asarray(reference(*moved, **params))) / STEP)
    shape = np.shape(reference(*args, **params)) + np.shape(args[slot])
    return np.moveaxis(np.array(columns), 0, -1).reshape(shape)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _softplus(x: Any) -> Any:
    return np.log(1 + np.exp(x))


def _erf(x: Any) -> Any:
    """The power series of the error function."""
    term = total = x
    for n in range(1, 120):
        term = -term * x * x / n
        total = total + term / (2 * n + 1)
    return 2 / math.sqrt(math.pi) * total


def _normal(x: Any) -> Any:
    return (1 + _erf(x / math.sqrt(2))) / 2


def _where(condition: Any, x: Any, y: Any) -> Any:
    return np.where(condition, x, y)


def _lines(f: Reference, x: Any, axis: int | None, keepdims: bool) -> Any:
    """Apply f to vectors along an axis, or to all elements at once."""
    shape = [n for i, n in enumerate(x.shape) if axis is not None and i != axis % x.ndim]
    rows = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis])
    out = np.array([f(row) for row in rows]).reshape(shape)
    if not keepdims:
        return out
    return out.reshape([1] * x.ndim) if axis is None else np.expand_dims(out, axis)


def reduction(f: Reference) -> Reference:
    """Return the reduction that takes a vector to f of it."""
    return lambda x, axis=-1, keepdims=False, **rest: _lines(
        lambda row: f(row, **rest), np.asarray(x), axis, keepdims
    )


def _softmax(x: Any, axis: int) -> Any:
    return np.exp(x) / np.sum(np.exp(x), axis=axis, keepdims=True)


def _variance(row: Any, correction: int = 0) -> Any:
    return (np.sum(row * row) - np.sum(row) ** 2 / row.size) / (row.size - correction)


def _rows(x: Any) -> Any:
    return math.prod(np.shape(x)[:-1]) if np.ndim(x) > 1 else np.size(x)


def _cross_entropy(x: Any, y: Any) -> Any:
    return -np.sum(y * np.log(_softmax(x, -1))) / math.prod(x.shape[:-1])


def _bce(x: Any, y: Any) -> Any:
    return -np.mean(y * np.log(x) + (1 - y) * np.log(1 - x))


def _conv(x: Any, w: Any, stride: tuple[int, int], padding: tuple[int, int]) -> Any:
    """Multiply every patch by every kernel, one output element at a time."""
    around = ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2)
    image = np.pad(x, around)
    high, wide = w.shape[2:]
    rows = range(0, image.shape[2] - high + 1, stride[0])
    columns = range(0, image.shape[3] - wide + 1, stride[1])
    out = [
        np.sum(image[n, :, i : i + high, j : j + wide] * w[o])
        for n, o, i, j in product(range(len(x)), range(len(w)), rows, columns)
    ]
    return np.array(out).reshape(len(x), len(w), len(rows), len(columns))


def pool(f: Reference) -> Reference:
    """Return the pooling that takes each window to f of it."""

    def pooled(x: Any, kernel_size: tuple[int, int], stride: tuple[int, int] | None) -> Any:
        (high, wide), (down, right) = kernel_size, stride or kernel_size
        rows = range(0, x.shape[-2] - high + 1, down)
        columns = range(0, x.shape[-1] - wide + 1, right)
        images = x.reshape(-1, *x.shape[-2:])
        out = [f(image[i : i + high, j : j + wide].reshape(-1))
               for image, i, j in product(images, rows, columns)]  # fmt: skip
        return np.array(out).reshape(*x.shape[:-2], len(rows), len(columns))

    return pooled


def _greatest(row: Any) -> Any:
    return row[np.argmax(np.real(row))]


def _least(row: Any) -> Any:
    return row[np.argmin(np.real(row))]


def _scatter(x: Any, index: Any, sizes: Any) -> Any:
    out = np.zeros(sizes, dtype=np.asarray(x).dtype)
    out[index] = x
    return out


def _put(x: Any, y: Any, index: Any) -> Any:
    out = np.array(x)
    out[index] = y
    return out


def _clip(x: Any, min: float | None, max: float | None) -> Any:
    low, high = -np.inf if min is None else min, np.inf if max is None else max
    return _where(x.real < low, low, _where(x.real > high, high, x))


def _layer(row: Any, eps: float) -> Any:
    return (row - np.sum(row) / row.size) / np.sqrt(_variance(row) + eps)


REFERENCES: dict[str, Reference] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "pow": lambda x, y: np.exp(y * np.log(x)),
    "neg": lambda x: -x,
    "exp": np.exp,
    "log": np.log,
    "sqrt": lambda x: np.exp(np.log(x) / 2),
    "sin": np.sin,
    "cos": np.cos,
    "tan": lambda x: np.sin(x) / np.cos(x),
    "abs": lambda x: _where(np.real(x) < 0, -x, x),
    "sign": lambda x: _where(np.real(x) < 0, -1.0, 1.0) + 0 * x,
    "step": lambda x: _where(np.real(x) > 0, 1.0, 0.0) + 0 * x,
    "tanh": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    "sigmoid": _sigmoid,
    "relu": lambda x: _where(np.real(x) > 0, x, 0 * x),
    "leaky_relu": lambda x, slope: _where(np.real(x) > 0, x, slope * x),
    "elu": lambda x, alpha: _where(np.real(x) > 0, x, alpha * (np.exp(x) - 1)),
    "softplus": _softplus,
    "gelu": lambda x: x * _normal(x),
    "silu": lambda x: x * _sigmoid(x),
    "maximum": lambda x, y: _where(np.real(x) > np.real(y), x, y),
    "minimum": lambda x, y: _where(np.real(x) < np.real(y), x, y),
    "clip": lambda x, min, max: _clip(np.asarray(x), min, max),
    "where": lambda c, x, y: _where(np.real(c) != 0, x, y),
    "dropout": lambda x, mask, p: x * mask / (1 - p),
    "embedding": lambda x, rows: np.take(x, rows, axis=0),
    "matmul": lambda x, y: x @ y,
    "dot": lambda x, y: sum(a * b for a, b in zip(x, y, strict=True)),
    "outer": lambda x, y: np.array([[a * b for b in y] for a in x]),
    "transpose": lambda x: np.einsum("ij->ji", x) if x.ndim == 2 else np.einsum("ijk->kji", x),
    "reshape": lambda x, sizes: np.array(list(x.flat)).reshape(sizes),
    "concat": lambda *parts, axis: np.concatenate(parts, axis=axis),
    "index": lambda x, index: x[index],
    "conv2d": _conv,
    "max_pool2d": pool(_greatest),
    "avg_pool2d": pool(lambda window: sum(window) / window.size),
    "sum": reduction(sum),
    "mean": reduction(lambda row: sum(row) / row.size),
    "max": reduction(_greatest),
    "min": reduction(_least),
    "softmax": _softmax,
    "log_softmax": lambda x, axis: np.log(_softmax(x, axis)),
    "logsumexp": reduction(lambda row: np.log(np.sum(np.exp(row)))),
    "prod": reduction(math.prod),
    "norm": reduction(lambda row: np.sqrt(sum(row * row))),
    "var": reduction(_variance),
    "std": reduction(lambda row, correction: np.sqrt(_variance(row, correction))),
    "layer_norm": lambda x, eps: np.apply_along_axis(_layer, -1, x, eps),
    "mse": lambda x, y: np.sum((x - y) * (x - y)) / np.size(x),
    "half_mse": lambda x, y: np.sum((x - y) * (x - y)) / 2 / _rows(x),
    "bce": _bce,
    "bce_with_logits": lambda x, y: _bce(_sigmoid(x), y),
    "cross_entropy": _cross_entropy,
    "total": lambda *terms: sum(terms),
    "largest": lambda *terms, **_: np.apply_along_axis(_greatest, 0, np.stack(terms)),
    "smallest": lambda *terms, **_: np.apply_along_axis(_least, 0, np.stack(terms)),
    "length": lambda *terms: np.sqrt(sum(term * term for term in terms)),
    "copy": lambda x: x + 0,
    "array": lambda *terms, sizes: np.array(terms).reshape(sizes),
    "put": _put,
    "spread": lambda x, sizes: np.zeros(sizes) + x,
    "scatter": _scatter,
    "swap": lambda x: np.moveaxis(x, -1, -2),
    "normal": _normal,
}
