"""Numbers written with few digits: rounded or cut, and what a number so written may stand for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from ..ops import Array
from ..tensor import frozen
from .typed import Typed

# What a quantity may be to a learner: its true value and the ways of writing it down.
Candidates: TypeAlias = tuple[Array, ...]
Computation: TypeAlias = Callable[..., Array]

# The most combinations of candidates that are computed one by one.
COMBINED = 250
# What float64 may differ by, as part of the numbers themselves and of the unit of the last digit.
NOISE = 1e-9
ZERO = 1e-15


def rounded(value: Array, digits: int) -> Array:
    """Return each element rounded half to even to so many significant digits."""
    return _written(value, digits, np.rint)


def cut(value: Array, digits: int) -> Array:
    """Return each element with what follows so many significant digits dropped."""
    return _written(value, digits, lambda x: np.trunc(x + np.sign(x) * NOISE))


def _written(value: Array, digits: int, how: Callable[[Array], Array]) -> Array:
    x = np.asarray(value, dtype=np.float64)
    with np.errstate(all="ignore"):
        places = digits - 1 - np.floor(np.log10(np.abs(x)))
        scale = np.power(10.0, places)
        found = np.where((x != 0) & np.isfinite(x) & (scale > 0), how(x * scale) / scale, x)
    return frozen(np.where(np.isfinite(found), found, x))


class Reach(NamedTuple):
    """From where to where each element of an answer reaches, over all candidates."""

    low: Array
    high: Array

    def holds(self, typed: Typed, place: tuple[int, ...]) -> bool:
        """Whether something in reach is what was typed, or becomes it by rounding or cutting."""
        low, high = float(self.low[place]), float(self.high[place])
        if not (math.isfinite(low) and math.isfinite(high)):
            return False
        if typed.value == 0:
            return low - ZERO <= 0 <= high + ZERO
        if typed.value < 0:
            low, high, typed = -high, -low, typed._replace(value=-typed.value)
        noise = NOISE * typed.value
        unit = 0.0 if typed.unit is None else typed.unit
        below, above = typed.value - unit / 2, typed.value + unit * (1 - 1e-6)
        return high >= below - noise and low <= above + noise


def distinct(candidates: Iterable[Array]) -> Candidates:
    """Return candidates without repetitions, the first of each kept in place."""
    found: list[Array] = []
    for one in candidates:
        if not any(np.array_equal(one, known) for known in found):
            found.append(one)
    return tuple(found)


def outcomes(operands: Sequence[Candidates], compute: Computation) -> Candidates:
    """Return what follows from the candidates; the first is what follows from the first ones.

    Every combination is computed, or if that were too many, those of the same way of writing.
    """
    if math.prod(map(len, operands)) <= COMBINED:
        chosen: Iterable[tuple[Array, ...]] = itertools.product(*operands)
    else:
        most = max(map(len, operands))
        chosen = (tuple(one[i % len(one)] for one in operands) for i in range(most))
    with np.errstate(all="ignore"):
        return tuple(np.asarray(compute(*args), dtype=np.float64) for args in chosen)


def reach(found: Candidates) -> Reach:
    """Return the hull of candidates, element by element."""
    stacked = np.stack([np.asarray(one) for one in found])
    return Reach(stacked.min(axis=0), stacked.max(axis=0))
