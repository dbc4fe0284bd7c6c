from __future__ import annotations

import numpy as np
import orjson
import pytest

from app.training import blobs, frames
from app.training.session import Session
from app.training.state import Checkpoint
from tests.app.training.networks import LINE, begun


def finite(arrays: blobs.Arrays) -> bool:
    return all(np.isfinite(value).all() for value in arrays.values())


def test_training_stops_where_the_loss_leaves_the_range_and_says_by_which_way() -> None:
    session = begun(LINE, optimizer={"name": "sgd", "learning_rate": 1e3})
    start = session.state.parameters_blob
    found = session.step("iteration", 1000)
    assert found.stopped == "nonfinite"
    assert found.at == len(found.losses) + 1 == session.state.iteration + 1
    assert np.isfinite(found.losses).all()
    assert found.node == "L"
    assert any("p → L" in sentence for sentence in found.where)
    assert finite(session.arrays)
    assert session.state.phase == "loss"
    assert session.view()["loss"] == "Infinity"
    again = session.step("iteration")
    assert (again.stopped, again.losses) == ("nonfinite", [])
    kept = session.state.iteration
    back = session.replay([(0, session.spec)], Checkpoint(0, start), 3)
    assert back.state.iteration == 3
    assert back.state.furthest == kept


def test_a_gradient_that_leaves_the_range_is_not_applied() -> None:
    session = begun(LINE, program="p = exp(w) * exp(-w) * x + 0 * b\nL = mean(p - p + y)",
                    parameters={"w": 800.0, "b": 0.0})  # fmt: skip
    found = session.step("iteration")
    assert (found.stopped, found.at) == ("nonfinite", 1)
    assert session.arrays["w"] == 800
    assert found.where


def test_an_update_that_leaves_the_range_is_taken_back() -> None:
    session = begun(
        LINE, program="L = 1e200 * w * mean(x) + b - b", parameters={"w": 1.0, "b": 0.0},
        optimizer={"name": "sgd", "learning_rate": 1e200},
    )  # fmt: skip
    found = session.step("iteration")
    assert (found.stopped, found.at, found.node) == ("nonfinite", 1, None)
    assert "learning rate" in found.where[0]
    assert (session.state.phase, session.arrays["w"]) == ("backward", 1)


def test_a_remedy_is_named() -> None:
    session = begun(LINE, program="p = log(sigmoid(x * w + b))\nL = mean(p) + 0 * mean(y)",
                    parameters={"w": -1000.0, "b": 0.0})  # fmt: skip
    found = session.step("loss")
    assert found.stopped == "nonfinite"
    assert any("-softplus" in sentence for sentence in found.where)


@pytest.mark.parametrize("detail", ["layer", "tensor", "scalar"])
@pytest.mark.parametrize("activation", ["linear", "relu", "exp"])
def test_a_pass_that_left_the_range_can_be_shown_and_copied(detail: str, activation: str) -> None:
    session = begun(
        layers=[{"units": 3, "activation": activation}, {"units": 1}],
        optimizer={"name": "sgd", "learning_rate": 1e8, "momentum": 0.9}, loss="mse",
    )  # fmt: skip
    found = session.step("iteration", 1000)
    assert found.stopped == "nonfinite"
    answer = session.graph(detail, explain="pt-BR")
    orjson.dumps(answer)
    orjson.dumps(session.view())
    frames.frame(session)
    other = Session.resume(session.spec, session.state)
    assert other.view() == session.view()
    assert other.step("iteration").where == session.step("iteration").where
