"""One row of the table of operations: what it computes, how it differentiates, how it is written.

Facts to hold: an elementwise row carries `locals`, ∂z/∂arg in z's shape, and its rule is upstream ×
local. Every other row carries `rules`, `(g, z, *args, **params)` -> the contribution to that
argument; where everything is a scalar its local is the rule at g = 1. Undoing broadcasting is no
business of a row: the backward pass does it for all. In templates «x» «y» «w» stand for the
arguments, «z» for the result, «g» for the upstream gradient; other names come from `facts`, which
know shapes and settings, and from `words`, for settings that are not written as in Python. «x» is
put in parentheses if compound or negative, «x+» if it begins with a minus sign, «x!» never.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..errors import ShapeError
from ..sentence import say, together

# A value of shape [] is an np.float64, which has an array's shape, T, sum and the rest.
Array: TypeAlias = NDArray[np.float64]
# What a row computes: an Array, though NumPy's annotations do not always say so.
Result: TypeAlias = Any
Shape: TypeAlias = tuple[int, ...]
Box: TypeAlias = tuple[tuple[float, float], ...]

ARGUMENTS = ("x", "y", "w")


class Param(NamedTuple):
    """A setting in the call: its name, its kind, its default.

    Kinds: axis, flag, number, bound (a number or None), whole, pair (of whole numbers, or one for
    both), sizes, index, rows (a list of whole numbers).
    """

    name: str
    kind: str
    default: Any


class Sample(NamedTuple):
    """Where a row may be tested: an interval per argument, their shapes, and parameters.

    The arguments in `held` stand at a jump there: nothing can be learned by moving them.
    """

    box: Box
    shapes: tuple[Shape, ...]
    params: Mapping[str, Any]
    held: tuple[int, ...] = ()


class Doc(NamedTuple):
    """One line for the learner, in each language."""

    en: str
    pt: str


def is_number(value: Any) -> bool:
    """Whether it is a value of shape [], as everything computes with them."""
    return type(value) is np.float64


def count(shape: Shape) -> int:
    """Return the number of elements of a shape, as a Python integer that cannot overflow."""
    return math.prod(shape)


def written(shape: Shape) -> str:
    """Write a shape for a sentence: [2, 3]."""
    return "[" + ", ".join(map(str, shape)) + "]"


def broadcast(*shapes: Shape) -> Shape:
    """Return NumPy's broadcast of the shapes; raise ShapeError where they do not fit."""
    if not any(shapes):
        return ()
    width = max(map(len, shapes))
    padded = [(1,) * (width - len(s)) + s for s in shapes]
    sizes = []
    for column in zip(*padded, strict=True):
        wanted = {n for n in column if n != 1}
        if len(wanted) > 1:
            raise ShapeError(
                say(
                    "The shapes {shapes} do not fit together: counted from the right, "
                    "two sizes must be equal or one of them 1.",
                    shapes=together([written(shape) for shape in shapes]),
                )
            )
        sizes.append(wanted.pop() if wanted else 1)
    return tuple(sizes)


def _no_facts(*_shapes: Shape, **_params: Any) -> dict[str, str]:
    return {}


def _own(pulled: Array, g: Array) -> Array:
    """Copy a view or the upstream gradient itself, so that no two gradients share memory."""
    shared = pulled is g or getattr(pulled, "base", None) is not None
    return np.array(pulled)[()] if shared else pulled


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """An operation; `arity` None means a list of arguments, `call` that programs can name it."""

    name: str
    family: str
    arity: int | None
    forward: Callable[..., Any]
    locals: tuple[Callable[..., Any], ...] = ()
    rules: tuple[Callable[..., Any], ...] = ()
    shape: Callable[..., Shape] = lambda *shapes, **_: broadcast(*shapes)
    cost: Callable[..., int] = lambda *shapes, **_: count(broadcast(*shapes))
    params: tuple[Param, ...] = ()
    call: bool = True
    latex: str
    local_latex: tuple[str, ...]
    rule_latex: tuple[str, ...] = ()
    facts: Callable[..., dict[str, str]] = _no_facts
    words: Callable[..., dict[str, str]] = _no_facts
    compound: bool = False
    sign: str
    symbol: str
    doc: Doc
    samples: tuple[Sample, ...]

    @property
    def elementwise(self) -> bool:
        """Whether each element of the result comes from the same element of the arguments."""
        return bool(self.locals)

    @property
    def loss(self) -> bool:
        """Whether it compares a prediction with a target."""
        return self.family == "loss"

    def local(
        self, slot: int, z: Array, args: tuple[Array, ...], params: Mapping[str, Any]
    ) -> Array:
        """Return ∂z/∂args[slot] in z's shape; for a rule, only where everything is a scalar."""
        if self.locals:
            value = self.locals[slot](z, *args, **params)
            if is_number(z):
                number: Result = np.float64(value)
                return number  # type: ignore[no-any-return]
            return np.broadcast_to(value, np.shape(z))[()]
        one: Result = np.float64(1.0)
        return self.pull(slot, one, z, args, params)

    def pull(
        self, slot: int, g: Array, z: Array, args: tuple[Array, ...], params: Mapping[str, Any]
    ) -> Array:
        """Return what upstream `g` contributes to args[slot], before broadcasting is undone."""
        if self.locals:
            return g * self.local(slot, z, args, params)
        if self.arity is None:
            pulled: Array = self.rules[0](g, z, *args, slot=slot, **params)
        else:
            pulled = self.rules[slot](g, z, *args, **params)
        return _own(pulled, g)


def scalars(*boxes: Box, **params: Any) -> tuple[Sample, ...]:
    """Return samples of scalar arguments, one per box."""
    return tuple(Sample(box, ((),) * len(box), params) for box in boxes)
