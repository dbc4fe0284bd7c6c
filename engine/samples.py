"""The gradient of each row of a batch, and whether their mean is the batch's gradient.

Each row is a graph run of its own with that row alone: leaves of the batch keep their first axis,
with one row. For a loss that is a mean over rows the mean of the rows' gradients is the gradient of
the batch; for a sum over rows it is their sum; otherwise (say, a mean over rows taken before) it is
neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import ValueProblem, over_limit
from .evaluate import evaluate
from .graph import Graph
from .inputs import bind
from .limits import DEFAULT, Limits
from .names import normalised
from .ops import Array
from .ops.row import written
from .sentence import Sentence, say
from .tensor import frozen

TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True)
class PerSample:
    """Gradients by row: `values[i]` the output for row i, `grads[name][i]` its gradient.

    `mean` averages over the rows, `batch` is the gradient of the whole; `relation` says what that
    is of the rows' gradients: their mean, their sum or other.
    """

    values: Array
    grads: Mapping[str, Array]
    mean: Mapping[str, Array]
    batch: Mapping[str, Array]
    relation: str
    notice: Sentence | None


def per_sample(
    graph: Graph,
    values: Mapping[str, Any],
    batch: Sequence[str],
    constants: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> PerSample:
    """Return the gradient of every leaf that is neither in the batch nor constant, row by row.

    `batch` names the leaves whose first axis counts rows. Raises ValueProblem if they have no rows,
    or different numbers of them, or the output is no number.
    """
    leaves, _ = bind(graph, values, limits)
    names = [graph.aliases.get(normalised(name), normalised(name)) for name in batch]
    rows = _rows(leaves, batch, names)
    fixed = {*constants, *names}
    whole = evaluate(graph, leaves, fixed, limits=limits)
    wanted = [name for name in graph.leaves if whole.grads[name] is not None]
    if np.size(whole.value) != 1:
        raise ValueProblem(
            say(
                "Gradients by row need a number as output: end the program with "
                "mean(...), sum(...) or a loss."
            )
        )
    size = rows * sum(np.size(leaves[name]) for name in wanted)
    if size > limits.total_elements:
        raise over_limit(
            "total_elements",
            limits.total_elements,
            size,
            say("The number of elements of all rows' gradients is"),
        )
    outputs: list[float] = []
    grads: dict[str, list[Any]] = {name: [] for name in wanted}
    for i in range(rows):
        one = {name: v[i : i + 1] if name in names else v for name, v in leaves.items()}
        run = evaluate(graph, one, fixed, limits=limits)
        outputs.append(float(np.reshape(run.value, ())))
        for name in wanted:
            grads[name].append(run.grads[name])
    stacked = {name: frozen(np.array(found)) for name, found in grads.items()}
    mean = {name: frozen(np.mean(found, axis=0)) for name, found in stacked.items()}
    known = {name: np.asarray(whole.grads[name]) for name in wanted}
    relation = _relation(mean, known, rows)
    return PerSample(frozen(outputs), stacked, mean, known, relation, _notice(relation))


def _rows(leaves: Mapping[str, Array], batch: Sequence[str], names: Sequence[str]) -> int:
    """Return the number of rows that all leaves of the batch have."""
    sizes = {}
    for i, (given, name) in enumerate(zip(batch, names, strict=True)):
        if name not in leaves:
            raise ValueProblem(
                say(
                    "{name} is no leaf of the program; a batch is made of leaves with rows.",
                    name=given,
                ),
                pointer=f"/batch/{i}",
            )
        if not np.ndim(leaves[name]) or not len(leaves[name]):
            raise ValueProblem(
                say(
                    "{name} has the shape {shape}; a leaf of the batch has its rows "
                    "along the first axis, at least one.",
                    name=given,
                    shape=written(np.shape(leaves[name])),
                ),
                pointer=f"/batch/{i}",
            )
        sizes[given] = len(leaves[name])
    if len(set(sizes.values())) != 1:
        counts = [say("{name} has {rows}", name=name, rows=n) for name, n in sizes.items()]
        raise ValueProblem(
            say(
                "All leaves of the batch must have the same number of rows; {counts}.",
                counts=counts or say("none is named"),
            ),
            pointer="/batch",
        )
    return next(iter(sizes.values()))


def _relation(mean: Mapping[str, Array], batch: Mapping[str, Array], rows: int) -> str:
    """Return what the batch's gradient is of the rows' gradients; for one row, their mean."""
    for word, factor in (("mean", 1), ("sum", rows)):
        if all(_close(factor * mean[name], batch[name]) for name in mean):
            return word
    return "other"


def _close(one: Any, two: Any) -> bool:
    scale = max(float(np.max(np.abs(two), initial=0.0)), 1e-300)
    with np.errstate(all="ignore"):
        return bool(np.allclose(one, two, TOLERANCE, TOLERANCE * scale, equal_nan=True))


def _notice(relation: str) -> Sentence | None:
    if relation == "mean":
        return None
    what = say("their sum") if relation == "sum" else say("neither their mean nor their sum")
    return say(
        "The gradient of the batch is not the mean of its rows' gradients but {what}: the output "
        "is no mean over rows.",
        what=what,
    )
