"""Streams of random numbers: what a stream yields depends on the seed and on its name alone.

So nothing drawn for one name moves when another is added, left out or drawn first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import ValueProblem
from .sentence import say

LARGEST = 2**32 - 1


def check_seed(seed: Any, pointer: str = "/seed") -> int:
    """Return the seed; raise ValueProblem unless it is a whole number from 0 to 2³² − 1."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST:
        raise ValueProblem(
            say("The seed must be a whole number from 0 to {largest:,}.", largest=LARGEST),
            pointer=pointer,
        )
    return seed


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator of this name: a child of the seed, told from others by its name."""
    key = tuple(name.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
