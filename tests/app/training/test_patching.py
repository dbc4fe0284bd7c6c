from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training.requests import NetworkPatch
from app.training.session import Session
from app.training.spec import Spec
from engine.errors import EngineError
from tests.app.training.networks import LINE, begun


def test_settings_change_and_the_slots_stay() -> None:
    changed, same = (begun(optimizer={"name": "adam"}) for _ in range(2))
    for session in (changed, same):
        session.step("iteration", 3)
    spec, state = changed.patch(NetworkPatch(optimizer={"learning_rate": 0.5}))
    assert spec.request["optimizer"] == {**same.spec.optimizer, "learning_rate": 0.5}
    assert state == same.state
    changed.step("iteration")
    same.step("iteration")
    moved = changed.arrays["W1"] - same.before["W1"] if same.before else np.zeros(1)
    assert changed.arrays["W1.exp_avg"].tolist() == same.arrays["W1.exp_avg"].tolist()
    assert np.abs(moved).max() > 100 * np.abs(same.arrays["W1"] - changed.before["W1"]).max()  # type: ignore[index]


def test_another_optimizer_begins_anew_and_keeps_the_learning_rate() -> None:
    session = begun(optimizer={"name": "adam", "learning_rate": 0.25})
    session.step("iteration", 3)
    parameters = session.view()["parameters"]
    session.patch(NetworkPatch(optimizer={"name": "sgd", "momentum": 0.9}))
    assert session.spec.optimizer["learning_rate"] == 0.25
    assert not any("exp_avg" in name for name in session.arrays)
    found = session.step("iteration")
    fresh = begun(optimizer={"name": "sgd", "momentum": 0.9, "learning_rate": 0.25},
                  parameters=parameters).step("iteration")  # fmt: skip
    assert found.losses == fresh.losses
    assert found.records[0].norms == fresh.records[0].norms
    assert session.view()["iteration"] == 4


@pytest.mark.parametrize("wanted", [{"name": "sgd", "momentum": 0.9}, {"name": "adagrad"}])
def test_with_another_optimizer_the_pass_last_run_is_still_shown(wanted: dict[str, Any]) -> None:
    session = begun(optimizer={"name": "adam"})
    session.step("iteration", 3)
    loss, graph, kept = session.view()["loss"], session.graph(), session.view()["parameters"]
    session.patch(NetworkPatch(optimizer=wanted))
    resumed = Session.resume(session.spec, session.state)
    assert resumed.view()["phase"] == "update"
    assert resumed.view()["loss"] == loss
    assert resumed.graph()["nodes"] == graph["nodes"]
    new = {update["parameter"]: update["new"] for update in resumed.graph()["updates"]}
    assert new == kept


def test_parameters_change_and_the_pass_is_void() -> None:
    session = begun()
    session.step("backward")
    spec, state = session.patch(NetworkPatch(parameters={"b1": [1.0, 2.0, 3.0]}))
    assert state.phase == "start"
    assert session.view()["parameters"]["b1"] == [1, 2, 3]
    assert spec == session.spec
    assert session.view()["loss"] is None


def test_another_batch_size_begins_an_epoch() -> None:
    session = begun(batch_size=3)
    session.step("iteration", 3)
    assert session.view()["epoch"] == 1
    session.patch(NetworkPatch(batch_size=1))
    view = session.view()
    assert (view["epoch"], view["batch"]["index"], view["batch"]["of"]) == (2, 0, 4)
    assert len(session.step("epoch").losses) == 4
    assert session.view()["epoch"] == 3


def test_at_the_end_of_an_epoch_no_epoch_is_cut_short() -> None:
    session = begun(batch_size=2)
    session.step("epoch", 3)
    session.patch(NetworkPatch(batch_size=1))
    assert session.view()["epoch"] == 3


def test_other_data_keep_all_rows_as_the_batch() -> None:
    session = begun()
    session.patch(NetworkPatch(data={"x": [[0.0, 1.0], [1.0, 1.0]], "y": [[0.0], [1.0]]}))
    assert session.spec.request["batch_size"] == 2
    assert session.step("iteration").loss is not None
    session.patch(NetworkPatch(data={"name": "moons", "samples": 10}))
    assert session.spec.request["batch_size"] == 10


def test_a_program_takes_other_data_of_another_number_of_rows() -> None:
    session = begun(LINE, batch_size=2)
    session.patch(NetworkPatch(data={"x": [0.0], "y": [5.0]}))
    assert session.spec.request["batch_size"] == 1
    session.step("iteration", 1000)
    assert session.predict([0.0])["outputs"] == pytest.approx([5])


def test_a_schedule_comes_and_goes() -> None:
    session = begun()
    session.patch(NetworkPatch(schedule={"name": "warmup", "iterations": 2}))
    assert session.step("iteration").records[0].learning_rate == 0.25
    session.patch(NetworkPatch(schedule=None, name="Two moons"))
    assert session.step("iteration").records[0].learning_rate == 0.5
    assert session.spec.request["name"] == "Two moons"


def test_what_came_after_is_dropped() -> None:
    session = begun()
    session.step("iteration", 5)
    assert session.patch(NetworkPatch(shuffle=True))[1].furthest == 5


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({}, ""),
        ({"parameters": {"W9": [1.0]}}, "/parameters/W9"),
        ({"parameters": {"b1": [1.0]}}, "/parameters/b1"),
        ({"parameters": {"b1": "one"}}, "/parameters/b1"),
        ({"optimizer": {"name": "newton"}}, "/optimizer/name"),
        ({"optimizer": {"momentun": 0.5}}, "/optimizer/momentun"),
        ({"optimizer": {"learning_rate": -1}}, "/optimizer/learning_rate"),
        ({"batch_size": 5}, "/batch_size"),
        ({"batch_size": None}, "/batch_size"),
        ({"data": {"name": "sine"}}, "/data/x"),
        ({"parameters": {"b2": [2.0]}, "batch_size": 5}, "/batch_size"),
        ({"schedule": {"name": "steps"}}, "/schedule/name"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(changes: dict[str, Any], pointer: str) -> None:
    session = begun()
    session.step("loss")
    spec, view = session.spec, session.view()
    with pytest.raises(EngineError) as caught:
        session.patch(NetworkPatch.model_validate(changes))
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")
    assert (session.spec, session.view()) == (spec, view)


def test_a_spec_with_a_moved_origin_comes_back_from_storage() -> None:
    session = begun(batch_size=3)
    session.step("iteration")
    spec, _ = session.patch(NetworkPatch(batch_size=2))
    assert tuple(spec.origin) == (1, 1, 0)
    assert Spec.load(spec.dump()) == spec
