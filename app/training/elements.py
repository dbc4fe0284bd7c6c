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
from engine.sentence import Sentence, say

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
            say(
                "{name} names no number of a parameter; accepted are {names}, and so on.",
                name=text[:40] or say("The empty text"),
                names=[_example(*row) for row in shapes.items()],
            ),
            pointer=pointer,
        )
    place = tuple(int(part) for part in match[2].split(",")) if match[2] else ()
    shape = shapes[known]
    if len(place) != len(shape) or any(i >= n for i, n in zip(place, shape, strict=True)):
        raise ValueProblem(
            say(
                "{name} is no element of {parameter}, which has the shape {shape}; its elements "
                "are counted from 0: {counted}.",
                name=text[:40],
                parameter=known,
                shape=written(shape),
                counted=_counted(known, shape),
            ),
            pointer=pointer,
        )
    return Element(known, place)


def _counted(name: str, shape: Shape) -> Sentence:
    first = _example(name, shape)
    if not shape:
        return say("{first} is the first, and the only one", first=first)
    return say("{first} is the first, {last} the last", first=first, last=_last(name, shape))


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
