"""Single numbers of a network's parameters, by the names that they have on the wire: `W1[0,2]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

import engine
from app.training.model import Model
from engine.errors import ValueProblem
from engine.names import normalised
from engine.ops import Shape
from engine.ops.row import written

_NAME = re.compile(r"\s*([^\W\d]\w*)\s*(?:\[\s*(\d{1,7}(?:\s*,\s*\d{1,7})*)\s*\])?\s*")


class Element(NamedTuple):
    """One number of a parameter, and where in it it stands; of shape [] the place is ()."""

    parameter: str
    place: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name on the wire, as nodes of the scalar graph have it."""
        inside = ",".join(map(str, self.place))
        return f"{self.parameter}[{inside}]" if inside else self.parameter

    def of(self, arrays: Mapping[str, Any]) -> float:
        """Return the number itself."""
        return float(np.asarray(arrays[self.parameter])[self.place])


def element(text: str, shapes: Mapping[str, Shape], pointer: str) -> Element:
    """Read the name of an element; `shapes` are those of all parameters.

    Raises ValueProblem for what is no element of them.
    """
    match = _NAME.fullmatch(text)
    known = normalised(match[1]) if match else ""
    if match is None or known not in shapes:
        raise ValueProblem(
            f"{text[:40] or 'The empty text'} names no number of a parameter; accepted are "
            f"{', '.join(_example(*row) for row in shapes.items())}, and so on.",
            pointer=pointer,
        )
    place = tuple(int(part) for part in match[2].split(",")) if match[2] else ()
    shape = shapes[known]
    if len(place) != len(shape) or any(i >= n for i, n in zip(place, shape, strict=True)):
        raise ValueProblem(
            f"{text[:40]} is no element of {known}, which has the shape {written(shape)}; its "
            f"elements are counted from 0: {_example(known, shape)} is the first"
            + (f", {_last(known, shape)} the last." if shape else ", and the only one."),
            pointer=pointer,
        )
    return Element(known, place)


def latex(model: Model, wanted: Element) -> str:
    """Return the symbol of an element, as the scalar graph writes it."""
    labels = engine.labels(model.graph, model.labels)
    if not wanted.place:
        return labels[wanted.parameter].latex
    origin = {wanted.name: (wanted.parameter, wanted.place)}
    return engine.element_labels(labels, origin)[wanted.name]


def _example(name: str, shape: Shape) -> str:
    return Element(name, (0,) * len(shape)).name


def _last(name: str, shape: Shape) -> str:
    return Element(name, tuple(n - 1 for n in shape)).name
