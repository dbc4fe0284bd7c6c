"""What can go wrong with the store itself, as sentences."""

from __future__ import annotations

from engine.sentence import Sentence


class StoreProblem(Exception):
    """The store cannot be opened, read or written; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StoreFull(StoreProblem):
    """The store holds as much as it may, or as fits on its disk; what is there can be read."""


class Taken(Exception):
    """Another write has come first: the version has moved, or the key is already used."""


class Moved(Taken):
    """The version has moved, and nothing was written: what is committed with it is kept."""
