"""What can go wrong with the store itself, as sentences."""

from __future__ import annotations


class StoreProblem(Exception):
    """The store cannot be opened, read or written; the sentence says why."""


class Taken(Exception):
    """Another write has come first: the version has moved, or the key is already used."""
