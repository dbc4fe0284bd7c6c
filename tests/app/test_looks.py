"""Looking at earlier iterations of a network, which stays where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.client import Client, problem
from tests.app.networks import Networks


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


def trained(networks: Networks, count: int = 9, **changes: Any) -> str:
    made = str(networks.make(**{"batch_size": 3, "shuffle": True, **changes})["id"])
    networks.step(made, count=count)
    return made


def graph(networks: Networks, network: str, query: str = "") -> dict[str, Any]:
    found = networks.done("GET", f"/{network}/graph{query}")
    return {key: found[key] for key in ("nodes", "edges", "steps", "updates", "rows", "iteration")}


@pytest.mark.parametrize("iteration", [0, 1, 4, 8])
def test_a_look_shows_what_a_rewind_would_and_moves_nothing(
    networks: Networks, iteration: int
) -> None:
    network = trained(networks)
    before = networks.get(network)
    seen = networks.done("GET", f"/{network}?iteration={iteration}")
    drawn = graph(networks, network, f"?iteration={iteration}")
    asked = {"x": [[0, 1]], "iteration": iteration}
    answered = networks.done("POST", f"/{network}/predict", asked)["outputs"]
    assert networks.get(network) == before
    assert (seen["iteration"], seen["stands_at"], seen["furthest"]) == (iteration, 9, 9)
    networks.done("POST", f"/{network}/rewind", {"iteration": iteration})
    stands = networks.get(network)
    moved = ("version", "stands_at")
    assert {k: v for k, v in seen.items() if k not in moved} == {
        k: v for k, v in stands.items() if k not in moved
    }
    assert drawn == graph(networks, network)
    assert answered == networks.done("POST", f"/{network}/predict", {"x": [[0, 1]]})["outputs"]


def test_every_view_can_look_back(networks: Networks) -> None:
    network = trained(networks)
    first = networks.get(str(networks.make(batch_size=3, shuffle=True)["id"]))["parameters"]["W1"]
    for path in ("parameters/W1", "nodes/W1"):
        assert networks.done("GET", f"/{network}/{path}?iteration=0")["value"] == first
        assert networks.done("GET", f"/{network}/{path}")["value"] != first
    for path in ("frame", "topology", "data"):
        assert networks.ask("GET", f"/{network}/{path}?iteration=2").status_code == 200


@pytest.mark.parametrize(("iteration", "status"), [("10", 422), ("-1", 422), ("a", 422)])
def test_an_iteration_not_reached_cannot_be_seen(
    networks: Networks, iteration: str, status: int
) -> None:
    network = trained(networks)
    for path in ("", "/graph", "/frame"):
        problem(networks.ask("GET", f"/{network}{path}?iteration={iteration}"), status)


def test_a_look_at_a_change_shows_the_pass_before_it(networks: Networks) -> None:
    network = trained(networks, 5)
    before = networks.get(network)
    change = {"optimizer": {"learning_rate": 0.01}, "batch_size": 2}
    networks.done("PATCH", f"/{network}", change)
    networks.step(network, count=3)
    seen = networks.done("GET", f"/{network}?iteration=5")
    assert (seen["phase"], seen["batch"]) == ("update", before["batch"])
    assert seen["spec"]["optimizer"]["learning_rate"] == 0.5
    after = networks.done("GET", f"/{network}?iteration=6")
    assert after["spec"]["batch_size"] == 2
    assert after["parameters"] != seen["parameters"] == before["parameters"]


def test_a_look_from_within_an_iteration_shows_the_one_that_was_completed(
    networks: Networks,
) -> None:
    network = trained(networks, 4)
    networks.step(network, "backward")
    seen = networks.done("GET", f"/{network}?iteration=3")
    assert (seen["phase"], seen["stands_at"]) == ("update", 4)
    assert networks.get(network)["phase"] == "backward"


def test_the_link_of_a_look_opens_it(networks: Networks) -> None:
    network = trained(networks)
    found = networks.done("GET", f"/{network}/graph?iteration=3")
    assert found["links"]["page"].endswith(f"/lab?network={network}&at=3")


@pytest.mark.parametrize(
    "change", [{"batch_size": 1}, {"parameters": {"b2": [0.75]}}, {"shuffle": True}]
)
def test_the_pass_before_a_change_is_seen_where_the_change_shows_the_next(
    networks: Networks, change: dict[str, Any]
) -> None:
    network = networks.make(batch_size=3)["id"]
    networks.step(network, count=3)
    before = [networks.done("GET", f"/{network}{part}") for part in ("", "/graph", "/data")]
    networks.done("PATCH", f"/{network}", change)
    stands = networks.get(network)
    assert (stands["iteration"], stands["phase"]) == (3, "start")
    for part, known in zip(("", "/graph", "/data"), before, strict=True):
        seen = networks.done("GET", f"/{network}{part}?iteration=3")
        moved = {key: known[key] for key in ("version", "links") if key in known}
        assert seen | moved == known
    assert networks.get(network) == stands
    networks.step(network)
    again = networks.done("GET", f"/{network}/graph?iteration=3")
    assert again["nodes"] == before[1]["nodes"]
