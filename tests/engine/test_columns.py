"""A column of a plan holds the numbers that its values and gradients have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine

MATRICES = {"W": [[1.0, 2.0], [3.0, 4.0]], "x": [0.5, -1.5]}
LONG = "\n".join(["a0 = W * x", *(f"a{i + 1} = sin(a{i}) + 0.5" for i in range(320)), "a320 * 2"])
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "matrices": ("h = W @ x\nq = reshape(W.T, [4])\nL = sum(h * h) + 3 * sum(q)", MATRICES),
    "numbers": ("a = W * x\nb = a + a\nL = b * 2", {"W": 1.5, "x": -2.0}),
    "many numbers": (LONG, {"W": 1.5, "x": -2.0}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_column_holds_values_and_gradients_in_order(name: str) -> None:
    program, values = CASES[name]
    graph = engine.parse(program)
    plan = engine.compile(graph, values, ["W"])
    nodes = [node.id for node in graph.nodes]
    graded = [name for name in nodes if plan.grads[name] is not None]
    assert "W" in graded
    read = plan.column(nodes, graded)
    for _ in range(2):
        plan.run()
        parts = [plan.values[name] for name in nodes]
        parts += [np.asarray(plan.grads[name]) for name in graded]
        np.testing.assert_array_equal(read(), np.concatenate([np.ravel(part) for part in parts]))
        plan.train_step()
