"""Whether a run can be done by hand: few digits, none of them large, and enough that flows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..evaluate import Run
from ..ops import Array
from ..questions.digits import rounded

# Significant digits of every number that is asked for, and the largest of them.
DIGITS = 3
LARGEST = 400.0
# An updated weight is w − 0.1·g, with the digits of both.
UPDATED = 4
# Of so many numbers, one may be 0.
ZEROS = 8


def tidy(run: Run, exact: bool, flows: bool = True) -> bool:
    """Whether what is to be found is finite and not large, if `exact` of few digits.

    Where it `flows`, little of it is 0.
    """
    found = list(_found(run))
    if not all(np.isfinite(one).all() and np.abs(one).max() <= LARGEST for one in found):
        return False
    nothing = sum(not one.any() for one in found)
    if flows and (nothing > len(found) // ZEROS or not found[-1].any()):
        return False
    updated = [np.asarray(one.new) for one in run.updates]
    return not exact or (_short(found, DIGITS) and _short(updated, UPDATED))


def _found(run: Run) -> Iterator[Array]:
    """Yield every value and gradient that is computed, and what each edge carries."""
    for node in run.graph.nodes:
        if node.op is not None:
            yield np.asarray(run.values[node.id])
    for edge in run.edges:
        if edge.contribution is not None:
            yield np.asarray(edge.contribution)
            yield np.asarray(run.grads[edge.source])


def _short(numbers: list[Array], digits: int) -> bool:
    if not numbers:
        return True
    flat = np.concatenate([one.ravel() for one in numbers])
    return bool(np.allclose(rounded(flat, digits), flat, rtol=1e-12, atol=1e-15))
