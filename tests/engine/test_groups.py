"""Nodes of a group as one node, with statistics."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Descent, EngineError, Run, evaluate, parse
from engine.groups import collapse, statistics

NETWORK = "s1 = x @ W1 + b1; a1 = relu(s1); s2 = a1 @ W2; a2 = sigmoid(s2); L = mse(a2, y)"
GROUPS = {"W1": "layer1", "b1": "layer1", "%1": "layer1", "s1": "layer1", "a1": "layer1",
          "W2": "layer2", "s2": "layer2", "a2": "layer2", "L": "loss", "y": "loss"}  # fmt: skip


@pytest.fixture
def run() -> Run:
    rng = np.random.default_rng(4)
    values = {"x": rng.normal(size=(6, 3)), "W1": rng.normal(size=(3, 4)), "b1": np.zeros(4),
              "W2": rng.normal(size=(4, 1)), "y": rng.uniform(size=(6, 1))}  # fmt: skip
    return evaluate(parse(NETWORK), values, ["x", "y"], Descent(0.1, ("W1", "b1", "W2")))


def test_each_group_is_one_node(run: Run) -> None:
    found = collapse(run, GROUPS)
    assert [group.id for group in found.groups] == ["x", "layer1", "layer2", "loss"]
    assert [group.path for group in found.groups] == [None, "layer1", "layer2", "loss"]
    assert [(edge.source, edge.target) for edge in found.edges] == [
        ("x", "layer1"), ("layer1", "layer2"), ("layer2", "loss"),
    ]  # fmt: skip
    assert found.groups[2].args == ("layer1",)
    assert found.groups[1].outputs == ("a1",)
    assert found.output == "loss"
    for edge in found.edges:
        assert all(run.edges[k].target in GROUPS for k in edge.edges)


def test_statistics_are_of_all_numbers_of_the_group(run: Run) -> None:
    layer = collapse(run, GROUPS).groups[1]
    values = np.concatenate([np.ravel(run.values[name]) for name in ("%1", "s1", "a1")])
    assert layer.values is not None
    assert layer.values.min == values.min()
    assert layer.values.max == values.max()
    assert layer.values.mean == pytest.approx(values.mean())
    assert layer.values.norm == pytest.approx(np.sqrt(np.sum(values**2)))
    assert layer.values.zeros == np.mean(values == 0) > 0
    assert layer.weights is not None
    assert layer.weights.size == 16
    assert layer.weight_grads is not None
    grads = [np.ravel(np.asarray(run.grads[name])) for name in ("W1", "b1")]
    assert layer.weight_grads.norm == pytest.approx(np.linalg.norm(np.concatenate(grads)))


def test_constants_have_no_gradients(run: Run) -> None:
    found = {group.id: group for group in collapse(run, GROUPS).groups}
    assert found["x"].weight_grads is None
    assert found["x"].values is None
    assert found["loss"].weight_grads is None
    assert found["loss"].grads is not None


def test_every_step_is_in_one_group_step(run: Run) -> None:
    steps = collapse(run, GROUPS).steps
    assert [index for step in steps for index in step.steps] == list(range(len(run.steps)))
    assert [(step.phase, step.group) for step in steps] == [
        ("forward", "layer1"), ("forward", "layer2"), ("loss", "loss"), ("backward", "loss"),
        ("backward", "layer2"), ("backward", "layer1"), ("update", "layer1"),
        ("update", "layer2"),
    ]  # fmt: skip


def test_without_groups_nothing_changes(run: Run) -> None:
    found = collapse(run, {})
    assert [group.id for group in found.groups] == [node.id for node in run.graph.nodes]


def test_groups_that_need_each_other_are_refused(run: Run) -> None:
    with pytest.raises(EngineError, match="need each other"):
        collapse(run, {"s1": "a", "s2": "a", "a1": "b", "%1": "c"})
    with pytest.raises(EngineError, match="no node q"):
        collapse(run, {"q": "a"})
    with pytest.raises(EngineError, match="name of a node"):
        collapse(run, {"s1": "x"})


def test_what_is_not_finite_is_kept() -> None:
    found = statistics(np.array([1.0, np.nan]))
    assert not found.finite
    assert np.isnan(found.mean)
    assert statistics(np.array([])).size == 0
