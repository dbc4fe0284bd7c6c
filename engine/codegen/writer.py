"""Records calls of NumPy on arrays that exist already, as lines of a function without arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..ops import Array, Shape
from ..ops.row import count

# Up to this many terms a sum is a product with ones, which is two to three times faster.
ONES = 4096
# Functions that take their result by keyword only.
_KEYWORD = (np.maximum, np.minimum)


class Writer:
    """Arrays by name (k0, k1, …), and the lines written so far.

    `pool` holds memory for intermediates of one operation: slot by slot, as large as the largest
    that was asked for. Emission runs twice; the first finds out how large.
    """

    def __init__(self, dtype: str, pool: list[Array], kept: dict[Any, Array]) -> None:
        self.dtype = dtype
        self.pool = pool
        self.kept = kept
        self.names: dict[str, Any] = {}
        self.known: dict[int, str] = {}
        self.lines: list[str] = []
        self.used = 0

    def __call__(self, function: Callable[..., Any], *args: Any, out: Array | None = None) -> None:
        """Write function(*args, out)."""
        given = [self.name(arg) for arg in args]
        if out is not None:
            given.append(f"out={self.name(out)}" if function in _KEYWORD else self.name(out))
        self.lines.append(f"{self.name(function)}({', '.join(given)})")

    def call(self, function: Callable[..., Any], *args: Any) -> None:
        """Write function(*args), which holds its result among the arguments."""
        self.lines.append(f"{self.name(function)}({', '.join(map(self.name, args))})")

    def name(self, thing: Any) -> str:
        """Return the name of an object in the generated text."""
        if thing is None or isinstance(thing, bool | int | tuple):
            return repr(thing)
        if id(thing) not in self.known:
            self.known[id(thing)] = f"k{len(self.known)}"
            # What is named here must stay alive: its identity is its key.
            self.names[self.known[id(thing)]] = thing
        return self.known[id(thing)]

    def keep(self, key: Any, make: Callable[[], Array]) -> Array:
        """Return what belongs to a key, made at the first time and the same in every emission."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def constant(self, value: float) -> Array:
        """Return a number as an array of shape [], which calls take faster than a float."""
        key = ("constant", repr(float(value)))
        return self.keep(key, lambda: np.array(value, self.dtype))

    def ones(self, n: int) -> Array:
        """Return n ones."""
        return self.keep(("ones", n), lambda: np.ones(n, self.dtype))

    def scratch(self, shape: Shape, dtype: str | None = None) -> Array:
        """Return memory that lasts until the end of the operation."""
        kind = np.dtype(dtype or self.dtype)
        size = count(shape) * kind.itemsize
        if self.used == len(self.pool):
            self.pool.append(np.empty(0, np.uint8))
        if self.pool[self.used].size < size:
            self.pool[self.used] = np.empty(size, np.uint8)
        part = self.pool[self.used][:size].view(kind).reshape(shape)
        self.used += 1
        return part

    def flat(self, x: Array) -> Array:
        """Return an array's elements in one row."""
        if not x.flags.c_contiguous:
            copy = self.scratch(x.shape)
            self(np.copyto, copy, x)
            x = copy
        return x.reshape(-1)

    def inplace(self, x: Array) -> Array:
        """Return where a function of x may write: onto x, but beside it if it is one number."""
        return x if x.size > 1 else self.scratch(x.shape)

    def total(self, x: Array, out: Array) -> None:
        """Write the sum of all elements into an array of one element."""
        if x.size <= ONES:
            self(np.dot, self.flat(x), self.ones(x.size), out=out.reshape(()))
        else:
            self(np.add.reduce, self.flat(x), 0, None, out=out.reshape(()))

    def dot(self, x: Array, y: Array, out: Array) -> None:
        """Write Σ x·y over all elements of two arrays of the same shape."""
        self(np.dot, self.flat(x), self.flat(y), out=out.reshape(()))

    def along(self, x: Array, axis: int, out: Array) -> None:
        """Write the sums along one axis into an array with that axis removed or of length 1."""
        rows, columns = count(x.shape[:-1]), count(x.shape[1:])
        last, first = axis % x.ndim == x.ndim - 1, axis % x.ndim == 0
        plain = x.flags.c_contiguous and 0 < x.shape[axis] <= ONES and x.size > 0
        if plain and last:
            self(np.dot, x.reshape(rows, x.shape[-1]), self.ones(x.shape[-1]), out=out.reshape(-1))
        elif plain and first:
            self(np.dot, self.ones(x.shape[0]), x.reshape(x.shape[0], columns), out=out.reshape(-1))
        else:
            wide = list(x.shape)
            wide[axis] = 1
            self.call(np.add.reduce, x, axis, None, out.reshape(wide), True)

    def narrow(self, x: Array, out: Array) -> None:
        """Write the sum over the axes along which an array of out's shape was repeated."""
        extra = x.ndim - out.ndim
        repeated = (extra + i for i, n in enumerate(out.shape) if n == 1 and x.shape[extra + i] > 1)
        axes = (*range(extra), *repeated)
        if out.size == 1:
            self.total(x, out)
        elif len(axes) == 1:
            self.along(x, axes[0], out)
        else:
            wide = tuple(1 if i in axes else n for i, n in enumerate(x.shape))
            self.call(np.add.reduce, x, axes, None, out.reshape(wide), True)
