"""Values given from outside, made float64 arrays of their own: strict, bounded before copying."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .array_words import Given
from .errors import EngineError, LimitError, ValueProblem, over_limit
from .limits import Limits
from .ops import Array, Shape
from .ops.row import count, is_number
from .sentence import Sentence, say


def frozen(value: Any) -> Array:
    """Return the value as float64: np.float64 for shape [], else an array that is read-only."""
    if type(value) is np.float64:
        scalar: Any = value
        return scalar  # type: ignore[no-any-return]
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 0:
        return array[()]
    array.flags.writeable = False
    return array


def finite(value: Array) -> bool:
    """Whether every element is finite."""
    if is_number(value):
        return math.isfinite(value)
    return bool(np.isfinite(value).all())


def check_shape(shape: Shape, limits: Limits, what: Given) -> None:
    """Raise LimitError if an array of this shape has too many axes or elements."""
    if len(shape) > limits.dimensions:
        raise _too_deep(len(shape), limits, what)
    if count(shape) > limits.array_elements:
        raise over_limit(
            "array_elements",
            limits.array_elements,
            count(shape),
            what.elements(),
        )


def _too_deep(axes: int, limits: Limits, what: Given) -> LimitError:
    return over_limit("dimensions", limits.dimensions, axes, what.axes())


def tensor(value: Any, limits: Limits, pointer: str, what: Given) -> Array:
    """Return a float64 copy of a number, nested list or array.

    Raises ValueProblem, with the JSON pointer of the wrong element, for anything else: `True` is no
    number, and all lists of a level have one length.
    """
    if isinstance(value, np.ndarray | np.generic):
        return _from_array(np.asarray(value), limits, pointer, what)
    if not isinstance(value, list | tuple):
        return frozen(_number(value, pointer, what))
    try:
        shape = _shape(value, limits, what)
        check_shape(shape, limits, what)
        flat: list[float] = []
        _collect(value, shape, pointer, what, flat)
    except EngineError as error:
        error.pointer = error.pointer or pointer
        raise
    return frozen(np.array(flat, dtype=np.float64).reshape(shape))


def _from_array(array: Any, limits: Limits, pointer: str, what: Given) -> Array:
    if array.dtype.kind not in "iuf":
        raise ValueProblem(
            say(
                "{what} has elements of the type {type}; numbers are accepted.",
                what=what.alone(),
                type=str(array.dtype),
            ),
            pointer=pointer,
        )
    check_shape(array.shape, limits, what)
    return frozen(np.array(array, dtype=np.float64, order="C"))


def _number(value: Any, pointer: str, what: Given) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        kind = type(value).__name__
        raise ValueProblem(
            say(
                "{what} holds a value of the type {kind}; numbers and nested lists of "
                "numbers are accepted.",
                what=what.alone(),
                kind=kind,
            ),
            pointer=pointer,
        )
    try:
        return float(value)
    except OverflowError:
        raise ValueProblem(
            say(
                "{what} holds a number that is too large; at most 1.797e308 is accepted.",
                what=what.alone(),
            ),
            pointer=pointer,
        ) from None


def _shape(value: Any, limits: Limits, what: Given) -> Shape:
    """Return the shape that the first elements promise."""
    sizes: list[int] = []
    while isinstance(value, list | tuple):
        if len(sizes) == limits.dimensions:
            raise _too_deep(len(sizes) + 1, limits, what)
        sizes.append(len(value))
        if not value:
            break
        value = value[0]
    return tuple(sizes)


def _counted(value: Any) -> Sentence:
    if isinstance(value, list | tuple):
        return say("a list of {count}", count=len(value))
    return say("a number")


def _collect(value: Any, shape: Shape, pointer: str, what: Given, flat: list[float]) -> None:
    """Append all elements in order; recursion is bounded by the number of dimensions."""
    if not shape:
        flat.append(_number(value, pointer, what))
        return
    if not isinstance(value, list | tuple) or len(value) != shape[0]:
        got = _counted(value)
        raise ValueProblem(
            say(
                "{what} is ragged: {got} stands where a list of {expected} is expected.",
                what=what.alone(),
                got=got,
                expected=shape[0],
            ),
            pointer=pointer,
        )
    for i, part in enumerate(value):
        _collect(part, shape[1:], f"{pointer}/{i}", what, flat)
