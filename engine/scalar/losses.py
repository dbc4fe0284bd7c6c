"""Losses element by element: one term per element or row, their sum, and its mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..ops.row import count
from .element import Cells, Element, cell, each, total
from .reductions import log_softmax_row


def _over(whole: Element, n: int) -> Element:
    return whole if n == 1 else whole / float(n)


def _mean_of(op: str) -> Callable[[Cells, Cells], Cells]:
    """Return the rule of a loss that is the mean of itself over all elements."""

    def rule(x: Cells, y: Cells) -> Cells:
        return cell(_over(total(each(op, x, y).flat), x.size))

    return rule


def _half_mse(x: Cells, y: Cells) -> Cells:
    rows = count(x.shape[:-1]) if x.ndim > 1 else x.size
    return cell(_over(total(each("half_mse", x, y).flat), rows))


def _cross_entropy(x: Cells, y: Cells) -> Cells:
    targets = np.broadcast_to(y, x.shape)
    terms = []
    for index in np.ndindex(x.shape[:-1]):
        scores = log_softmax_row(x[index])
        terms += [t * s for t, s in zip(targets[index], scores, strict=True)]
    return cell(_over(-total(terms), count(x.shape[:-1])))


RULES: dict[str, Callable[..., Cells]] = {
    "mse": _mean_of("mse"),
    "half_mse": _half_mse,
    "bce": _mean_of("bce"),
    "bce_with_logits": _mean_of("bce_with_logits"),
    "cross_entropy": _cross_entropy,
}
