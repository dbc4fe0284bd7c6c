"""Other numbers for a program: of the same shapes, and such that it can be done by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ..errors import ValueProblem
from ..evaluate import evaluate
from ..inputs import bind
from ..limits import DEFAULT
from ..parse import parse
from ..seeds import check_seed, stream
from ..sentence import say
from .exercise import HALVES, SIGNED, TENTHS, drawn
from .tidy import tidy

_DRAWS = 300
# First numbers with which everything has few digits; where there are none, small ones.
_WAYS = ((SIGNED, True), (HALVES, True), (TENTHS, False), (HALVES, False))


def varied(
    program: str, values: Mapping[str, Any], constants: Iterable[str], seed: int
) -> dict[str, Any]:
    """Return values for a program's leaves in the shapes of those given, determined by the seed.

    Raises EngineError for a program or values that are wrong, and where no draw gives finite
    numbers.
    """
    graph, fixed = parse(program), tuple(constants)
    leaves, _ = bind(graph, values, DEFAULT)
    rng = stream(check_seed(seed), "worksheet")
    for among, exact in _WAYS:
        for _ in range(_DRAWS):
            found = {name: drawn(among, np.shape(value), rng) for name, value in leaves.items()}
            if tidy(evaluate(graph, found, fixed), exact):
                return found
    raise ValueProblem(
        say("No numbers were found with which this program can be done by hand."), pointer="/values"
    )
