"""Short programs that were read before: their graphs, and what their edges say in symbols.

A class asks for the same small programs again and again, with other numbers. What depends on the
text alone is kept for the programs asked for last; numbers are always computed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import engine
from engine import Graph

# Characters of a program that is kept, and how many are: some megabytes in all.
SHORT = 300
KEPT = 256


def graph(program: str) -> Graph:
    """Return what `engine.parse` returns; raises as it does."""
    return _graph(program) if len(program) <= SHORT else engine.parse(program)


def is_known(graph_of: Graph) -> bool:
    """Whether it is what `graph` returns for its program, and is kept."""
    return len(graph_of.program) <= SHORT and graph(graph_of.program) is graph_of


_graph = lru_cache(KEPT)(engine.parse)


class Wording(NamedTuple):
    """What decides how the edges of a program of single numbers are written."""

    program: str
    labels: frozenset[tuple[str, str]]
    language: str | None


@lru_cache(KEPT)
def edges(_wording: Wording) -> dict[int, dict[str, Any]]:
    """Return the place for what edges say, by number."""
    return {}
