"""Rows of a batch by themselves, against the pass over one row alone and the update's gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training import row_passes
from engine.errors import LimitError, ValueProblem
from tests.app.training.networks import LINE, begun

SUM: dict[str, Any] = {"program": "p = x * w + b\nL = sum((p - y) ** 2)"}
SPREAD: dict[str, Any] = {"program": "p = x * w + b\nL = sum((p - mean(p)) ** 2) + mean(y)"}


def by_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {node["id"]: node for node in answer["nodes"]}


@pytest.mark.parametrize("iterations", [0, 1, 2, 5])
def test_each_row_is_the_pass_over_that_row_alone(iterations: int) -> None:
    session = begun(batch_size=3, shuffle=True, seed=4)
    if iterations:
        session.step("iteration", iterations)
    found = row_passes.listed(session, 0, 100, None)
    batch = session.graph()
    assert [one["row"] for one in found["rows"]] == batch["rows"]
    assert found["of"] == len(batch["rows"]) == (1 if iterations in (2,) else 3)
    for one in found["rows"]:
        alone = session.graph(rows=[one["row"]])
        nodes = by_id(alone)
        assert (one["x"], one["y"]) == (nodes["x"]["value"][0], nodes["y"]["value"][0])
        assert one["loss"] == pytest.approx(alone["value"], rel=1e-14)
        assert one["prediction"] == pytest.approx(nodes["a2"]["value"][0], rel=1e-14)
        for name in ("W1", "b1", "W2", "b2"):
            np.testing.assert_allclose(one["gradients"][name], nodes[name]["grad"], rtol=1e-13)


def test_the_mean_over_the_rows_is_the_gradient_of_the_update() -> None:
    session = begun(batch_size=3)
    session.step("iteration")
    found = row_passes.listed(session, 0, 100, None)
    assert found["relation"] == "mean"
    updates = {one["parameter"]: one["gradient"] for one in session.graph()["updates"]}
    assert found["gradients"] == updates
    assert found["loss"] == pytest.approx(np.mean([one["loss"] for one in found["rows"]]))
    for name, gradient in updates.items():
        rows = [one["gradients"][name] for one in found["rows"]]
        np.testing.assert_allclose(np.mean(rows, axis=0), gradient, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize(("program", "relation"), [(SUM, "sum"), (SPREAD, "other"), ({}, "mean")])
@pytest.mark.parametrize("count", [1, 4])
def test_what_the_batch_is_of_its_rows_depends_on_the_loss(
    program: dict[str, Any], relation: str, count: int
) -> None:
    session = begun(LINE, **program, parameters={"w": 0.5, "b": 0.0})
    session.step("iteration")
    found = row_passes.listed(session, 0, count, ["w"])
    assert found["relation"] == relation
    assert [set(one["gradients"]) for one in found["rows"]] == [{"w"}] * count
    if relation == "sum" and count == 4:
        total = sum(one["gradients"]["w"] for one in found["rows"])
        assert total == pytest.approx(found["gradients"]["w"], rel=1e-13)


def test_a_part_of_the_rows_has_the_gradient_of_all() -> None:
    session = begun(batch_size=4)
    whole, part = (row_passes.listed(session, *window, ["b1"]) for window in ((0, 9), (1, 2)))
    assert part["rows"] == whole["rows"][1:3]
    assert part["gradients"] == whole["gradients"]
    assert (part["start"], part["of"]) == (1, 4)


def test_scores_are_answered_as_probabilities_and_x_as_it_was_given() -> None:
    session = begun(
        layers=[{"units": 3}], inputs=4, loss="cross_entropy", data={"name": "iris"},
        standardise=True, batch_size=5,
    )  # fmt: skip
    found = row_passes.listed(session, 0, 5, [])
    for one in found["rows"]:
        assert sum(one["prediction"]) == pytest.approx(1)
        assert one["gradients"] == {}
        assert one["x"] == session.model.table.x[one["row"]].tolist()


def test_wrong_questions_are_refused() -> None:
    session = begun()
    with pytest.raises(ValueProblem, match="no parameter W9"):
        row_passes.listed(session, 0, 4, ["W9"])
    with pytest.raises(ValueProblem, match="start may be 0 to 3"):
        row_passes.listed(session, 4, 4, None)
    wide = begun(layers=[{"units": 200}, {"units": 200}, {"units": 1}])
    with pytest.raises(LimitError):
        row_passes.listed(wide, 0, 4, None)
    assert len(row_passes.listed(wide, 0, 4, ["b2"])["rows"]) == 4
