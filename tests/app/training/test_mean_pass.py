from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training.graph_answer import NetworkGraphAnswer
from app.training.limits import TrainingLimits
from engine.errors import LimitError, ValueProblem
from tests.app.training.networks import begun

DETAILS = pytest.mark.parametrize("detail", ["layer", "tensor", "scalar"])


def edges(answer: dict[str, Any]) -> dict[tuple[Any, ...], Any]:
    return {(e["source"], e["target"], e["slot"]): e for e in answer["edges"]}


@DETAILS
def test_each_number_is_the_mean_of_those_of_the_rows(detail: str) -> None:
    session = begun(batch_size=3, optimizer={"name": "adam"})
    session.step("iteration", 3)
    found = session.graph(detail, "mean")
    NetworkGraphAnswer.model_validate({**found, "iteration": 3, "links": {"page": ""}})
    assert len(found["rows"]) == 3
    alone = [session.graph(detail, [row]) for row in found["rows"]]
    for number, node in enumerate(found["nodes"]):
        for key in ("value", "grad"):
            parts = [one["nodes"][number][key] for one in alone]
            if node[key] is None:
                assert parts == [None] * 3
            else:
                np.testing.assert_allclose(node[key], np.mean(parts, axis=0), rtol=1e-14, atol=0)
    for place, edge in edges(found).items():
        parts = [edges(one)[place] for one in alone]
        for name in ("local", "contribution"):
            if edge[name] is not None:
                mean = np.mean([part[name] for part in parts], axis=0)
                np.testing.assert_allclose(edge[name], mean, rtol=1e-14, atol=0)
        assert edge["factors"] is None


def test_the_mean_gradient_of_a_parameter_is_the_batch_s_and_is_what_the_update_uses() -> None:
    session = begun(batch_size=3)
    session.step("iteration", 2)
    found, batch = session.graph("tensor", "mean"), session.graph("tensor")
    whole = {node["id"]: node for node in batch["nodes"]}
    parameters = [node for node in found["nodes"] if node["kind"] == "parameter"]
    assert parameters
    for node in parameters:
        np.testing.assert_allclose(node["grad"], whole[node["id"]]["grad"], rtol=1e-12, atol=1e-16)
    assert found["value"] == pytest.approx(batch["value"], rel=1e-14)
    assert found["updates"] == batch["updates"]
    assert [step["phase"] for step in found["steps"]] == [step["phase"] for step in batch["steps"]]


def test_contributions_of_the_mean_add_up_and_the_notice_says_what_does_not() -> None:
    session = begun()
    session.step("iteration")
    found = session.graph("scalar", "mean")
    for node in found["nodes"]:
        parts = [edge["contribution"] for edge in found["edges"] if edge["source"] == node["id"]]
        if node["grad"] is not None and parts:
            assert sum(parts) == pytest.approx(node["grad"], rel=1e-12, abs=1e-15)
    assert "not the product of the means" in found["notices"][-1]


def test_what_cannot_be_said_of_a_mean_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    session = begun()
    with pytest.raises(ValueProblem, match="rows=mean goes without explain"):
        session.graph("tensor", "mean", "en")
    monkeypatch.setattr("app.training.mean_pass.TRAINING", TrainingLimits(mean_nodes=10))
    with pytest.raises(LimitError, match="at most"):
        session.graph("scalar", "mean")
