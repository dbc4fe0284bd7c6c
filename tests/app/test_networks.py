"""Networks over the interface: made, read, changed, copied, deleted."""

from __future__ import annotations

import re

import pytest

from tests.app.client import Client, problem, strict
from tests.app.networks import XOR, Networks


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


def test_a_new_network_has_an_address_a_version_and_its_defaults(networks: Networks) -> None:
    answer = networks.ask("POST", "", XOR)
    found = strict(answer)
    assert answer.status_code == 201
    assert answer.headers["location"] == found["links"]["self"]
    assert answer.headers["location"].endswith(f"/api/v1/networks/{found['id']}")
    assert answer.headers["etag"] == '"1"'
    assert (found["version"], found["iteration"], found["epoch"]) == (1, 0, 0)
    assert (found["phase"], found["loss"]) == ("start", None)
    assert found["batch"] == {"index": 0, "of": 1, "size": 4, "rows": [0, 1, 2, 3]}
    assert found["spec"]["batch_size"] == 4
    assert found["spec"]["init"] == "xavier_uniform" or found["spec"]["init"]["name"]
    assert found["spec"]["layers"][0]["bias"] is True
    assert list(found["parameters"]) == ["W1", "b1", "W2", "b2"]
    assert networks.get(found["id"]) == found


def test_ids_are_unguessable(networks: Networks) -> None:
    ids = {networks.make()["id"] for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", one) for one in ids)


@pytest.mark.parametrize("path", ["A" * 22, "1", "null", "%00", "é", "A" * 500])
def test_what_is_no_network_is_one_and_the_same_404(networks: Networks, path: str) -> None:
    said = problem(networks.ask("GET", f"/{path}"), 404)
    assert said == problem(networks.ask("POST", f"/{path}/step", {"phase": "loss"}), 404)


def test_a_step_moves_the_version_and_the_network(networks: Networks) -> None:
    network = networks.make()["id"]
    answer = networks.step(network, count=3)
    assert len(answer["losses"]) == 3
    assert (answer["version"], answer["iteration"], answer["phase"]) == (2, 3, "update")
    assert answer["losses"][0] > answer["losses"][2]
    found = networks.get(network)
    assert {name: found[name] for name in answer if name != "losses"} == {
        name: value for name, value in answer.items() if name != "losses"
    }


def test_phases_run_in_their_order(networks: Networks) -> None:
    network = networks.make()["id"]
    seen = []
    for phase in ("forward", "loss", "backward", "update", "backward", "backward"):
        answer = networks.step(network, phase)
        seen.append((answer["phase"], answer["iteration"], len(answer["losses"])))
    assert seen == [
        ("forward", 0, 0), ("loss", 0, 0), ("backward", 0, 0), ("update", 1, 1),
        ("backward", 1, 0), ("backward", 2, 1),
    ]  # fmt: skip


def test_epochs_end_where_the_data_ends(networks: Networks) -> None:
    network = networks.make(batch_size=3)["id"]
    assert networks.step(network)["batch"] == {"index": 0, "of": 2, "size": 3, "rows": [0, 1, 2]}
    answer = networks.step(network, "epoch")
    assert (answer["iteration"], answer["epoch"], len(answer["losses"])) == (2, 1, 1)
    answer = networks.step(network, "epoch", 5)
    assert (answer["iteration"], answer["epoch"], len(answer["losses"])) == (12, 6, 10)


def test_a_rewind_goes_both_ways_bit_for_bit(networks: Networks) -> None:
    network = networks.make(optimizer={"name": "adam"}, batch_size=3, shuffle=True)["id"]
    seen = {0: networks.get(network)["parameters"]}
    for k in range(1, 6):
        networks.step(network)
        seen[k] = networks.get(network)["parameters"]
    networks.step(network, count=700)
    seen[705] = networks.get(network)["parameters"]
    for k in (3, 0, 705, 5, 1):
        answer = networks.done("POST", f"/{network}/rewind", {"iteration": k})
        assert (answer["iteration"], answer["furthest"]) == (k, 705)
        assert answer["parameters"] == seen[k]
    middle = networks.done("POST", f"/{network}/rewind", {"iteration": 437})["parameters"]
    other = networks.make(optimizer={"name": "adam"}, batch_size=3, shuffle=True)["id"]
    networks.step(other, count=437)
    assert networks.get(other)["parameters"] == middle


def test_a_step_after_a_rewind_replaces_what_came_after(networks: Networks) -> None:
    network = networks.make()["id"]
    for _ in range(10):
        networks.step(network)
    networks.done("POST", f"/{network}/rewind", {"iteration": 4})
    assert networks.get(network)["furthest"] == 10
    networks.step(network)
    assert networks.get(network)["furthest"] == 5
    told = networks.done("GET", f"/{network}/history")
    assert told["iterations"] == [1, 2, 3, 4, 5]
    said = problem(networks.ask("POST", f"/{network}/rewind", {"iteration": 6}), 422)
    assert "0 to 5" in said["detail"]


def test_a_patch_holds_from_its_iteration_on_and_stands_in_the_history(networks: Networks) -> None:
    network = networks.make()["id"]
    networks.step(network, count=4)
    zero = [[0.0]] * 3
    answer = networks.done(
        "PATCH", f"/{network}", {"parameters": {"W2": zero}, "optimizer": {"learning_rate": 0.25}}
    )
    assert answer["parameters"]["W2"] == zero
    assert answer["spec"]["optimizer"]["learning_rate"] == 0.25
    networks.step(network, count=3)
    after = networks.get(network)["parameters"]
    networks.done("POST", f"/{network}/rewind", {"iteration": 2})
    assert networks.get(network)["spec"]["optimizer"]["learning_rate"] == 0.5
    assert networks.done("POST", f"/{network}/rewind", {"iteration": 7})["parameters"] == after
    assert networks.done("POST", f"/{network}/rewind", {"iteration": 4})["parameters"]["W2"] == zero
    [change] = networks.done("GET", f"/{network}/history")["changes"]
    assert change["iteration"] == 4
    assert set(change["changed"]) == {"parameters", "optimizer"}


def test_another_name_leaves_everything_that_was_computed(networks: Networks) -> None:
    network = networks.make(name="first")["id"]
    end = networks.step(network, count=6)["version"]
    networks.done("POST", f"/{network}/rewind", {"iteration": 2})
    named = networks.done("PATCH", f"/{network}", {"name": "second"})
    assert (named["name"], named["iteration"], named["furthest"]) == ("second", 2, 6)
    assert named["version"] == end + 2
    assert networks.done("GET", f"/{network}/history")["changes"] == []
    back = networks.done("POST", f"/{network}/rewind", {"iteration": 6})
    assert (back["iteration"], back["name"]) == (6, "second")
    document = strict(networks.ask("GET", f"/{network}/export/json"))
    assert document["network"]["name"] == "second"
    bare = networks.done("PATCH", f"/{network}", {"name": None})
    assert bare["name"] is None and "name" not in bare["spec"]


def test_a_copy_goes_its_own_way(networks: Networks) -> None:
    network = networks.make(name="first")["id"]
    networks.step(network, count=6)
    before = networks.get(network)
    answer = networks.ask("POST", f"/{network}/copies", {"iteration": 4})
    copy = strict(answer)
    assert answer.status_code == 201
    assert (copy["iteration"], copy["furthest"], copy["version"]) == (4, 4, 1)
    assert copy["id"] != network
    assert networks.done("GET", f"/{copy['id']}/history")["iterations"] == [1, 2, 3, 4]
    networks.step(copy["id"], count=2)
    assert networks.get(copy["id"])["parameters"] == before["parameters"]
    assert networks.get(network) == before
    whole = networks.done("POST", f"/{network}/copies", {})
    assert (whole["iteration"], whole["name"]) == (6, "first")
    assert networks.done("POST", f"/{whole['id']}/rewind", {"iteration": 1})["iteration"] == 1


def test_a_deleted_network_is_gone(networks: Networks) -> None:
    network = networks.make()["id"]
    networks.step(network)
    assert networks.ask("DELETE", f"/{network}").status_code == 204
    problem(networks.ask("GET", f"/{network}"), 404)
    problem(networks.ask("DELETE", f"/{network}"), 404)


def test_a_training_that_diverges_stops_at_its_last_finite_state(networks: Networks) -> None:
    network = networks.make(
        layers=[{"units": 1}], loss="mse", optimizer={"name": "sgd", "learning_rate": 1e100}
    )["id"]
    answer = networks.step(network, count=50)
    assert answer["stopped"] == "nonfinite"
    assert answer["at"] == answer["iteration"] + 1
    found = networks.get(network)
    assert all(abs(value) < 1e308 for row in found["parameters"]["W1"] for value in row)
    networks.done("POST", f"/{network}/rewind", {"iteration": 0})


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"phase": "sideways"},
        {"phase": "iteration", "count": 0},
        {"phase": "iteration", "count": 1001},
        {"phase": "iteration", "count": True},
        {"phase": "iteration", "count": 1.0},
        {"phase": "iteration", "extra": 1},
        [],
    ],
)
def test_a_wrong_step_changes_nothing(networks: Networks, body: object) -> None:
    network = networks.make()
    problem(networks.ask("POST", f"/{network['id']}/step", body), 422)
    assert networks.get(network["id"]) == network


def test_a_count_over_the_limit_names_it(networks: Networks) -> None:
    network = networks.make()["id"]
    said = problem(networks.ask("POST", f"/{network}/step", {"phase": "loss", "count": 1001}), 422)
    assert said["limit"] == {"name": "steps", "value": 1000, "got": 1001}
