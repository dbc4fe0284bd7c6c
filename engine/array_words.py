"""What an array is given as: how sentences about it begin, said only where one is needed."""

from __future__ import annotations

from typing import NamedTuple

from .sentence import Sentence, said


class ArrayWords(NamedTuple):
    """The templates of what begins a sentence about an array, its elements and its axes."""

    alone: str
    elements: str
    axes: str


VALUE = ArrayWords(
    "The value {name}",
    "The number of elements of the value {name} is",
    "The number of axes of the value {name} is",
)
PARAMETER = ArrayWords(
    "The parameter {name}",
    "The number of elements of the parameter {name} is",
    "The number of axes of the parameter {name} is",
)
DIRECTION = ArrayWords(
    "The direction of {name}",
    "The number of elements of the direction of {name} is",
    "The number of axes of the direction of {name} is",
)
DATA = ArrayWords(
    "The data {name}",
    "The number of elements of the data {name} is",
    "The number of axes of the data {name} is",
)
ARRAY = ArrayWords(
    "The array {name}",
    "The number of elements of the array {name} is",
    "The number of axes of the array {name} is",
)
FIELD = ArrayWords(
    "The field {name}",
    "The number of elements of the field {name} is",
    "The number of axes of the field {name} is",
)
LIST = ArrayWords(
    "The list",
    "The number of elements of the list is",
    "The number of axes of the list is",
)


class Given(NamedTuple):
    """An array as it is given: of which kind, under which name."""

    words: ArrayWords
    name: str = ""

    def alone(self) -> Sentence:
        """Begin a sentence about the array."""
        return said(self.words.alone, self._name())

    def elements(self) -> Sentence:
        """Begin a sentence about how many elements it has."""
        return said(self.words.elements, self._name())

    def axes(self) -> Sentence:
        """Begin a sentence about how many axes it has."""
        return said(self.words.axes, self._name())

    def _name(self) -> dict[str, str]:
        return {"name": self.name} if self.name else {}
