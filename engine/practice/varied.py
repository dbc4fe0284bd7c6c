"""Other numbers for the same example: of its shapes, and such that it can be done by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ..errors import ValueProblem
from ..evaluate import Run, evaluate
from ..graph import Graph
from ..inputs import bind
from ..limits import DEFAULT
from ..ops import Array
from ..parse import parse
from ..seeds import check_seed, stream
from ..sentence import say
from .exercise import HALVES, SIGNED, plain
from .tidy import tidy

_DRAWS = 150
_FRACTIONS = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8])
# What never has few digits.
_ROUGH = frozenset({
    "sigmoid", "tanh", "exp", "log", "sqrt", "softmax", "log_softmax", "cross_entropy", "softplus",
    "gelu", "silu", "elu", "sin", "cos",
})  # fmt: skip
# First numbers with which everything has few digits; where there are none, small ones.
_EXACT = ((SIGNED, True), (HALVES, True))
_SMALL = ((HALVES, False),)


def varied(
    program: str, values: Mapping[str, Any], constants: Iterable[str], seed: int
) -> dict[str, Any]:
    """Return values for a program's leaves in the shapes of those given, determined by the seed.

    The example stays what it is: each number keeps its sign and whether it is a fraction, classes
    and fractions among the `constants` stay, and where that is possible every node has the sign
    that it had, so that a dead unit is a dead one. Raises EngineError for a program or values that
    are wrong, and where no draw gives finite numbers.
    """
    graph, fixed = parse(program), tuple(constants)
    leaves, _ = bind(graph, values, DEFAULT)
    rng = stream(check_seed(seed), "worksheet")
    before = evaluate(graph, leaves, fixed)
    for among, exact, kept in _ways(graph):
        for _ in range(_DRAWS):
            found = {name: _drawn(np.asarray(value, float), among, name in fixed, rng)
                     for name, value in leaves.items()}  # fmt: skip
            run = evaluate(graph, found, fixed)
            right = _other(found, leaves) and _fits(run, before, exact)
            if right and (not kept or _same(run, before)):
                return {name: plain(value.tolist()) for name, value in found.items()}
    raise ValueProblem(
        say("No numbers were found with which this program can be done by hand."), pointer="/values"
    )


def _ways(graph: Graph) -> Iterator[tuple[Array, bool, bool]]:
    """Yield what is drawn from, whether all has few digits, and whether signs are kept."""
    rough = any(node.op in _ROUGH for node in graph.nodes)
    for kept in (True, False):
        for among, exact in (*(() if rough else _EXACT), *_SMALL):
            yield among, exact, kept


def _drawn(given: Array, among: Array, data: bool, rng: np.random.Generator) -> Array:
    """Return numbers like those given; rows that name a class name another one."""
    whole = np.isin(given, (0, 1))
    if data and whole.all():
        return rng.permuted(given, axis=-1) if _one_hot(given) else given
    small = np.abs(given) < 1
    sized = np.where(small, rng.choice(_FRACTIONS, given.shape), _large(among, given.shape, rng))
    found = np.where(given < 0, -sized, sized)
    if given.ndim == 0 and given == 0 and not data:
        return np.asarray(rng.choice(among))
    return np.where((given == 0) | (small & data), given, found)


def _large(among: Array, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return rng.choice(np.unique(np.abs(among)[np.abs(among) >= 1]), shape)


def _one_hot(given: Array) -> bool:
    return given.ndim > 0 and given.shape[-1] > 1 and bool((given.sum(axis=-1) == 1).all())


def _other(found: Mapping[str, Array], given: Mapping[str, Any]) -> bool:
    return any(not np.array_equal(value, given[name]) for name, value in found.items())


def _fits(run: Run, before: Run, exact: bool) -> bool:
    """Whether a run can be done by hand; where nothing flowed before, nothing has to."""
    return tidy(run, exact) or (not tidy(before, False) and tidy(run, exact, flows=False))


def _same(run: Run, before: Run) -> bool:
    """Whether of every node as many elements as before are negative, 0 and positive."""
    return all(
        np.array_equal(_signs(run, node.id), _signs(before, node.id)) for node in run.graph.nodes
    )


def _signs(run: Run, node: str) -> Array:
    return np.sort(np.sign(run.values[node]), axis=None)
