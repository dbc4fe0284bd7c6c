"""Convolution (cross-correlation, as in deep learning) and pooling of images.

Images are [N, C, H, W], kernels [O, C, kh, kw]. Each position of the kernel is one pass over whole
arrays, so no copy of the patches is ever made; the zeros of the padding are never stored either.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from ..errors import ShapeError, ValueProblem
from ..sentence import say
from .row import Array, Doc, Op, Param, Result, Sample, Shape, count, written

Pair: TypeAlias = tuple[int, int]

_I = (-2.0, 2.0)
_NONE: Pair = (0, 0)
# What the pass of one kernel position costs beside its arithmetic, in multiply-adds.
_PASS = 5_000
_POOL = (Param("kernel_size", "pair", (2, 2)), Param("stride", "pair", None))


def _places(size: int, kernel: int, stride: int, padding: int, what: str) -> int:
    """Return how many places a kernel has along one axis."""
    if stride < 1 or padding < 0 or kernel < 1:
        raise ValueProblem(
            say(
                "In {what} the sizes of the kernel and the strides are whole numbers "
                "from 1 on, and paddings from 0 on.",
                what=what,
            )
        )
    if size + 2 * padding < kernel:
        raise ShapeError(
            say(
                "In {what} a kernel of size {kernel} does not fit into {size} elements "
                "with {padding} of padding on each side.",
                what=what,
                kernel=kernel,
                size=size,
                padding=padding,
            )
        )
    return (size + 2 * padding - kernel) // stride + 1


def _conv_shape(x: Shape, w: Shape, stride: Pair, padding: Pair) -> Shape:
    if len(x) != 4 or len(w) != 4 or x[1] != w[1]:
        raise ShapeError(
            say(
                "conv2d takes images [N, C, H, W] and kernels [O, C, kh, kw] with the "
                "same C, not the shapes {shape} and {other}; reshape gives axes of "
                "size 1.",
                shape=written(x),
                other=written(w),
            )
        )
    sizes = zip(x[2:], w[2:], stride, padding, strict=True)
    rows, columns = (_places(*four, "conv2d") for four in sizes)
    return (x[0], w[0], rows, columns)


def _conv_cost(x: Shape, w: Shape, stride: Pair, padding: Pair) -> int:
    each = count(_conv_shape(x, w, stride, padding)) * x[1]
    return (each + _PASS) * count(w[2:])


def _overlap(size: int, places: int, offset: int, stride: int, padding: int) -> tuple[slice, slice]:
    """Return, along one axis, what a kernel position reads of the image, and for which places.

    Place p reads element p·stride + offset − padding, if there is one.
    """
    first = max(0, -((offset - padding) // stride))
    last = min(places - 1, (size - 1 + padding - offset) // stride)
    if last < first:
        return slice(0, 0), slice(0, 0)
    start = first * stride + offset - padding
    return slice(start, start + (last - first) * stride + 1, stride), slice(first, last + 1)


def _passes(
    image: Shape, places: Shape, kernel: Shape, stride: Pair, padding: Pair
) -> Iterator[tuple[int, int, Any, Any]]:
    """Yield each kernel position (i, j), what it reads of the image, and for which places."""
    for i, j in product(range(kernel[0]), range(kernel[1])):
        rows, into_rows = _overlap(image[0], places[0], i, stride[0], padding[0])
        columns, into_columns = _overlap(image[1], places[1], j, stride[1], padding[1])
        yield i, j, (..., rows, columns), (..., into_rows, into_columns)


def _conv(x: Array, w: Array, stride: Pair, padding: Pair) -> Result:
    out = np.zeros(_conv_shape(x.shape, w.shape, stride, padding))
    for i, j, read, at in _passes(x.shape[2:], out.shape[2:], w.shape[2:], stride, padding):
        out[at] += np.moveaxis(np.tensordot(w[:, :, i, j], x[read], axes=(1, 1)), 0, 1)
    return out


def _conv_image(g: Array, _z: Array, x: Array, w: Array, stride: Pair, padding: Pair) -> Result:
    out = np.zeros(x.shape)
    for i, j, read, at in _passes(x.shape[2:], g.shape[2:], w.shape[2:], stride, padding):
        out[read] += np.moveaxis(np.tensordot(w[:, :, i, j], g[at], axes=(0, 1)), 0, 1)
    return out


def _conv_kernel(g: Array, _z: Array, x: Array, w: Array, stride: Pair, padding: Pair) -> Result:
    out = np.zeros(w.shape)
    for i, j, read, at in _passes(x.shape[2:], g.shape[2:], w.shape[2:], stride, padding):
        out[:, :, i, j] = np.tensordot(g[at], x[read], axes=((0, 2, 3), (0, 2, 3)))
    return out


def _pool_shape(x: Shape, kernel_size: Pair, stride: Pair | None) -> Shape:
    if len(x) < 2:
        raise ShapeError(
            say(
                "Pooling goes over the last two axes: give it an image [H, W] or "
                "images [N, C, H, W], not the shape {shape}.",
                shape=written(x),
            )
        )
    sizes = zip(x[-2:], kernel_size, stride or kernel_size, strict=True)
    rows, columns = (_places(n, k, s, 0, "pooling") for n, k, s in sizes)
    return (*x[:-2], rows, columns)


def _pool_cost(x: Shape, kernel_size: Pair, stride: Pair | None) -> int:
    return (count(_pool_shape(x, kernel_size, stride)) + _PASS) * count(kernel_size)


def _windows(x: Shape, kernel_size: Pair, stride: Pair | None) -> Iterator[Any]:
    """Yield for each position of the window what it reads, at all places at once."""
    places = _pool_shape(x, kernel_size, stride)[-2:]
    for *_, read, _at in _passes(x[-2:], places, kernel_size, stride or kernel_size, _NONE):
        yield read


def _max_pool(x: Array, kernel_size: Pair, stride: Pair | None) -> Result:
    first, *others = _windows(x.shape, kernel_size, stride)
    out = np.array(x[first])
    for read in others:
        np.maximum(out, x[read], out=out)
    return out


def _max_pool_rule(g: Array, z: Array, x: Array, kernel_size: Pair, stride: Pair | None) -> Result:
    """The first largest of each window takes all; a window that holds NaN gives NaN to all."""
    out = np.zeros(x.shape)
    unknown = np.isnan(z)
    left = np.ones(z.shape, dtype=bool)
    for read in _windows(x.shape, kernel_size, stride):
        taken = left & (x[read] == z)
        left &= ~taken
        out[read] += g * np.where(unknown, np.nan, taken)
    return out


def _avg_pool(x: Array, kernel_size: Pair, stride: Pair | None) -> Result:
    return sum(x[read] for read in _windows(x.shape, kernel_size, stride)) / count(kernel_size)


def _avg_pool_rule(g: Array, _z: Array, x: Array, kernel_size: Pair, stride: Pair | None) -> Result:
    out = np.zeros(x.shape)
    for read in _windows(x.shape, kernel_size, stride):
        out[read] += g / count(kernel_size)
    return out


def _pool_facts(_x: Shape, kernel_size: Pair, **_: Any) -> dict[str, str]:
    return {"n": str(count(kernel_size))}


_POOLS = (
    Sample((_I,), ((4, 5),), {"kernel_size": (2, 2), "stride": None}),
    Sample((_I,), ((1, 2, 4, 3),), {"kernel_size": (3, 2), "stride": (1, 1)}),
    Sample((_I,), ((2, 5, 4),), {"kernel_size": (2, 1), "stride": (3, 2)}),
)

CONV2D = Op(
    name="conv2d", family="convolution", arity=2, forward=_conv, rules=(_conv_image, _conv_kernel),
    params=(Param("stride", "pair", (1, 1)), Param("padding", "pair", _NONE)),
    shape=_conv_shape, cost=_conv_cost,
    latex="«x» * «y»", local_latex=("«y»", "«x»"),
    rule_latex=(r"\operatorname{conv}^{\top}(«g», «y!»)", r"«x» * «g»"),
    compound=True, sign="*", symbol="∗",
    doc=Doc("Slides kernels over images [N, C, H, W] (cross-correlation, kernels not flipped).",
            "Desliza filtros sobre imagens [N, C, H, W] (correlação cruzada, sem inverter)."),
    samples=(
        Sample((_I, _I), ((2, 2, 4, 3), (3, 2, 2, 2)), {"stride": (1, 1), "padding": _NONE}),
        Sample((_I, _I), ((1, 1, 4, 5), (2, 1, 3, 2)), {"stride": (2, 1), "padding": (1, 2)}),
        Sample((_I, _I), ((1, 2, 3, 3), (1, 2, 1, 3)), {"stride": (3, 2), "padding": (2, 0)}),
    ),
)  # fmt: skip
MAX_POOL2D = Op(
    name="max_pool2d", family="convolution", arity=1, params=_POOL, forward=_max_pool,
    rules=(_max_pool_rule,), shape=_pool_shape, cost=_pool_cost,
    latex=r"\operatorname{maxpool}(«x!»)", local_latex=("1",),
    rule_latex=(r"\operatorname{unpool}(«g»)",),
    sign=r"\operatorname{maxpool}", symbol="max pool",
    doc=Doc("Largest of each window; of equal ones the first, row by row, takes the gradient.",
            "Maior de cada janela; entre iguais, o primeiro, linha a linha, recebe o gradiente."),
    samples=_POOLS,
)  # fmt: skip
AVG_POOL2D = Op(
    name="avg_pool2d", family="convolution", arity=1, params=_POOL, forward=_avg_pool,
    rules=(_avg_pool_rule,), shape=_pool_shape, cost=_pool_cost,
    latex=r"\operatorname{avgpool}(«x!»)", local_latex=("1",),
    rule_latex=(r"\frac{1}{«n»} \cdot \operatorname{unpool}(«g»)",), facts=_pool_facts,
    sign=r"\operatorname{avgpool}", symbol="avg pool",
    doc=Doc("Mean of each window of n elements: each gets 1/n of the upstream gradient.",
            "Média de cada janela de n elementos: cada um recebe 1/n do gradiente global."),
    samples=_POOLS,
)  # fmt: skip

ROWS = (CONV2D, MAX_POOL2D, AVG_POOL2D)
