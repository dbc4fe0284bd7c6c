"""Numbers that remember how they were made: what the rules of this package calculate with.

An `Element` is one node to be. Arithmetic with it makes further nodes in its `Maker`, in order, and
knows each node's value at once. Cells are arrays of elements (dtype object).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from ..deadline import look
from ..errors import LimitError, Position, over_limit
from ..graph import Nested
from ..limits import Limits
from ..ops import OPS
from ..sentence import say
from ..tensor import frozen

# An array of elements (dtype object), whose indexing NumPy's annotations do not describe.
Cells: TypeAlias = Any


@dataclass(slots=True)
class Draft:
    """A node to be; `args` are places in the maker's list.

    One that is not to be kept is left out where nothing kept needs it.
    """

    op: str | None
    args: tuple[int, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    literal: Nested | None = None
    id: str | None = None
    named: bool = False
    kept: bool = False
    source: str = ""
    position: Position | None = None


class Maker:
    """The drafts made so far. `position` is where in the program the present ones come from.

    `choices` are the numbers written in between, each with how many drafts stood before it: what is
    made depends on the numbers of a run only by these.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.drafts: list[Draft] = []
        self.position: Position | None = None
        self.choices: list[tuple[int, str]] = []
        self._literals: dict[tuple[float, str], Element] = {}

    def add(self, draft: Draft, value: Any) -> Element:
        """Append a draft; raise LimitError at the first one too many."""
        look()
        if len(self.drafts) >= self.limits.nodes:
            raise too_many(self.limits, len(self.drafts) + 1)
        draft.position = self.position
        self.drafts.append(draft)
        return Element(self, len(self.drafts) - 1, value)

    def literal(self, value: float, use: str) -> Element:
        """Return a number; equal ones in the same use are one node."""
        key = (float(value), use)
        self.choices.append((len(self.drafts), float(value).hex()))
        if key not in self._literals or np.isnan(value):
            self._literals[key] = self.add(Draft(None, literal=float(value)), np.float64(value))
        return self._literals[key]

    def begin(self, position: Position | None) -> None:
        """Begin the elements of another node, which shares no numbers with the last."""
        self.position = position
        self._literals = {}

    def apply(self, op: str, *args: Element | float, **params: Any) -> Element:
        """Make one operation on numbers."""
        given = [arg if isinstance(arg, Element) else self.literal(arg, op) for arg in args]
        with np.errstate(all="ignore"):
            value = frozen(OPS[op].forward(*(arg.value for arg in given), **params))
        return self.add(Draft(op, tuple(arg.place for arg in given), params), value)


def too_many(limits: Limits, got: int) -> LimitError:
    """Return the error for a graph of numbers that is too large."""
    return over_limit(
        "nodes",
        limits.nodes,
        got,
        say("The number of nodes, with every element as a node of its own, is at least"),
    )


class Element:
    """A number in a graph of numbers; for a node that is not taken apart, the whole value."""

    __slots__ = ("maker", "place", "value")

    def __init__(self, maker: Maker, place: int, value: Any) -> None:
        self.maker = maker
        self.place = place
        self.value = value

    def __add__(self, other: Element | float) -> Element:
        return self.maker.apply("add", self, other)

    def __sub__(self, other: Element | float) -> Element:
        return self.maker.apply("sub", self, other)

    def __mul__(self, other: Element | float) -> Element:
        return self.maker.apply("mul", self, other)

    def __rmul__(self, other: float) -> Element:
        return self.maker.apply("mul", other, self)

    def __rsub__(self, other: float) -> Element:
        return self.maker.apply("sub", other, self)

    def __truediv__(self, other: Element | float) -> Element:
        return self.maker.apply("div", self, other)

    def __pow__(self, exponent: float) -> Element:
        return self.maker.apply("pow", self, exponent)

    def __neg__(self) -> Element:
        return self.maker.apply("neg", self)

    def to(self, op: str, **params: Any) -> Element:
        """Apply a function of one argument."""
        return self.maker.apply(op, self, **params)


def each(op: str, *cells: Cells, **params: Any) -> Cells:
    """Apply an operation of numbers element by element, with NumPy's broadcasting."""
    given: list[Cells] = list(np.broadcast_arrays(*cells))
    out: Cells = np.empty(np.shape(given[0]), dtype=object)
    for index in np.ndindex(out.shape):
        parts = [part[index] for part in given]
        out[index] = parts[0].maker.apply(op, *parts, **params)
    return out


def gathered(op: str, elements: Iterable[Element], **params: Any) -> Element:
    """Apply an operation of any arity; a single element is itself."""
    parts = list(elements)
    return parts[0] if len(parts) == 1 else parts[0].maker.apply(op, *parts, **params)


def total(elements: Iterable[Element]) -> Element:
    """Add any number of elements, at least one, in one node."""
    return gathered("total", elements)


def cell(element: Element) -> Cells:
    """Return one element as cells of the shape []."""
    out: Cells = np.empty((), dtype=object)
    out[()] = element
    return out
