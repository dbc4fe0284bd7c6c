"""How much a program may ask for. Every limit is checked before memory is taken."""

from __future__ import annotations

from dataclasses import dataclass

from .given_limits import given


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one graph and its evaluation; `depth` counts nesting, not the terms of a chain."""

    program_characters: int = 8_000
    nodes: int = 10_000
    depth: int = 200
    dimensions: int = 4
    array_elements: int = 200_000
    total_elements: int = 2_000_000
    multiply_adds: int = 200_000_000


DEFAULT = Limits(**given(Limits))
