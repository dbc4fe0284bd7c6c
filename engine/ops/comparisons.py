"""The larger and the smaller of two, element by element; a tie shares the gradient equally."""

from __future__ import annotations

import numpy as np

from .row import Array, Doc, Op, scalars

_BOXES = (((-3.0, -1.0), (0.0, 3.0)), ((0.0, 3.0), (-3.0, -1.0)))


def _share(z: Array, mine: Array, other: Array) -> Array:
    """1 where mine was taken, ½ at a tie, else 0; NaN where either is NaN."""
    taken = np.where(mine == other, 0.5, np.where(z == mine, 1.0, 0.0))
    return np.where(np.isnan(z), np.nan, taken)


MAXIMUM = Op(
    name="maximum", family="comparison", arity=2, forward=np.maximum,
    locals=(lambda z, x, y: _share(z, x, y), lambda z, x, y: _share(z, y, x)),
    latex=r"\max(«x!», «y!»)", local_latex=("[«x!» > «y»]", "[«y!» > «x»]"),
    sign=r"\max", symbol="max",
    doc=Doc("The larger of two.", "O maior de dois."), samples=scalars(*_BOXES),
)  # fmt: skip
MINIMUM = Op(
    name="minimum", family="comparison", arity=2, forward=np.minimum,
    locals=(lambda z, x, y: _share(z, x, y), lambda z, x, y: _share(z, y, x)),
    latex=r"\min(«x!», «y!»)", local_latex=("[«x!» < «y»]", "[«y!» < «x»]"),
    sign=r"\min", symbol="min",
    doc=Doc("The smaller of two.", "O menor de dois."), samples=scalars(*_BOXES),
)  # fmt: skip

ROWS = (MAXIMUM, MINIMUM)
