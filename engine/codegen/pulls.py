"""What an emitter is given: one operation forward, or one of its edges backward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ..ops import Array, Shape
from .writer import Writer


@dataclass(frozen=True, slots=True)
class Push:
    """An operation forward: compute `z` from `args`; `keep` memory until the backward pass."""

    writer: Writer
    key: int
    z: Array
    args: tuple[Array, ...]
    params: Mapping[str, Any]

    def keep(self, name: str, shape: Shape) -> Array:
        """Return memory of this operation that lasts from the forward to the backward pass."""
        make = lambda: np.empty(shape, self.writer.dtype)  # noqa: E731
        return self.writer.keep((name, self.key), make)


@dataclass(frozen=True, slots=True)
class Pull(Push):
    """An edge backward: upstream `g` goes to argument `slot`; `unit` says that g is 1.

    An emitter returns an array with the contribution, in the argument's shape or, before
    broadcasting is undone, in z's: one that `out` gave, or any other that holds it. None leaves
    the edge to the row's own rule.
    """

    slot: int
    g: Array
    unit: bool
    destination: Callable[[Shape], Array]

    def out(self, shape: Shape | None = None) -> Array:
        """Return where a contribution of this shape (by default z's) is to be written."""
        return self.destination(self.z.shape if shape is None else shape)

    def times(self, local: Array) -> Array:
        """Return g · local, which is local itself where g is 1 and both have z's shape."""
        if self.unit and local.shape == self.z.shape:
            return local
        out = self.out(np.broadcast_shapes(self.g.shape, local.shape))
        self.writer(np.multiply, self.g, local, out=out)
        return out

    def scaled(self, factor: float) -> Array:
        """Return g · factor for a g of shape [], as an array of shape []."""
        w = self.writer
        if self.unit:
            return w.constant(factor)
        one = w.scratch(())
        w(np.multiply, self.g.reshape(()), w.constant(factor), out=one)
        return one


PushRow: TypeAlias = Callable[[Push], None]
PullRow: TypeAlias = Callable[[Pull], Array | None]
