"""What is laid over a graph's answer where it is a network's: layers, addresses, its own update."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from engine.ops import Array

Row = dict[str, Any]


class Overlay(Protocol):
    """Changes an answer, and says where in it stand which numbers of its own.

    `laid` reads no numbers of the answer that it is given, so that it may change an outline of it.
    """

    @property
    def kind(self) -> Any:
        """All that decides what `laid` does, but for its numbers, as JSON's types."""

    @property
    def numbers(self) -> Sequence[Array]:
        """Numbers that `laid` puts in, in the order of their places."""

    def laid(self, answer: Row) -> Row:
        """Return the answer changed; what it puts in is its own each time."""

    def places(self, answer: Row) -> Iterable[tuple[Row, str]]:
        """Return where in a changed answer its numbers stand; a place may hold None."""
