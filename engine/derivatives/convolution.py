"""Contributions of convolution and pooling, written as terms: convolutions themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np

from ..ops import Shape
from ..ops.row import count
from .reductions import equal
from .term import Term

Rule = Callable[..., Term | None]
Pair = tuple[int, int]

_ALL = slice(None)


def _dilated(g: Term, offsets: Pair, stride: Pair, sizes: Pair) -> Term:
    """Put place p at p·stride + offset of an image of zeros; what falls outside is left out."""
    read, into = [], []
    for places, offset, step, size in zip(g.shape[2:], offsets, stride, sizes, strict=True):
        first = max(0, -(offset // step))
        last = min(places - 1, (size - 1 - offset) // step)
        if last < first:
            read.append(slice(0, 0))
            into.append(slice(0, 0))
            continue
        start = first * step + offset
        read.append(slice(first, last + 1))
        into.append(slice(start, start + (last - first) * step + 1, step))
    part = g.at(_ALL, _ALL, *read)
    return part.to("scatter", index=(_ALL, _ALL, *into), sizes=(*g.shape[:2], *sizes))


def _image(g: Term, w: Term, size: Shape, stride: Pair, padding: Pair) -> Term:
    """Slide the kernels, turned around, over the gradients."""
    kernel = w.shape[2:]
    sizes = (size[0] + kernel[0] - 1, size[1] + kernel[1] - 1)
    offsets = (kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1])
    turn = slice(None, None, -1)
    turned = w.at(_ALL, _ALL, turn, turn).to("permute", axes=(1, 0, 2, 3))
    wide = _dilated(g, offsets, stride, sizes)
    return g.writer.apply("conv2d", wide, turned, stride=(1, 1), padding=(0, 0))


def _conv_image(g: Term, _z: Term, x: Term, w: Term, stride: Pair, padding: Pair) -> Term:
    return _image(g, w, x.shape[2:], stride, padding)


def _conv_kernel(g: Term, _z: Term, x: Term, w: Term, stride: Pair, padding: Pair) -> Term:
    """Slide the gradients over the image."""
    rows, columns = ((n - 1) * s + 1 for n, s in zip(g.shape[2:], stride, strict=True))
    wide = _dilated(g, (0, 0), stride, (rows, columns))
    swapped = (term.to("permute", axes=(1, 0, 2, 3)) for term in (x, wide))
    found = g.writer.apply("conv2d", *swapped, stride=(1, 1), padding=padding)
    cut = found.at(_ALL, _ALL, slice(0, w.shape[2]), slice(0, w.shape[3]))
    return cut.to("permute", axes=(1, 0, 2, 3))


def _avg_pool(g: Term, _z: Term, x: Term, kernel_size: Pair, stride: Pair | None) -> Term:
    shares = np.full((1, 1, *kernel_size), 1 / count(kernel_size))
    w = g.writer.literal(shares.tolist(), shares.shape)
    images = g.reshape((count(g.shape[:-2]), 1, *g.shape[-2:]))
    return _image(images, w, x.shape[-2:], stride or kernel_size, (0, 0)).reshape(x.shape)


def _max_pool(g: Term, z: Term, x: Term, kernel_size: Pair, stride: Pair | None) -> Term:
    """Window position by window position; the first largest takes all."""
    steps = stride or kernel_size
    images = (_ALL,) * (len(x.shape) - 2)
    whole: Term | None = None
    left: Term | None = None
    for offset in product(*map(range, kernel_size)):
        places = zip(offset, steps, z.shape[-2:], strict=True)
        read = (*images, *(slice(o, o + (n - 1) * s + 1, s) for o, s, n in places))
        hit = equal(x.at(*read), z)
        taken = hit if left is None else hit * left
        left = 1.0 - hit if left is None else left * (1.0 - hit)
        part = (g * taken).to("scatter", index=read, sizes=x.shape)
        whole = part if whole is None else whole + part
    assert whole is not None
    return whole


RULES: Mapping[str, tuple[Rule, ...]] = {
    "conv2d": (_conv_image, _conv_kernel),
    "avg_pool2d": (_avg_pool,),
    "max_pool2d": (_max_pool,),
}
