from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training.graph_answer import NetworkGraphAnswer
from app.training.requests import NetworkPatch
from app.training.session import Session
from engine.errors import EngineError
from tests.app.training.networks import LINE, begun

OPTIMIZERS: list[dict[str, Any]] = [
    {"name": "sgd", "learning_rate": 0.5},
    {"name": "sgd", "learning_rate": 0.5, "momentum": 0.9, "weight_decay": 0.1},
    {"name": "adam", "learning_rate": 0.1},
    {"name": "rmsprop", "centered": True},
]


def by_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {node["id"]: node for node in answer["nodes"]}


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=str)
def test_the_pass_last_run_is_shown_with_the_parameters_that_it_used(
    optimizer: dict[str, Any],
) -> None:
    session = begun(optimizer=optimizer, batch_size=3)
    session.step("iteration", 4)
    old = session.view()["parameters"]
    found = session.step("update")
    answer = session.graph()
    assert answer["value"] == pytest.approx(found.losses[0], rel=1e-14)
    assert answer["rows"] == [0, 1, 2]
    nodes = by_id(answer)
    new = session.view()["parameters"]
    for update in answer["updates"]:
        name = update["parameter"]
        assert nodes[name]["kind"] == "parameter"
        assert update["old"] == old[name] == nodes[name]["value"]
        assert update["new"] == new[name]
        np.testing.assert_allclose(update["gradient"], nodes[name]["grad"], rtol=1e-12, atol=1e-15)
        moved = np.array(update["old"]) + np.array(update["change"])
        np.testing.assert_allclose(moved, new[name], rtol=1e-14)


def test_the_graph_stands_still_while_the_phases_of_one_iteration_go_on() -> None:
    session = begun()
    session.step("iteration", 2)
    answers = []
    for phase in ("forward", "loss", "backward", "update"):
        session.step(phase)
        answers.append(session.graph(explain="en"))
    assert answers[0] == answers[1] == answers[2] == answers[3]


@pytest.mark.parametrize("detail", ["layer", "tensor", "scalar"])
@pytest.mark.parametrize("rows", [None, [2], [0, 3]])
def test_every_detail_keeps_the_sums_of_the_contributions(
    detail: str, rows: list[int] | None
) -> None:
    session = begun(optimizer={"name": "adam"})
    session.step("iteration", 3)
    answer = session.graph(detail, rows)
    NetworkGraphAnswer.model_validate({**answer, "iteration": 3, "links": {"page": ""}})
    assert answer["detail"] == detail
    known: set[str] = set()
    for node in answer["nodes"]:
        assert set(node["args"]) <= known
        known.add(node["id"])
        if node["grad"] is None or node["kind"] == "parameter":
            continue
        parts = [np.array(edge["contribution"]) for edge in answer["edges"]
                 if edge["source"] == node["id"]]  # fmt: skip
        total = sum(parts) if parts else np.array(1.0)
        np.testing.assert_allclose(total, node["grad"], rtol=1e-12, atol=1e-15)
    assert [step["index"] for step in answer["steps"]] == list(range(len(answer["steps"])))
    assert bool(answer["updates"]) == (rows is None)


def test_the_mean_over_rows_alone_is_the_mean_of_their_losses() -> None:
    session = begun()
    session.step("iteration")
    alone = [session.graph(rows=[row])["value"] for row in range(4)]
    assert session.graph(rows=[1, 3])["value"] == pytest.approx((alone[1] + alone[3]) / 2)
    assert session.graph()["value"] == pytest.approx(sum(alone) / 4)


def test_details_agree_with_each_other() -> None:
    session = begun()
    tensor, scalar, layer = (
        by_id(session.graph(detail)) for detail in ("tensor", "scalar", "layer")
    )
    for i in range(4):
        for j in range(3):
            element = scalar[f"a1[{i},{j}]"]
            assert element["value"] == pytest.approx(tensor["a1"]["value"][i][j], rel=1e-12)
            assert element["grad"] == pytest.approx(tensor["a1"]["grad"][i][j], rel=1e-12)
            assert element["group"] == "layer1"
    np.testing.assert_allclose(layer["layer1"]["value"], tensor["a1"]["value"], rtol=1e-14)
    np.testing.assert_allclose(layer["layer1"]["grad"], tensor["a1"]["grad"], rtol=1e-12)
    assert layer["layer1"]["layer"]["parameters"] == ["W1", "b1"]
    assert list(layer) == ["x", "layer1", "layer2", "y", "L"]
    facts = layer["layer1"]["statistics"]
    flat = np.concatenate([np.ravel(tensor[name]["grad"]) for name in ("W1", "b1")])
    assert facts["weight_grads"]["norm"] == pytest.approx(float(np.linalg.norm(flat)), rel=1e-12)
    assert (facts["weights"]["size"], facts["values"]["size"]) == (9, 36)


def test_a_layers_step_takes_the_steps_of_its_tensors_and_says_what_they_say() -> None:
    session = begun()
    tensor, layer = (session.graph(detail, explain="en") for detail in ("tensor", "layer"))
    taken = [index for step in layer["steps"] for index in step["steps"]]
    assert sorted(taken) == list(range(len(tensor["steps"])))
    assert [(step["phase"], step["node"]) for step in layer["steps"]] == [
        ("forward", "layer1"), ("forward", "layer2"), ("loss", "L"), ("backward", "L"),
        ("backward", "L"), ("backward", "layer2"), ("backward", "layer1"), ("update", "layer1"),
        ("update", "layer2"),
    ]  # fmt: skip
    for step in layer["steps"]:
        assert tensor["steps"][step["steps"][0]]["text"] in step["text"]


def test_a_large_tensor_has_an_address() -> None:
    session = begun(layers=[{"units": 600}, {"units": 1}])
    node = by_id(session.graph(url=lambda name: f"/networks/1/parameters/{name}"))["W1"]
    assert node["value"] is None
    assert node["summary"]["url"] == "/networks/1/parameters/W1"


def test_a_steps_rule_is_that_of_the_optimizer() -> None:
    session = begun(optimizer={"name": "adam"})
    steps = {lang: session.graph(explain=lang)["steps"] for lang in ("en", "pt-BR")}
    assert "beta" in steps["en"][-1]["latex"]
    assert steps["en"][-1]["text"] != steps["pt-BR"][-1]["text"]
    assert "text" in steps["en"][0]


def test_a_program_has_no_layers_to_fold() -> None:
    session = begun(LINE)
    assert list(by_id(session.graph("layer"))) == list(by_id(session.graph("tensor")))


@pytest.mark.parametrize(
    ("detail", "rows", "pointer"),
    [("atom", None, "/detail"), ("tensor", [4], "/rows"), ("tensor", [-1], "/rows"),
     ("tensor", [], "/rows"), ("tensor", [True], "/rows"), ("tensor", [0] * 1001, "/rows")],
)  # fmt: skip
def test_other_details_and_rows_are_refused(
    detail: str, rows: list[int] | None, pointer: str
) -> None:
    with pytest.raises(EngineError) as caught:
        begun().graph(detail, rows)
    assert caught.value.pointer == pointer


def test_a_graph_costs_the_training_nothing() -> None:
    shown, plain = begun(optimizer={"name": "adam"}), begun(optimizer={"name": "adam"})
    for _ in range(3):
        shown.step("backward")
        shown.graph("layer")
        shown.graph(rows=[1])
        shown.step("update")
        shown.graph("scalar")
        plain.step("iteration")
    assert shown.state == plain.state
    assert Session.resume(shown.spec, shown.state).graph() == shown.graph()


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=str)
def test_an_update_that_was_done_stays_as_it_was_under_new_settings(
    optimizer: dict[str, Any],
) -> None:
    session = begun(optimizer=optimizer)
    session.step("iteration", 2)
    before = session.graph(explain="en")
    session.patch(NetworkPatch(optimizer={"learning_rate": 0.001}))
    after = session.graph(explain="en")
    for one, other in zip(before["updates"], after["updates"], strict=True):
        assert {**one, "change": 0, "terms": []} == {**other, "change": 0}
        np.testing.assert_allclose(one["change"], other["change"], rtol=1e-9, atol=1e-15)
    assert "0.001" not in after["steps"][-1]["latex"]


def test_parameters_that_are_not_taken_apart_are_updated_whole() -> None:
    answer = begun().graph(expand=["W2"])
    names = [update["parameter"] for update in answer["updates"]]
    assert names == ["W1", "b1", "W2[0,0]", "W2[1,0]", "W2[2,0]", "b2"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=str)
@pytest.mark.parametrize("detail", ["tensor", "scalar"])
def test_every_update_is_told_term_by_term(optimizer: dict[str, Any], detail: str) -> None:
    session = begun(optimizer=optimizer, batch_size=3)
    session.step("iteration", 3)
    answer = session.graph(detail)
    NetworkGraphAnswer.model_validate({**answer, "iteration": 3, "links": {"page": ""}})
    for update in answer["updates"]:
        told = {term["name"]: term for term in update["terms"]}
        assert told["p"]["value"] == update["old"]
        assert told["g"]["value"] == update["gradient"]
        assert told["new_p"]["value"] == update["new"]
        step = np.array(told["step_taken"]["value"])
        np.testing.assert_allclose(-step, update["change"], rtol=1e-6, atol=1e-9)
        if optimizer["name"] == "adam":
            assert told["t"]["value"] == 3
            assert np.shape(told["m_hat"]["value"]) == np.shape(update["old"])


def test_an_update_under_settings_since_changed_has_no_terms() -> None:
    session = begun()
    session.step("iteration")
    session.patch(NetworkPatch.model_validate({"optimizer": {"learning_rate": 0.25}}))
    assert all(update["terms"] == [] for update in session.graph()["updates"])
    session.step("iteration")
    assert all(update["terms"] for update in session.graph()["updates"])
