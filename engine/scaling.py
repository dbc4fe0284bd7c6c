"""Standardisation: columns of mean 0 and standard deviation 1, and the numbers to undo it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .ops import Array


class Scaling(NamedTuple):
    """Mean and scale per column, [d]; fitted on training rows, it holds for all others."""

    mean: Array
    scale: Array

    def apply(self, x: Array) -> Array:
        """Return x [N, d] standardised."""
        scaled: Array = (x - self.mean) / self.scale
        return scaled

    def undo(self, scaled: Array) -> Array:
        """Return x in its own units again."""
        x: Array = scaled * self.scale + self.mean
        return x


def fit(x: Array) -> Scaling:
    """Return mean and standard deviation (of the population) of each column; scale 1 if constant.

    A column counts as constant by its values, since rounding may leave it a tiny deviation.
    """
    constant = np.all(x == x[:1], axis=0)
    mean = np.where(constant, x[0], np.mean(x, axis=0))
    return Scaling(mean, np.where(constant, 1.0, np.std(x, axis=0)))
