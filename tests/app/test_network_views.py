"""What networks show, and what they are exported as."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest

from app.training.exports import FORMATS
from tests.app.client import API, Client, problem, strict
from tests.app.networks import XOR, Networks


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


@pytest.fixture(scope="module")
def network(networks: Networks) -> str:
    made = str(networks.make()["id"])
    networks.step(made, count=5)
    return made


@pytest.mark.parametrize("detail", ["layer", "tensor", "scalar"])
def test_the_pass_last_run_is_a_graph(networks: Networks, network: str, detail: str) -> None:
    found = networks.done("GET", f"/{network}/graph?detail={detail}&explain=pt-BR")
    assert found["detail"] == detail
    assert found["rows"] == [0, 1, 2, 3]
    assert found["version"] == networks.get(network)["version"]
    assert {update["parameter"][:2] for update in found["updates"]} >= {"W1", "b1", "W2", "b2"}
    if detail != "layer":
        assert any(step["phase"] == "update" and step["text"] for step in found["steps"])
    assert found["links"]["page"].endswith(f"/lab?network={network}")


def test_the_pass_over_some_rows_alone(networks: Networks, network: str) -> None:
    for query in ("rows=1,2", "rows=1&rows=2"):
        found = networks.done("GET", f"/{network}/graph?{query}")
        x = next(node for node in found["nodes"] if node["id"] == "x")
        assert x["value"] == [[0.0, 1.0], [1.0, 0.0]]
        assert found["updates"] == []


@pytest.mark.parametrize("query", ["rows=4", "rows=", "rows=a", "rows=-1", "detail=x", "rows=0,,1"])
def test_wrong_questions_about_a_pass_are_refused(
    networks: Networks, network: str, query: str
) -> None:
    problem(networks.ask("GET", f"/{network}/graph?{query}"), 422)


def test_a_large_tensor_has_an_address_where_it_is_whole(networks: Networks) -> None:
    made = networks.make(layers=[{"units": 600}, {"units": 1}])["id"]
    networks.step(made)
    graph = networks.done("GET", f"/{made}/graph")
    node = next(one for one in graph["nodes"] if one["id"] == "W1")
    assert (node["value"], node["shape"]) == (None, [2, 600])
    answer = networks.client.get(node["summary"]["url"])
    whole = strict(answer)
    assert np.shape(whole["value"]) == (2, 600)
    grad = strict(networks.client.get(node["summary"]["url"] + "?what=grad"))
    assert np.linalg.norm(grad["grad"]) > 0
    problem(networks.client.get(node["summary"]["url"][:-2] + "nope"), 404)


def test_a_parameter_is_json_or_a_file_of_numpy(networks: Networks, network: str) -> None:
    told = networks.done("GET", f"/{network}/parameters/W1")
    assert told["shape"] == [2, 3]
    answer = networks.ask("GET", f"/{network}/parameters/W1", Accept="application/x-npy")
    assert answer.headers["content-type"] == "application/x-npy"
    array = np.load(io.BytesIO(answer.content), allow_pickle=False)
    assert array.dtype == np.float64
    assert array.tolist() == told["value"] == networks.get(network)["parameters"]["W1"]
    said = problem(networks.ask("GET", f"/{network}/parameters/W9"), 404)
    assert "W1, b1, W2, b2" in said["detail"]


@pytest.mark.parametrize(
    ("accept", "binary"),
    [
        ("application/x-npy", True), ("Application/X-NPY", True),
        ("text/*, application/x-npy", True),
        ("application/x-npy, application/json", True), ("application/x-npy;q=x", True),
        ("application/json, application/x-npy;q=0.1", False), ("application/x-npy; q=0", False),
        ("*/*", False), ("", False), ("application/x-npyz", False), (";;,,q=1", False),
    ],
)  # fmt: skip
def test_a_file_is_sent_to_who_prefers_it(
    networks: Networks, network: str, accept: str, binary: bool
) -> None:
    answer = networks.ask("GET", f"/{network}/parameters/W1", Accept=accept)
    kind = "application/x-npy" if binary else "application/json"
    assert answer.headers["content-type"] == kind


def test_predictions_change_nothing(networks: Networks, network: str) -> None:
    before = networks.get(network)
    found = networks.done("POST", f"/{network}/predict", {"x": [[0, 1], [1, 1]]})
    assert np.shape(found["outputs"]) == (2, 1)
    problem(networks.ask("POST", f"/{network}/predict", {"x": [[0, 1, 2]]}), 422)
    assert networks.get(network) == before


def test_history_has_a_column_for_each_measure(networks: Networks, network: str) -> None:
    told = networks.done("GET", f"/{network}/history")
    assert told["iterations"] == [1, 2, 3, 4, 5]
    columns = [told["loss"], *told["metrics"].values(), *told["gradient_norm"].values()]
    assert {len(column) for column in columns} == {5}
    assert set(told["gradient_norm"]) == {"layer1", "layer2"}
    part = networks.done("GET", f"/{network}/history?start=2&end=3")
    assert (part["iterations"], part["loss"]) == ([2, 3], told["loss"][1:3])
    problem(networks.ask("GET", f"/{network}/history?points=1"), 422)


def test_frames_follow_the_topology(networks: Networks, network: str) -> None:
    answer = networks.ask("GET", f"/{network}/topology")
    topology = strict(answer)
    tag = answer.headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = networks.ask("GET", f"/{network}/topology", If_None_Match=known)
        assert answer.status_code == 304
    frame = networks.ask("GET", f"/{network}/frame?dtype=float64")
    assert frame.headers["content-type"] == "application/octet-stream"
    numbers = np.frombuffer(frame.content[48:], "<f8")
    assert len(numbers) == sum(topology["sizes"].values())
    start = topology["offsets"]["W1"]["value"]
    graph = networks.done("GET", f"/{network}/graph")
    node = next(one for one in graph["nodes"] if one["id"] == "W1")
    assert numbers[start : start + 6].tolist() == np.ravel(node["value"]).tolist()


@pytest.mark.parametrize("name", FORMATS)
def test_a_network_is_exported_as_a_file(networks: Networks, network: str, name: str) -> None:
    answer = networks.ask("GET", f"/{network}/export/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(FORMATS[name].media_type)
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.content


def test_an_unknown_format_is_refused(networks: Networks, network: str) -> None:
    said = problem(networks.ask("GET", f"/{network}/export/exe"), 422)
    assert "pytorch" in said["detail"]


def test_an_import_goes_on_where_the_export_stood(networks: Networks) -> None:
    made = networks.make(optimizer={"name": "adam"}, batch_size=3, shuffle=True)["id"]
    networks.step(made, count=7)
    document: dict[str, Any] = json.loads(networks.ask("GET", f"/{made}/export/json").content)
    answer = networks.ask("POST", "/import", document)
    other = strict(answer)
    assert answer.status_code == 201
    assert other["id"] != made
    assert (other["version"], other["iteration"]) == (1, 0)
    networks.step(made, count=4)
    networks.step(other["id"], count=4)
    assert networks.get(other["id"])["parameters"] == networks.get(made)["parameters"]


@pytest.mark.parametrize("field", ["id", "owner", "role", "rev", "created_at", "html", "__class__"])
def test_an_import_takes_no_field_of_another_kind(networks: Networks, field: str) -> None:
    made = networks.make()["id"]
    document: dict[str, Any] = json.loads(networks.ask("GET", f"/{made}/export/json").content)
    for place in (document, document["network"], document["network"]["layers"][0]):
        place[field] = made
        said = problem(networks.ask("POST", "/import", document), 422)
        assert said["pointer"].endswith(f"/{field}")
        del place[field]


def test_tables_are_lists(client: Client) -> None:
    for noun in ("datasets", "optimizers"):
        found = strict(client.get(f"{API}/{noun}"))
        assert found["next"] is None
        assert all(set(row["doc"]) == {"en", "pt-BR"} for row in found["items"])
    datasets = {row["name"] for row in strict(client.get(f"{API}/datasets"))["items"]}
    assert {"xor"} <= datasets
    rows = strict(client.get(f"{API}/optimizers"))["items"]
    assert [row["name"] for row in rows] == ["sgd", "adagrad", "rmsprop", "adam", "adamw"]


def test_every_data_set_can_be_learned_from(client: Client, networks: Networks) -> None:
    for row in strict(client.get(f"{API}/datasets"))["items"]:
        width = len(row["targets"])
        made = networks.make(
            inputs=len(row["features"]), layers=[{"units": width}], loss="mse",
            optimizer={"name": "sgd", "learning_rate": 1e-6}, data={"name": row["name"]},
        )  # fmt: skip
        assert made["counts"]["rows"] == row["rows"]
        assert networks.step(made["id"])["iteration"] == 1


def test_the_document_of_the_interface_shows_the_network_of_the_lecture(client: Client) -> None:
    schema = strict(client.get("/openapi.json"))
    [example] = schema["components"]["schemas"]["NetworkRequest"]["examples"]
    assert example == XOR
