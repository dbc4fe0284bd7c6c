"""The numbers of a run in the order in which its answer shows them, without the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

import engine
from app import wire
from app.limits import DOOR
from engine import Edge, Run, Update
from engine.ops import Array
from engine.passes import Backward

Row = dict[str, Any]
# Members of an answer's rows that hold numbers, in the order in which `of_run` gathers them.
NUMBERS = (("nodes", "value"), ("nodes", "grad"), ("edges", "local"), ("edges", "contribution"),
           ("steps", "total"), ("updates", "old"), ("updates", "gradient"), ("updates", "change"),
           ("updates", "new"))  # fmt: skip
SUMMARY = ("min", "max", "mean", "norm")
UPDATED = attrgetter("old", "gradient", "change", "new")


def flat(numbers: Sequence[Array], all_scalars: bool) -> NDArray[np.float64]:
    """Return numbers in one row, without arrays that are left out for their size."""
    if all_scalars:
        return np.fromiter(numbers, np.float64, len(numbers))
    most = DOOR.elements_on_the_wire
    return np.concatenate([np.ravel(one) for one in numbers if np.size(one) <= most])


def of_run(run: Run, value: Array, factored: Iterable[int], large: Iterable[str]) -> list[Array]:
    """Return a run's numbers: in the order of `NUMBERS`, the output's first; factors; summaries."""
    # The graph's nodes come first in both, in their order, and aliases after them.
    count = len(run.graph.nodes)
    values, grads = islice(run.values.values(), count), islice(run.grads.values(), count)
    factors = (factor for index in factored for factor in engine.factors(run, index) or ())
    return [
        *gathered(value, values, grads, run.edges, run.totals.values(), run.updates),
        *(factor.value for factor in factors),
        *(number for name in large for number in _summary(run.values[name])),
    ]


def summarised(answer: Row) -> Iterator[tuple[Row, str]]:
    """Yield the places of an answer for the numbers of summaries, in the order of `of_run`."""
    for node in answer["nodes"]:
        for name in SUMMARY if node["summary"] else ():
            yield node["summary"], name


def _summary(value: Array) -> list[Array]:
    facts = wire.summary(value)
    assert facts is not None, "only what is left out for its size has a summary"
    return [np.asarray(facts[name], np.float64) for name in SUMMARY]


def gathered(
    value: Array,
    values: Iterable[Array],
    grads: Iterable[Array | None],
    edges: Sequence[Edge | Backward],
    totals: Iterable[Array],
    updates: Sequence[Update],
) -> list[Array]:
    """Return numbers in the order of `NUMBERS`, the output's first."""
    return [
        value,
        *values,
        *[grad for grad in grads if grad is not None],
        *[local for edge in edges if (local := edge.local) is not None],
        *[carried for edge in edges if (carried := edge.contribution) is not None],
        *totals,
        *chain.from_iterable(zip(*map(UPDATED, updates), strict=True)),
    ]
