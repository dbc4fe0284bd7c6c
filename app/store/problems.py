"""What can go wrong with the store itself, as sentences."""

from __future__ import annotations


class StoreProblem(Exception):
    """The store cannot be opened, read or written; the sentence says why."""


class StoreFull(StoreProblem):
    """The store holds as much as it may, or as fits on its disk; what is there can be read."""


class Taken(Exception):
    """Another write has come first: the version has moved, or the key is already used."""
