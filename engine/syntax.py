"""Python's parser, one text at a time.

CPython 3.11 counts the depth of a tree that it hands out in one place for all threads: if two of
them parse at once, one may be told that a sound text is broken (SystemError, gh-106905).
"""

from __future__ import annotations

import ast
from threading import Lock

_ALONE = Lock()


def module(text: str) -> ast.Module:
    """Return the tree of a text; raises what `ast.parse` raises."""
    with _ALONE:
        return ast.parse(text)


def expression(text: str) -> ast.expr:
    """Return the tree of one expression; raises what `ast.parse` raises."""
    with _ALONE:
        return ast.parse(text, mode="eval").body
