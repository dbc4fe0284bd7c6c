"""Gradients row by row, and what the gradient of the batch is of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import EngineError, check_gradients, parse
from engine.samples import per_sample

NETWORK = "h = tanh(x @ W1 + b1); o = h @ W2 + b2; L = {}"


def values(target: Any) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {"x": rng.normal(size=(5, 3)), "W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=4),
            "W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=2), "y": target}  # fmt: skip


TARGET = np.eye(2)[[0, 1, 1, 0, 1]]


@pytest.mark.parametrize(
    "loss", ["mse(o, y)", "half_mse(o, y)", "cross_entropy(o, y)", "bce_with_logits(o, y)",
             "bce(sigmoid(o), y)", "mean(sum((o - y) ** 2, axis=1))"],
)  # fmt: skip
def test_the_mean_is_the_batchs_gradient_for_means(loss: str) -> None:
    found = per_sample(parse(NETWORK.format(loss)), values(TARGET), ["x", "y"])
    assert (found.relation, found.notice) == ("mean", None)
    assert set(found.grads) == {"W1", "b1", "W2", "b2"}
    for name, rows in found.grads.items():
        assert rows.shape == (5, *np.shape(found.batch[name]))
        np.testing.assert_allclose(found.mean[name], found.batch[name], 1e-11, 1e-14)
        assert np.ptp(rows, axis=0).max() > 0
    assert len(found.values) == 5


def test_each_rows_gradient_is_that_of_the_row_alone() -> None:
    given = values(TARGET)
    graph = parse(NETWORK.format("cross_entropy(o, y)"))
    found = per_sample(graph, given, ["x", "y"])
    alone = {**given, "x": given["x"][2:3], "y": given["y"][2:3]}
    checks = check_gradients(graph, alone, ["x", "y"])
    for name, check in checks.items():
        np.testing.assert_allclose(found.grads[name][2], check.numeric, 1e-5, 1e-7)


def test_a_sum_over_rows_is_said_to_be_one() -> None:
    found = per_sample(parse(NETWORK.format("sum((o - y) ** 2)")), values(TARGET), ["x", "y"])
    assert found.relation == "sum"
    assert "sum" in str(found.notice)


def test_what_mixes_rows_is_neither() -> None:
    found = per_sample(parse("f = mean(x * w) ** 2"), {"x": [1, 2, 4], "w": 3}, ["x"])
    assert found.relation == "other"
    assert "neither" in str(found.notice)


@pytest.mark.parametrize(
    ("batch", "pointer"),
    [(["x", "W"], "/batch"), (["q"], "/batch/0"), (["x", "b"], "/batch/1"), ([], "/batch")],
)
def test_wrong_batches_are_refused(batch: list[str], pointer: str) -> None:
    graph = parse("f = sum(x @ W) + b")
    with pytest.raises(EngineError) as caught:
        per_sample(graph, {"x": np.ones((2, 3)), "W": np.ones((3, 1)), "b": 1}, batch)
    assert caught.value.pointer == pointer


def test_an_output_that_is_no_number_is_refused() -> None:
    with pytest.raises(EngineError, match="number as output"):
        per_sample(parse("f = x * w"), {"x": [1, 2], "w": 1}, ["x"])
