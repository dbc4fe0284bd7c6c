"""Trainings side by side are the trainings that each network would have had alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training import comparison
from app.training.comparison import Contestant, contestants
from app.training.limits import TRAINING
from app.training.requests import NetworkRequest, NetworkSettings
from engine.errors import EngineError, LimitError
from tests.app.training.networks import LINE, XOR, begun


def compared(
    *settings: dict[str, Any],
    base: dict[str, Any] = XOR,
    iterations: int | None = 30,
    epochs: int | None = None,
) -> list[Contestant]:
    rows = [NetworkSettings.model_validate(one) for one in settings]
    return contestants(NetworkRequest.model_validate(base), rows, iterations, epochs)


def finished(one: Contestant, seconds: float = 1.0) -> dict[str, Any]:
    while one.runs:
        one.advance(seconds)
    return one.told()


def rate(value: float) -> dict[str, Any]:
    return {"optimizer": {"name": "sgd", "learning_rate": value}}


def test_each_is_the_training_that_the_network_has_alone() -> None:
    for one, changes in zip(
        compared(rate(0.1), {"seed": 5, "batch_size": 3, "shuffle": True}, {}),
        (rate(0.1), {"seed": 5, "batch_size": 3, "shuffle": True}, {}), strict=True,
    ):  # fmt: skip
        told = finished(one)
        alone = begun(**changes)
        losses = alone.step("iteration", 30).losses
        assert told["curve"] == {"iterations": list(range(1, 31)), "loss": list(losses)}
        assert told["loss"] == losses[-1]
        assert (told["iteration"], told["of"]) == (30, 30)
        assert one.session.state.parameters_blob == alone.state.parameters_blob


def test_slices_change_nothing() -> None:
    [fast], [slow] = compared({}), compared({})
    finished(fast)
    while slow.runs:
        slow.advance(1e-5)
    assert slow.told() == fast.told()


def test_fields_take_the_place_of_the_network_s_as_a_whole() -> None:
    base = {**XOR, "optimizer": {"name": "sgd", "learning_rate": 1.0, "momentum": 0.9}}
    [adam, deep] = compared({"optimizer": {"name": "adam"}}, {"layers": [{"units": 1}]}, base=base)
    assert adam.session.spec.optimizer["learning_rate"] == 0.001
    assert deep.session.model.trainable == ("W1", "b1")
    assert deep.session.spec.optimizer["momentum"] == 0.9


def test_epochs_are_counted_by_each_network_s_own_batches() -> None:
    rows = compared({"batch_size": 1}, {"batch_size": 3}, {}, iterations=None, epochs=7)
    assert [one.iterations for one in rows] == [28, 14, 7]
    told = finished(rows[1])
    assert (told["epoch"], told["per_epoch"]) == (7, 2)


def test_what_comes_of_it_is_measured_over_all_rows_with_the_last_parameters() -> None:
    [one] = compared({"batch_size": 3})
    finished(one)
    whole = begun()
    whole.patch(comparison_patch(one))
    assert one.final()["loss"] == whole.step("loss").loss
    answers = np.array(one.answers([[0, 0], [0, 1], [1, 0], [1, 1]])["outputs"])[:, 0]
    right = float(np.mean((answers > 0.5) == np.array([False, True, True, False])))
    assert one.final()["accuracy"] == right


def comparison_patch(one: Contestant) -> Any:
    from app.training.requests import NetworkPatch

    names = one.session.model.trainable
    values = {name: np.array(one.session.arrays[name]).tolist() for name in names}
    return NetworkPatch.model_validate({"parameters": values})


def test_one_that_diverges_says_where_and_the_others_go_on() -> None:
    high, low = compared(rate(1e3), rate(0.01), base=LINE, iterations=500)
    told = finished(high)
    assert told["stopped"] == "nonfinite"
    assert told["at"] == told["iteration"] + 1 < 500
    assert told["node"] in high.session.model.graph
    assert np.isfinite(told["curve"]["loss"]).all()
    assert not high.runs and low.runs
    assert finished(low)["iteration"] == 500
    assert "stopped" not in low.told()


def test_a_long_curve_is_thinned_and_keeps_its_extremes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "POINTS", 20)
    [one] = compared({"batch_size": 1}, iterations=400)
    curve = finished(one)["curve"]
    losses = begun(batch_size=1).step("iteration", 400).losses
    assert len(curve["iterations"]) <= 20
    assert (curve["iterations"][0], curve["iterations"][-1]) == (1, 400)
    assert curve["loss"] == [losses[i - 1] for i in curve["iterations"]]
    assert {max(losses), min(losses)} <= set(curve["loss"])


@pytest.mark.parametrize(
    ("settings", "base", "pointer"),
    [
        ([{}, {"optimizer": {"name": "nope"}}], XOR, "/settings/1/optimizer"),
        ([{"layers": [{"units": 2}]}], XOR, "/network/data/y"),
        ([{"program": "L = mse(x, y)"}], XOR, "/settings/0/program"),
        ([{"seed": 1}], {**XOR, "loss": "nope"}, "/network/loss"),
        ([{"batch_size": 9}], XOR, "/settings/0/batch_size"),
    ],
)
def test_what_makes_no_network_is_refused_where_it_stands(
    settings: list[dict[str, Any]], base: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(EngineError) as refused:
        compared(*settings, base=base)
    assert (refused.value.pointer or "").startswith(pointer), refused.value.pointer


@pytest.mark.parametrize(
    ("given", "pointer"), [({"iterations": 10**6}, "/iterations"),
                           ({"iterations": None, "epochs": 10**6}, "/epochs")],
)  # fmt: skip
def test_a_training_that_is_too_long_is_refused(given: dict[str, Any], pointer: str) -> None:
    with pytest.raises(LimitError) as refused:
        compared({}, **given)
    assert refused.value.pointer == pointer
    assert refused.value.limit is not None
    assert refused.value.limit.value == TRAINING.compared_iterations
