"""How the units of a layer fare: dead ones answer 0 to every row, saturated ones hardly move.

A unit is saturated for a row where the slope of its activation is at most a twentieth of the
greatest that this activation has: no gradient to speak of comes past it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from engine.ops import Array

FLAT = 0.05
# Both curves are one, t, stretched: σ(s) = (1 + tanh(s / 2)) / 2; its slope is 1 − t² of the
# greatest.
FAR = math.sqrt(1 - FLAT)
Share: TypeAlias = Callable[[Array], float]


def _beyond(t: Array) -> float:
    return int(np.count_nonzero(np.abs(t) >= FAR)) / max(1, np.size(t))


def _everywhere(_t: Array) -> float:
    return 1.0


SATURATED: Mapping[str, Share] = {
    "sigmoid": lambda a: _beyond(2 * a - 1),
    "tanh": _beyond,
    "sign": _everywhere,
    "step": _everywhere,
}


def dead(value: Array) -> float:
    """Return the share of units that are 0 for every row."""
    living = np.any(value, axis=0) if np.ndim(value) else value
    return 1 - int(np.count_nonzero(living)) / max(1, np.size(living))


def saturated(op: str, value: Array) -> float:
    """Return the share of all units and rows whose slope is next to nothing."""
    return SATURATED[op](value)
