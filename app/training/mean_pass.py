"""The mean over passes of one row each: what a batch says on the whole, in the shape of one row.

Every value, gradient, local gradient and contribution is averaged by itself. Sums stay sums: the
contributions of a node still add up to its gradient, and a parameter's mean gradient is the
batch's. Products do not: the mean of global × local is not the product of the means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from app import details
from app.details import Shown
from app.graph_models import GraphRequest
from app.training.limits import TRAINING
from engine import Run
from engine.errors import over_limit
from engine.ops import Array
from engine.sentence import say

K = TypeVar("K")
A = TypeVar("A", Array, "Array | None")


def averaged(asked: Sequence[GraphRequest]) -> Shown:
    """Evaluate each request, one per row, and return what is shown of their mean.

    Raises LimitError where rows and nodes are too many together.
    """
    first = details.shown(asked[0])
    work = len(asked) * len(first.run.graph.nodes)
    if work > TRAINING.mean_nodes:
        error = over_limit("mean_nodes", TRAINING.mean_nodes, work, say("Rows times nodes are"))
        error.pointer = "/rows"
        raise error
    views = [first, *map(details.shown, asked[1:])]
    notice = say(
        "Every number is the mean over {rows} rows, taken by itself: contributions add up, but a "
        "mean of products is not the product of the means.",
        rows=len(asked),
    )
    run, whole = mean([view.run for view in views]), mean([view.whole for view in views])
    whole = replace(whole, notices=(*first.whole.notices, notice))
    return replace(first, run=run, whole=whole)


def mean(runs: Sequence[Run]) -> Run:
    """Return a run of the same graph whose numbers are the means of all runs'."""
    first = runs[0]
    edges = tuple(
        edge._replace(
            local=_mean([run.edges[index].local for run in runs]),
            contribution=_mean([run.edges[index].contribution for run in runs]),
        )
        for index, edge in enumerate(first.edges)
    )
    return replace(
        first,
        value=_mean([run.value for run in runs]),
        values=_means(runs, lambda run: run.values),
        grads=_means(runs, lambda run: run.grads),
        befores=_means(runs, lambda run: run.befores),
        totals=_means(runs, lambda run: run.totals),
        edges=edges,
    )


def _means(runs: Sequence[Run], part: Callable[[Run], Mapping[K, A]]) -> dict[K, A]:
    parts = [part(run) for run in runs]
    return {name: _mean([one[name] for one in parts]) for name in parts[0]}


def _mean(arrays: Sequence[A]) -> A:
    """Return the mean of arrays of one shape; where there are none, there is none."""
    if arrays[0] is None:
        return arrays[0]
    with np.errstate(all="ignore"):
        found: Array = np.mean(np.array(arrays, np.float64), axis=0)
    return found
