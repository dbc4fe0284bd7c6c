"""Templates of answers: what stands between their numbers, kept for the kinds used last."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple, TypeAlias

from app.answer_gaps import Gaps

Key: TypeAlias = bytes
MOST_BYTES = 64_000_000


class Placeholder(NamedTuple):
    """What of a number stands in a formula; see `engine.print_numeral`."""

    kind: str
    ref: str
    flag: str


class Template(NamedTuple):
    """Texts with an empty place after each, for bytes to be put in, and what goes there.

    That is a number, or in formulas one of those that are `printed`; and at the end the last
    members of the answer. `flat` says that every number has shape []; `factored` are the edges that
    show factors, `large` the nodes that are summarised; `wanted` are the nodes that have a
    gradient, None where there are gradients of nothing.
    """

    pieces: list[bytes]
    gaps: Gaps
    printed: tuple[Placeholder, ...]
    flat: bool
    factored: tuple[int, ...]
    large: tuple[str, ...]
    wanted: frozenset[str] | None
    size: int


class Templates:
    """Templates by kind of answer, those used last; a kind gets one when it is asked for again."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, Template | None] = OrderedDict()
        self._most, self._bytes, self._lock = most_bytes, 0, Lock()

    def get(self, key: Key) -> tuple[bool, Template | None]:
        """Return whether this kind was asked for before, and its template if it has one."""
        with self._lock:
            asked_before = key in self._kept
            found = self._kept.setdefault(key, None)
            self._kept.move_to_end(key)
            self._bytes += 0 if asked_before else _weight(None)
            self._shrink()
        return asked_before, found

    def peek(self, key: Key) -> Template | None:
        """Return a template if there is one, and count it as used."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found

    def put(self, key: Key, template: Template) -> None:
        """Keep a template, and let those go that were not used for longest."""
        with self._lock:
            if key in self._kept:
                self._bytes += template.size - _size(self._kept[key])
                self._kept[key] = template
            self._shrink()

    def _shrink(self) -> None:
        while self._bytes > self._most and self._kept:
            _, template = self._kept.popitem(last=False)
            self._bytes -= _weight(template)


def _weight(template: Template | None) -> int:
    return 500 + _size(template)


def _size(template: Template | None) -> int:
    return 0 if template is None else template.size
