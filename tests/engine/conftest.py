"""The lecture's program and its numbers."""

from __future__ import annotations

import pytest


@pytest.fixture
def chain() -> str:
    """The two-neuron chain of the lecture."""
    return "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)"


@pytest.fixture
def chain_values() -> dict[str, float]:
    """The lecture's numbers for it."""
    return {"x1": 1.0, "w1": -0.5, "w2": 0.5, "y": 1.0}
