"""A sweep is asked for, watched, cancelled; what cannot be trained is refused at once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.app.client import API, Client, problem, strict
from tests.app.networks import XOR, events
from tests.app.process import Server, serving

BODY: dict[str, Any] = {"network": XOR, "iterations": 20}
RATES = {"grid": {"optimizer.learning_rate": [0.1, 1]}, "seeds": [3, 4]}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a setting that there is not": ({"grid": {"optimizer.x": [1]}}, "/grid/optimizer.x"),
    "a layer that there is not": ({"grid": {"layers.7.units": [1]}}, "/grid/layers.7.units"),
    "a field that there is not": ({"grid": {"a/b": [1]}}, "/grid/a~1b"),
    "far inwards": ({"grid": {"data" + ".x" * 5_000: [1]}}, "/grid/data" + ".x" * 48),
    "a value of another type": ({"grid": {"layers.0.units": [2, "2"]}}, "/grid/layers.0.units"),
    "a value that does not fit": ({"grid": {"batch_size": [4, 5]}}, "/grid/batch_size"),
    "a setting that does not fit": ({"settings": [{}, {"init": "x"}]}, "/settings/1/init"),
    "a network that does not fit": ({"network": {**XOR, "inputs": 3}}, "/network/data/x"),
    "two ways at once": ({"settings": [{}], "grid": {"seed": [1]}}, "/grid"),
    "two seeds at once": ({"settings": [{"seed": 1}], "seeds": [1]}, "/seeds"),
    "too many": ({"seeds": list(range(128)), "grid": {"seed": [1, 2, 3]}}, "/grid"),
    "labels of others": ({"settings": [{}], "labels": [{"a": 1}, {"a": 2}]}, "/labels"),
    "labels without settings": ({"labels": [{"a": 1}]}, "/labels"),
    "a label that is a list": ({"settings": [{}], "labels": [{"a": [1]}]}, "/labels/0/a"),
    "no values": ({"grid": {"seed": []}}, "/grid/seed"),
}


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    with serving("--hosted", GRADWALK_SWEEP_PROCESSES="1") as server:
        yield server


def post(server: Server, **more: Any) -> httpx.Response:
    headers = more.pop("headers", None)
    address = f"{server.url}{API}/sweeps"
    return httpx.post(address, json={**BODY, **more}, headers=headers, timeout=20)


def test_a_sweep_is_watched_to_its_end(own: Server) -> None:
    answer = post(own, **RATES)
    made, address = answer.json(), answer.headers["location"]
    assert answer.status_code == 202 and made["links"]["self"] == address
    assert len(made["id"]) == 22 and (made["state"], made["done"]) == ("queued", 0)
    assert {row["state"] for row in made["runs"]} == {"waiting"}
    told = events(httpx.get(f"{address}/stream", timeout=60).text)
    assert [name for name, _ in told][-1] == "done" and told[0][0] == "progress"
    found = httpx.get(address).json()
    assert told[-1][1] == found
    rates = [(row["settings"]["optimizer.learning_rate"], row["seed"]) for row in found["runs"]]
    assert rates == [(0.1, 3), (0.1, 4), (1, 3), (1, 4)]
    assert all(row["best"]["loss"] > 0 and row["seconds"] > 0 for row in found["runs"])
    assert "curve" not in found["runs"][0]
    curved = httpx.get(f"{address}?curves=true").json()["runs"][0]
    assert len(curved["curve"]["loss"]) == 20


def test_a_run_is_what_the_network_does(own: Server) -> None:
    """A network that is made and stepped by itself comes to the same loss, bit for bit."""
    address = post(own, settings=[{"seed": 9, "held_out": 0.5}]).headers["location"]
    [row] = _ended(address)["runs"]
    _, network = own.post(f"{API}/networks", {**XOR, "seed": 9, "held_out": 0.5})
    step = {"phase": "iteration", "count": 20}
    _, stepped = own.post(f"{API}/networks/{network['id']}/step", step)
    assert row["best"]["loss"] == min(stepped["losses"])
    assert row["held_out_loss"] is not None and row["seed"] == 9


def test_a_run_is_opened_as_the_network_that_it_trained(own: Server) -> None:
    wide = [{"units": 5, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}]
    listed = {"settings": [{"layers": wide}, {}], "labels": [{"units": 5}, {"units": 3}]}
    for asked in (listed, {"grid": {"layers.0.units": [5, 3], "optimizer.learning_rate": [0.7]}}):
        address = post(own, **asked, seeds=[7, 8]).headers["location"]
        row = _ended(address)["runs"][1]
        assert next(iter(row["settings"].values())) == 5 and row["seed"] == 8
        swept = httpx.get(f"{address}/runs/1").json()
        assert (swept["iterations"], swept["network"]["layers"][0]["units"]) == (20, 5)
        _, network = own.post(f"{API}/networks", swept["network"])
        step = {"phase": "iteration", "count": swept["iterations"]}
        _, stepped = own.post(f"{API}/networks/{network['id']}/step", step)
        assert row["best"]["loss"] == min(stepped["losses"])
        beyond = httpx.get(f"{address}/runs/4")
        assert "counted from 0" in problem(beyond, 404)["detail"]


def test_a_run_that_diverges_says_where(own: Server) -> None:
    line = {"inputs": 1, "layers": [{"units": 1}], "loss": "mse",
            "data": {"x": [[0.0], [1.0], [2.0]], "y": [[1.0], [3.0], [5.0]]}}  # fmt: skip
    rates = {"optimizer.learning_rate": [0.1, 1000]}
    address = post(own, network={**XOR, **line}, grid=rates, iterations=300).headers["location"]
    calm, wild = _ended(address)["runs"]
    assert (calm["state"], calm["diverged_at"]) == ("done", None)
    assert (wild["state"], wild["diverged_at"]) == ("diverged", wild["iterations"] + 1)


def test_what_is_long_is_not_shown_again_and_again(own: Server) -> None:
    rows = {"x": [[0.5, 0.25]] * 500, "y": [[1]] * 500}
    answer = post(own, grid={"data": [rows], "optimizer.learning_rate": [1, 2]}, iterations=1)
    assert answer.json()["runs"][1]["settings"] == {"data": None, "optimizer.learning_rate": 2}
    assert _ended(answer.headers["location"])["done"] == 2


def test_a_repeated_request_is_one_sweep(own: Server) -> None:
    key = {"Idempotency-Key": "sweep-once"}
    first, second = (post(own, iterations=1, headers=key) for _ in range(2))
    assert second.headers["idempotency-replayed"] == "true"
    assert (first.headers["location"], first.content) == (
        second.headers["location"],
        second.content,
    )
    assert post(own, iterations=2, headers=key).status_code == 422


def test_a_cancelled_sweep_ends_and_can_be_read(own: Server) -> None:
    address = post(own, seeds=list(range(100)), iterations=20_000).headers["location"]
    assert httpx.delete(address).json()["state"] == "cancelled"
    assert events(httpx.get(f"{address}/stream", timeout=20).text)[0][0] == "done"
    after = post(own, iterations=1).headers["location"]
    assert _ended(after)["state"] == "done", "the processes are free for others"
    assert httpx.get(address).json()["done"] < 100
    assert httpx.delete(address).status_code == 200


def test_new_sweeps_of_one_address_are_limited(own: Server) -> None:
    for _ in range(70):
        answer = post(own, iterations=1)
        if answer.status_code != 202:
            break
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert answer.json()["limit"]["name"] == "new_sweeps_per_address"


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_trained_is_refused(client: Client, case: str) -> None:
    more, pointer = REFUSED[case]
    said = client.problem("/sweeps", {**BODY, **more}, 422)
    assert said["pointer"] == pointer


def test_what_would_take_too_long_is_refused(client: Client) -> None:
    wide = {"inputs": 2, "layers": [{"units": 128, "activation": "tanh"}] * 4 + [{"units": 1}]}
    body = {"network": {**XOR, **wide}, "iterations": 100_000, "seeds": list(range(256))}
    said = client.problem("/sweeps", body, 422)
    assert said["limit"]["name"] == "sweep_multiply_adds"


@pytest.mark.parametrize("sweep", ["x", "A" * 22, "é" * 22])
@pytest.mark.parametrize(
    ("method", "below"),
    [("GET", ""), ("GET", "/stream"), ("GET", "/runs/0"), ("DELETE", "")],
)
def test_there_is_no_such_sweep(client: Client, sweep: str, method: str, below: str) -> None:
    problem(client.ask(method, f"{API}/sweeps/{sweep}{below}"), 404)


def test_the_limits_are_told(client: Client) -> None:
    told = {row["name"] for row in strict(client.get(f"{API}/limits"))["items"]}
    assert told >= {"sweep_runs", "sweep_multiply_adds", "sweeps_waiting"}


def _ended(address: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found: dict[str, Any] = json.loads(httpx.get(address).text)
        if found["state"] in {"done", "cancelled"}:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{found['done']} of {found['total']}")
