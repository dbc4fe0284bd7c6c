"""A training that left the range of numbers: why, what to try, where to go back to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.clinic import before
from app.store.segments import Segment
from tests.app.client import Client, problem
from tests.app.networks import Networks

LINE: dict[str, Any] = {
    "inputs": 1, "layers": [{"units": 3, "activation": "relu"}, {"units": 1}], "loss": "mse",
    "data": {"name": "line"}, "optimizer": {"name": "sgd", "learning_rate": 1000.0},
}  # fmt: skip


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


def diverged(networks: Networks, **changes: Any) -> tuple[str, dict[str, Any]]:
    network = str(networks.make(**{**LINE, **changes})["id"])
    stopped = networks.step(network, "iteration", 1000)
    assert stopped["stopped"] == "nonfinite"
    return network, stopped


def diagnosis(networks: Networks, network: str, language: str = "en") -> dict[str, Any]:
    return networks.done("GET", f"/{network}/diagnosis?explain={language}")


def test_too_large_a_learning_rate_is_named_in_both_languages(networks: Networks) -> None:
    network, stopped = diverged(networks)
    found = diagnosis(networks, network)
    assert (found["finite"], found["kind"], found["node"]) == (False, "value", stopped["node"])
    assert found["path"][-1] == stopped["node"]
    assert len(found["path"]) > 2
    assert "The way there: " in found["text"]
    [rate] = [row for row in found["advice"] if row["name"] == "rate"]
    assert "1000" in rate["text"]
    assert rate["change"] == {"optimizer": {"learning_rate": 0.1}}
    told = diagnosis(networks, network, "pt-BR")
    assert "O caminho até lá: " in told["text"]
    assert any("taxa de aprendizado" in row["text"] for row in told["advice"])


def test_back_before_the_trouble_and_with_the_advice_it_goes_on(networks: Networks) -> None:
    network, stopped = diverged(networks)
    found = diagnosis(networks, network)
    assert 0 <= found["before"] < stopped["iteration"]
    networks.done("POST", f"/{network}/rewind", {"iteration": found["before"]})
    assert diagnosis(networks, network)["finite"]
    networks.done("PATCH", f"/{network}", found["advice"][0]["change"])
    assert "stopped" not in networks.step(network, "iteration", 50)


def test_a_change_that_was_too_bold_is_undone_by_going_back(networks: Networks) -> None:
    network = str(
        networks.make(**{**LINE, "optimizer": {"name": "sgd", "learning_rate": 0.01}})["id"]
    )
    networks.step(network, count=20)
    networks.done("PATCH", f"/{network}", {"optimizer": {"learning_rate": 1000.0}})
    assert networks.step(network, count=1000)["stopped"] == "nonfinite"
    assert diagnosis(networks, network)["before"] == 19
    back = networks.done("POST", f"/{network}/rewind", {"iteration": 19})
    assert back["spec"]["optimizer"]["learning_rate"] == 0.01


def test_a_first_iteration_out_of_range_blames_no_update(networks: Networks) -> None:
    network, _ = diverged(
        networks, parameters={"W1": [[1e200, 1.0, 1.0]], "W2": [[1e200], [1.0], [1.0]]}
    )
    found = diagnosis(networks, network)
    assert found["before"] is None
    assert [row["name"] for row in found["advice"]] == ["start"]


def test_a_formula_that_leaves_the_range_is_named_with_a_better_one(networks: Networks) -> None:
    network = networks.make(
        program="p = log(sigmoid(x * w))\nL = mean(p) + 0 * mean(y)", trainable=["w"],
        parameters={"w": -1000.0}, data={"x": [1.0, 2.0], "y": [0.0, 1.0]},
        inputs=None, layers=None, loss=None,
    )["id"]  # fmt: skip
    networks.step(network, "loss")
    [first, *_] = diagnosis(networks, network)["advice"]
    assert first["name"] == "formula"
    assert "-softplus" in first["text"]


def test_an_update_out_of_range_names_its_parameter(networks: Networks) -> None:
    network = networks.make(
        program="L = 1e200 * w * mean(x) + 0 * mean(y)", trainable=["w"], parameters={"w": 1.0},
        data={"x": [1.0, 2.0], "y": [0.0, 1.0]}, inputs=None, layers=None, loss=None,
        optimizer={"name": "sgd", "learning_rate": 1e200, "momentum": 0.5},
    )["id"]  # fmt: skip
    assert networks.step(network)["stopped"] == "nonfinite"
    found = diagnosis(networks, network)
    assert (found["kind"], found["node"], found["path"]) == ("update", "w", ["w"])
    assert [row["name"] for row in found["advice"]] == ["rate", "momentum"]


def test_large_inputs_are_to_be_standardised(networks: Networks) -> None:
    data = {"x": [[100.0], [2000.0]], "y": [[1.0], [0.0]]}
    network, _ = diverged(networks, data=data)
    assert "standardise" in {row["name"] for row in diagnosis(networks, network)["advice"]}


@pytest.mark.parametrize("phase", ["forward", "loss", "backward", "update"])
def test_nothing_is_the_matter_with_numbers_in_range(networks: Networks, phase: str) -> None:
    network = networks.make()["id"]
    networks.step(network, phase)
    assert diagnosis(networks, network)["finite"]
    problem(networks.ask("GET", f"/{network}/diagnosis?explain=de"), 422)


def columns(*loss: float) -> dict[str, Any]:
    return {"iteration": np.arange(1, len(loss) + 1), "loss": np.array(loss)}


def test_before_is_where_the_loss_was_last_no_higher_than_at_first() -> None:
    assert before(columns(2, 1, 0.5, 1.5, 9, 80), ()) == 3
    assert before(columns(2, 5, 30), ()) == 0
    assert before({}, ()) is None
    patched = [Segment(0, {}), Segment(3, {}, {"batch_size": 2})]
    assert before(columns(2, 1, 0.5, 1.5, 9, 80), patched) == 2
