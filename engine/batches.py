"""Batches: which rows an iteration takes. Rows, batches, epochs and iterations count from 0.

The order of an epoch depends on the seed and the epoch alone, so any iteration can be found again
without going through those before it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .errors import ValueProblem
from .sentence import say

Rows: TypeAlias = NDArray[np.intp]


class Place(NamedTuple):
    """Where an iteration stands: its epoch, and its batch within it."""

    epoch: int
    index: int  # type: ignore[assignment]


def check_batch_size(size: object, n: int) -> int:
    """Return the batch size; raise ValueProblem unless it is a whole number from 1 to n."""
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= n:
        raise ValueProblem(
            say(
                "The batch size must be a whole number from 1 to {rows:,}, the number "
                "of rows of data.",
                rows=n,
            ),
            pointer="/batch_size",
        )
    return size


def per_epoch(n: int, size: int) -> int:
    """Return ⌈n / size⌉: the last, partial batch is a batch of its own."""
    return -(-n // size)


def place(n: int, size: int, iteration: int) -> Place:
    """Return the epoch and the batch of an iteration."""
    return Place(*divmod(iteration, per_epoch(n, size)))


def order(n: int, shuffle: bool, seed: int, epoch: int) -> Rows:
    """Return the n rows in the order of an epoch."""
    if not shuffle:
        return np.arange(n)
    return np.random.Generator(np.random.PCG64([seed, epoch])).permutation(n)


def rows(n: int, size: int, shuffle: bool, seed: int, where: Place) -> Rows:
    """Return the rows of one batch."""
    assert 0 <= where.index < per_epoch(n, size), f"an epoch has no batch {where.index}"
    start = where.index * size
    return order(n, shuffle, seed, where.epoch)[start : start + size]
