"""The loss over a plane, as the interface answers it: of a network that has a past."""

from __future__ import annotations

from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from tests.app.client import Client, problem, running
from tests.app.networks import Networks

PLANE = "a=W1[0,0]&b=b2[0]"


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


def landscape(networks: Networks, network: str, query: str = PLANE) -> dict[str, Any]:
    return networks.done("GET", f"/{network}/landscape?{query}")


def test_the_path_is_that_of_the_parameters_by_rewinding(networks: Networks) -> None:
    made = networks.make(batch_size=3, shuffle=True, optimizer={"name": "adam"})["id"]
    networks.step(made, count=4)
    changes = {"optimizer": {"learning_rate": 0.1}, "batch_size": 2, "parameters": {"b2": [0.25]}}
    networks.done("PATCH", f"/{made}", changes)
    networks.step(made, "epoch", 3)
    networks.done("POST", f"/{made}/rewind", {"iteration": 6})
    way = landscape(networks, made)["path"]
    assert way["iterations"] == list(range(11)) and way["complete"]
    for k in way["iterations"]:
        parameters = networks.done("POST", f"/{made}/rewind", {"iteration": k})["parameters"]
        assert (way["a"][k], way["b"][k]) == (parameters["W1"][0][0], parameters["b2"][0]), k


def test_the_present_point_has_the_loss_that_the_network_tells(networks: Networks) -> None:
    made = networks.make()["id"]
    networks.step(made, count=10)
    told = networks.step(made, "loss")["loss"]
    found = landscape(networks, made, PLANE + "&size=11")
    assert found["current"]["loss"] == told == found["losses"][5][5]
    assert found["current"]["iteration"] == 10
    other = landscape(networks, made, PLANE + "&size=2&a_center=1&b_center=-1&radius=0.5")
    assert other["a"]["values"] == [0.5, 1.5]
    assert other["b"]["values"] == [-1.5, -0.5]
    assert other["current"] == found["current"]


def test_an_earlier_iteration_is_looked_at_without_moving(networks: Networks) -> None:
    made = networks.make()["id"]
    networks.step(made, count=10)
    found = landscape(networks, made, PLANE + "&size=11&iteration=4")
    assert networks.get(made)["iteration"] == 10
    networks.done("POST", f"/{made}/rewind", {"iteration": 4})
    assert found["current"]["loss"] == networks.step(made, "loss")["loss"]
    assert found["current"]["iteration"] == 4
    assert found["path"]["iterations"] == list(range(11))
    assert found["current"]["a"] == found["path"]["a"][4] == found["a"]["values"][5]
    problem(networks.ask("GET", f"/{made}/landscape?{PLANE}&iteration=11"), 422)


def test_nothing_of_the_network_changes(networks: Networks) -> None:
    made = networks.make()["id"]
    networks.step(made, count=3)
    networks.step(made, "backward")
    before = networks.get(made)
    found = landscape(networks, made)
    assert networks.get(made) == before
    assert found["version"] == before["version"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("a=W1[0,0]", "/query/b"),
        ("a=W1[9,0]&b=b2[0]", "/a"),
        ("a=b2[0]&b=b2[0]", "/b"),
        (PLANE + "&size=65", "/query/size"),
        (PLANE + "&size=1", "/query/size"),
        (PLANE + "&radius=0", "/query/radius"),
        (PLANE + "&radius=inf", "/query/radius"),
        (PLANE + "&a_center=nan", "/query/a_center"),
        (PLANE + "&rows=all", "/query/rows"),
        (PLANE + "&radius=1e-30", "/radius"),
    ],
)
def test_wrong_questions_are_refused(networks: Networks, query: str, pointer: str) -> None:
    made = networks.make()["id"]
    said = problem(networks.ask("GET", f"/{made}/landscape?{query}"), 422)
    assert said["pointer"] == pointer


def test_an_unknown_network_has_no_landscape(networks: Networks) -> None:
    problem(networks.ask("GET", f"/{'A' * 22}/landscape?{PLANE}"), 404)


def test_what_takes_too_long_is_refused_with_advice(runner: Any, tmp_path: Any) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 's.sqlite'}", computation_seconds=0.02)
    with running(create_app(settings), runner) as client:
        networks = Networks(client)
        made = networks.make(layers=[{"units": 400}, {"units": 400}, {"units": 1}])["id"]
        answer = networks.ask("GET", f"/{made}/landscape?{PLANE.replace('b2', 'b3')}&size=64")
        said = problem(answer, 503)
        assert "size=" in said["detail"] and answer.headers["retry-after"] == "1"
        assert networks.get(made)["version"] == 1


def test_losses_out_of_range_are_words(networks: Networks) -> None:
    program = {"program": "p = exp(x * w) + b\nL = mse(p, y)", "trainable": ["w", "b"]}
    given = {"parameters": {"w": 0.0, "b": 0.0}, "optimizer": {"name": "sgd"}}
    data = {"data": {"x": [1.0, 2.0], "y": [1.0, 1.0]}}
    made = networks.done("POST", "", {**program, **given, **data})["id"]
    found = landscape(networks, made, "a=w&b=b&size=3&radius=1000")
    assert [row[2] for row in found["losses"]] == ["Infinity"] * 3
    assert found["losses"][1][1] == found["lowest"] == 0.0
