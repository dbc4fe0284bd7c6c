"""No digits are lost where a shorter formula would subtract, or pass by 0 or infinity."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import engine

SLOPES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("silu(x)", {"x": 1e12}, {"x": 1.0}),
    ("silu(x)", {"x": 1e200}, {"x": 1.0}),
    ("sum(silu(x))", {"x": [1e12, -1e12]}, {"x": [1.0, 0.0]}),
    ("x / y", {"x": 1e200, "y": 1e160}, {"y": -1e-120}),
    ("x / y", {"x": 1e-200, "y": 1e-170}, {"y": -1e140}),
    ("x / y", {"x": 0.0, "y": 1e-200}, {"y": 0.0}),
    ("sum(x / y)", {"x": [1e200, 1.0], "y": [1e160, 1.0]}, {"y": [-1e-120, -1.0]}),
)


def plan(program: str, values: dict[str, Any]) -> engine.Plan:
    return engine.compile(
        engine.parse(program), values, list(values), {"name": "sgd", "learning_rate": 0.0}
    )


@pytest.mark.parametrize(("program", "values", "slopes"), SLOPES)
def test_slopes_far_out(program: str, values: dict[str, Any], slopes: dict[str, Any]) -> None:
    run = engine.evaluate(engine.parse(program), values)
    compiled = plan(program, values)
    compiled.train_step()
    for name, slope in slopes.items():
        for found in (run.grads[name], compiled.grads[name]):
            assert np.allclose(np.asarray(found), slope, rtol=1e-12, atol=0)


@pytest.mark.parametrize(("program", "values", "slopes"), SLOPES)
def test_slopes_far_out_as_a_graph(
    program: str, values: dict[str, Any], slopes: dict[str, Any]
) -> None:
    found = engine.gradients(engine.parse(program), values, list(slopes))
    run = engine.evaluate(found.graph, values)
    for name, slope in slopes.items():
        assert np.allclose(run.values[found.of[name]], slope, rtol=1e-12, atol=0)


@pytest.mark.parametrize("shift", [-1e12, -1e8, 1e3, 1e8, 1e12])
@pytest.mark.parametrize("program", ["log_softmax(x)[0]", "cross_entropy(x, [1, 0, 0])"])
def test_log_probabilities_of_large_scores(program: str, shift: float) -> None:
    x = np.array([0.5, -1.0, 2.0])
    here = engine.evaluate(engine.parse(program), {"x": x})
    there = engine.evaluate(engine.parse(program), {"x": x + shift})
    compiled = plan(program, {"x": x + shift})
    apart = engine.expand(there)
    by_numbers = engine.evaluate(apart.graph, apart.values)
    for value in (there.value, by_numbers.value, compiled.train_step()):
        assert np.isclose(value, here.value, rtol=1e-12, atol=0)
    for slope in (there.grads["x"], compiled.grads["x"]):
        assert np.allclose(np.asarray(slope), np.asarray(here.grads["x"]), rtol=1e-12, atol=0)


def test_the_loss_of_a_confident_right_answer() -> None:
    values = {"s": [40.0, -40.0], "y": [1.0, 0.0]}
    run = engine.evaluate(engine.parse("bce_with_logits(s, y)"), values)
    for loss in (run.value, plan("bce_with_logits(s, y)", values).train_step()):
        assert np.isclose(loss, math.exp(-40), rtol=1e-9, atol=0)
