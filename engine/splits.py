"""The split of the data into rows to train on and rows held out, by seed and share."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .batches import Rows
from .errors import ValueProblem
from .seeds import stream
from .sentence import say

LARGEST_SHARE = 0.9


class Split(NamedTuple):
    """Row numbers, each list ascending; together they are all rows."""

    train: Rows
    held_out: Rows


def split(n: int, share: Any, seed: int) -> Split:
    """Hold out `share` of n rows, rounded half up; at least one row is left to train on.

    Raises ValueProblem unless the share is a number from 0 to 0.9.
    """
    real = isinstance(share, int | float) and not isinstance(share, bool)
    if not real or not 0 <= share <= LARGEST_SHARE:
        raise ValueProblem(
            say(
                "The share of rows held out must be a number from 0 to {largest}.",
                largest=LARGEST_SHARE,
            ),
            pointer="/held_out",
        )
    held = min(int(share * n + 0.5), n - 1)
    mixed = stream(seed, "split").permutation(n)
    return Split(np.sort(mixed[held:]), np.sort(mixed[:held]))
