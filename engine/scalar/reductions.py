"""Sums, means, extremes and the softmax family, element by element.

Where scores are large, a whole number near the largest is taken out of the exponentials, as a
number and not as a node: it cancels out, so that it has no influence on the gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .element import Cells, Element, gathered, total

Fold = Callable[[Sequence[Element]], Element]
Along = Callable[[Sequence[Element]], Sequence[Element]]


def reduce(fold: Fold, x: Cells, axis: int | None, keepdims: bool) -> Cells:
    """Fold the elements along an axis, or all of them, to one."""
    rows: Cells = np.reshape(x, (1, x.size)) if axis is None else np.moveaxis(x, axis, -1)
    out: Cells = np.empty(rows.shape[:-1], dtype=object)
    for index in np.ndindex(out.shape):
        out[index] = fold(rows[index])
    if axis is None:
        return np.reshape(out, (1,) * x.ndim if keepdims else ())
    return np.expand_dims(out, axis) if keepdims else out


def along(rule: Along, x: Cells, axis: int) -> Cells:
    """Replace the elements of each row along an axis."""
    rows = np.moveaxis(x, axis, -1)
    out: Cells = np.empty(rows.shape, dtype=object)
    for index in np.ndindex(rows.shape[:-1]):
        for k, element in enumerate(rule(rows[index])):
            out[(*index, k)] = element
    return np.moveaxis(out, -1, axis)


def mean(row: Sequence[Element]) -> Element:
    """The sum of some elements over their number."""
    return row[0] if len(row) == 1 else total(row) / float(len(row))


# Largest score whose exponential is written as it is.
ORDINARY = 20.0


def _shift(row: Sequence[Element]) -> float:
    """What to take off before exponentials: nothing of ordinary scores."""
    top = float(np.max([element.value for element in row]))
    if abs(top) <= ORDINARY:
        return 0.0
    return float(round(top)) if np.isfinite(top) else top


def _exponentials(row: Sequence[Element], shift: float) -> list[Element]:
    return [(x - shift if shift else x).to("exp") for x in row]


def softmax_row(row: Sequence[Element]) -> list[Element]:
    """e^x over their sum."""
    parts = _exponentials(row, _shift(row))
    whole = total(parts)
    return [part / whole for part in parts]


def logsumexp_row(row: Sequence[Element]) -> Element:
    """ln Σ e^x, or ln Σ e^(x − m) + m."""
    shift, row = _moved(row)
    whole = _logarithm(row)
    return whole + shift if shift else whole


def log_softmax_row(row: Sequence[Element]) -> list[Element]:
    """x − ln Σ e^x, or (x − m) − ln Σ e^(x − m)."""
    _, row = _moved(row)
    whole = _logarithm(row)
    return [x - whole for x in row]


def _moved(row: Sequence[Element]) -> tuple[float, Sequence[Element]]:
    """Return what is taken off, and the row less it."""
    shift = _shift(row)
    if not shift or not np.isfinite(shift):
        return 0.0, row
    return shift, [x - shift for x in row]


def _logarithm(row: Sequence[Element]) -> Element:
    return total([x.to("exp") for x in row]).to("log")


def deviations(row: Sequence[Element]) -> list[Element]:
    """x less the mean.

    Where all lie close together, far from 0, the first is taken off before, as a number: that
    cancels out, and leaves 0 where all are equal.
    """
    values = np.array([x.value for x in row])
    if np.ptp(values) < np.max(np.abs(values)) / 8:
        row = [x - float(values[0]) for x in row]
    middle = mean(row)
    return [x - middle for x in row]


def product(row: Sequence[Element]) -> Element:
    """Multiply from left to right."""
    whole = row[0]
    for x in row[1:]:
        whole = whole * x
    return whole


def norm(row: Sequence[Element]) -> Element:
    """√Σx², in one node."""
    return row[0].maker.apply("length", *row)


def _var(x: Cells, axis: int | None, keepdims: bool, correction: int) -> Cells:
    def fold(row: Sequence[Element]) -> Element:
        return total([d**2.0 for d in deviations(row)]) / float(len(row) - correction)

    return reduce(fold, x, axis, keepdims)


def _std(x: Cells, axis: int | None, keepdims: bool, correction: int) -> Cells:
    def fold(row: Sequence[Element]) -> Element:
        return norm(deviations(row)) / float(np.sqrt(len(row) - correction))

    return reduce(fold, x, axis, keepdims)


def _layer_norm(x: Cells, eps: float) -> Cells:
    def rule(row: Sequence[Element]) -> list[Element]:
        apart = deviations(row)
        scale = (mean([d**2.0 for d in apart]) + eps).to("sqrt")
        return [d / scale for d in apart]

    return along(rule, x, -1)


def _logsumexp(x: Cells, axis: int) -> Cells:
    return reduce(logsumexp_row, x, axis, False)


def _sum(row: Sequence[Element]) -> Element:
    return total(row)


RULES: dict[str, Callable[..., Cells]] = {
    "sum": partial(reduce, _sum),
    "mean": partial(reduce, mean),
    "max": partial(reduce, partial(gathered, "largest", first=False)),
    "min": partial(reduce, partial(gathered, "smallest")),
    "prod": partial(reduce, product),
    "norm": partial(reduce, norm),
    "var": _var,
    "std": _std,
    "layer_norm": _layer_norm,
    "softmax": partial(along, softmax_row),
    "log_softmax": partial(along, log_softmax_row),
    "logsumexp": _logsumexp,
}
