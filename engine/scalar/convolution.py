"""Convolution and pooling, element by element: one sum of products, or one fold, per window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ..ops import OPS
from .element import Cells, Element, gathered, total
from .reductions import mean

Pair = tuple[int, int]


def _conv2d(x: Cells, w: Cells, stride: Pair, padding: Pair) -> Cells:
    """Products with the zeros of the padding are left out."""
    out: Cells = np.empty(
        OPS["conv2d"].shape(x.shape, w.shape, stride=stride, padding=padding), object
    )
    for n, o, i, j in np.ndindex(out.shape):
        terms = []
        for c, di, dj in np.ndindex(w.shape[1:]):
            row, column = i * stride[0] + di - padding[0], j * stride[1] + dj - padding[1]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                terms.append(x[n, c, row, column] * w[o, c, di, dj])
        zero = x.flat[0].maker.literal
        out[n, o, i, j] = total(terms) if terms else zero(0.0, "conv2d")
    return out


def _pool(
    fold: Callable[[Sequence[Element]], Element],
    x: Cells,
    kernel_size: Pair,
    stride: Pair | None,
) -> Cells:
    step = stride or kernel_size
    sizes = OPS["avg_pool2d"].shape(x.shape, kernel_size=kernel_size, stride=stride)
    out: Cells = np.empty(sizes, dtype=object)
    for *at, i, j in np.ndindex(out.shape):
        top, left = i * step[0], j * step[1]
        window = x[(*at, slice(top, top + kernel_size[0]), slice(left, left + kernel_size[1]))]
        out[(*at, i, j)] = fold(list(window.flat))
    return out


RULES: dict[str, Callable[..., Cells]] = {
    "conv2d": _conv2d,
    "max_pool2d": partial(_pool, partial(gathered, "largest", first=True)),
    "avg_pool2d": partial(_pool, mean),
}
