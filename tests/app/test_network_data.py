"""The rows that a network learns from, as the page asks for them."""

from __future__ import annotations

from tests.app.client import Client
from tests.app.networks import Networks


def test_the_rows_are_those_of_the_data_set(client: Client) -> None:
    networks = Networks(client)
    made = networks.make(data={"name": "xor"})
    answer = networks.ask("GET", f"/{made['id']}/data").json()
    assert answer["x"] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert answer["y"] == [[0], [1], [1], [0]]
    assert answer["held_out"] == [] and answer["version"] == 1


def test_rows_held_out_are_named_and_rows_stand_in_their_own_units(client: Client) -> None:
    networks = Networks(client)
    x = [[10.0 * i, 1.0] for i in range(10)]
    data = {"x": x, "y": [[i % 2] for i in range(10)]}
    made = networks.make(data=data, held_out=0.3, standardise=True)
    answer = networks.ask("GET", f"/{made['id']}/data").json()
    assert answer["x"] == x
    assert len(answer["held_out"]) == 3 and set(answer["held_out"]) < set(range(10))


def test_the_data_of_an_unknown_network_are_not_there(client: Client) -> None:
    assert Networks(client).ask("GET", f"/{'A' * 22}/data").status_code == 404


def test_more_rows_than_one_pass_takes_are_refused_where_their_number_is_said(
    client: Client,
) -> None:
    networks = Networks(client)
    glyphs = {
        "inputs": 64, "layers": [{"units": 10, "activation": "linear"}], "loss": "cross_entropy",
        "optimizer": {"name": "sgd", "learning_rate": 0.1},
        "data": {"name": "glyphs", "samples": 5000},
    }  # fmt: skip
    refused = networks.ask("POST", "", glyphs)
    assert refused.status_code == 422
    assert refused.json()["pointer"] == "/batch_size"
    split = networks.ask("POST", "", {**glyphs, "batch_size": 10, "held_out": 0.9})
    assert split.json()["pointer"] == "/held_out"
    assert networks.ask("POST", "", {**glyphs, "batch_size": 100}).status_code == 201


def test_a_table_that_is_known_is_left_out(client: Client) -> None:
    networks = Networks(client)
    data = {"csv": "a,b\n0,1\n1,0\n2,1\n"}
    spec = {"inputs": 1, "layers": [{"units": 1}], "loss": "mse"}
    made = networks.make(data=data, **spec)
    whole = networks.get(made["id"])
    tag = whole["data_tag"]
    assert whole["spec"]["data"]["csv"] == data["csv"]
    brief = networks.done("GET", f"/{made['id']}?data={tag}")
    assert brief == {**whole, "spec": {**whole["spec"], "data": {"tag": tag}}}
    networks.step(made["id"])
    earlier = networks.done("GET", f"/{made['id']}?iteration=0&data={tag}")
    assert earlier["spec"]["data"] == {"tag": tag}
    slower = networks.done("PATCH", f"/{made['id']}?data={tag}", {"optimizer": {"name": "sgd"}})
    named = networks.done("PATCH", f"/{made['id']}?data={tag}", {"name": "two rows"})
    back = networks.done("POST", f"/{made['id']}/rewind?data={tag}", {"iteration": 0})
    for answer in (slower, named, back):
        assert answer["spec"]["data"] == {"tag": tag}
    assert networks.get(made["id"])["spec"]["data"]["csv"] == data["csv"]
    other = networks.done("PATCH", f"/{made['id']}", {"data": {"x": [[1], [2]], "y": [[0], [1]]}})
    assert other["data_tag"] not in (tag, None)
    assert other["spec"]["data"] == {"x": [[1], [2]], "y": [[0], [1]]}
    seen = networks.done("GET", f"/{made['id']}?data={tag}")
    assert seen["spec"]["data"] == {"x": [[1], [2]], "y": [[0], [1]]}


def test_a_data_set_with_a_name_has_no_tag(client: Client) -> None:
    networks = Networks(client)
    made = networks.make()
    assert made["data_tag"] is None
    assert networks.done("GET", f"/{made['id']}?data=x")["spec"]["data"] == made["spec"]["data"]
