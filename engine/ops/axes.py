"""Axes that a reduction takes away, and how its gradient gets them back."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .row import Array, Param, Sample, Shape, count, written

AXIS = (Param("axis", "axis", None), Param("keepdims", "flag", False))
LAST = (Param("axis", "axis", -1),)


def check_axis(x: Shape, axis: int | None) -> None:
    """Raise ShapeError unless the shape has this axis; None stands for all."""
    if axis is not None and not -len(x) <= axis < len(x):
        raise ShapeError(
            say("There is no axis {axis} in the shape {shape}.", axis=axis, shape=written(x))
        )


def reduced(x: Shape, axis: int | None, keepdims: bool) -> Shape:
    """Return the shape that is left."""
    check_axis(x, axis)
    chosen = set(range(len(x))) if axis is None else {axis % len(x)}
    if keepdims:
        return tuple(1 if i in chosen else n for i, n in enumerate(x))
    return tuple(n for i, n in enumerate(x) if i not in chosen)


def reduced_some(x: Shape, axis: int | None, keepdims: bool) -> Shape:
    """As `reduced`, for operations that need at least one element."""
    shape = reduced(x, axis, keepdims)
    if terms(x, axis) == 0:
        raise ShapeError(
            say(
                "The shape {shape} leaves nothing to take the mean or extreme of.", shape=written(x)
            )
        )
    return shape


def terms(x: Shape, axis: int | None) -> int:
    """Return how many elements go into one of the result."""
    return count(x) if axis is None else x[axis]


def term_facts(x: Shape, axis: int | None, **_: Any) -> dict[str, str]:
    """Return `n`, the number of terms, for formulas."""
    return {"n": str(terms(x, axis))}


def spread(g: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    """Give a reduced array its lost axes back, as a view in x's shape."""
    if axis is not None and not keepdims:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, np.shape(x))


def along(box: tuple[float, float], **params: Any) -> tuple[Sample, ...]:
    """Return samples of a reduction: of everything, along an axis, along one that is kept."""
    return (
        Sample((box,), ((2, 3),), {"axis": None, "keepdims": False, **params}),
        Sample((box,), ((2, 3),), {"axis": 0, "keepdims": False, **params}),
        Sample((box,), ((2, 3),), {"axis": -1, "keepdims": False, **params}),
        Sample((box,), ((2, 3, 2),), {"axis": -2, "keepdims": True, **params}),
    )
