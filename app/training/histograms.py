"""How the numbers of a node are spread: its values, and its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from app import wire
from engine.errors import ValueProblem
from engine.ops import Array

if TYPE_CHECKING:
    from app.training.session import Session


def histograms(session: Session, node: str, bins: int) -> dict[str, Any]:
    """Return the histogram of a node's values, and of its gradients if it has any.

    Raises ValueProblem for a name that is no node.
    """
    values = session.tensor(node)
    try:
        grads = histogram(session.tensor(node, "grad"), bins)
    except ValueProblem:
        grads = None
    return {"node": node, "values": histogram(values, bins), "grads": grads}


def histogram(array: Array, bins: int) -> dict[str, Any]:
    """Return counts between edges of equal distance, and how many numbers are not finite."""
    flat = np.ravel(array)
    finite = flat[np.isfinite(flat)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    # Numbers so large that their distance overflows, or all alike, have no bins of their own.
    apart = np.isfinite(high - low) and low + (high - low) / bins > low
    counts, edges = (
        np.histogram(finite, bins, (low, high))
        if apart
        else (np.array([len(finite)]), np.array([low, high]))
    )
    with np.errstate(all="ignore"):
        mean, deviation = (finite.mean(), finite.std()) if len(finite) else (None, None)
    return {
        "edges": wire.numbers(edges),
        "counts": counts.tolist(),
        "size": len(flat),
        "not_finite": len(flat) - len(finite),
        "mean": wire.numbers(mean),
        "deviation": wire.numbers(deviation),
    }
