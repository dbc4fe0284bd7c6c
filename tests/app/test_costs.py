"""What a request may cost: requests made to be expensive, against a server of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.networks import XOR
from tests.app.process import Server, serving

MANY = 200_000
UNKNOWN = {f"k{number}": 1 for number in range(MANY)}
OK: dict[str, Any] = {"program": "f = x * y", "values": {"x": 1, "y": 2}}
SIDE = 24
# Twelve layers as single numbers, with a sentence for each: some seconds of work.
DEEP: dict[str, Any] = {
    "program": "\n".join(
        ["s0 = tanh(x @ W + b)", *(f"s{k} = tanh(s{k - 1} @ W + b)" for k in range(1, 7)),
         "L = sum(s6)"]
    ),
    "values": {"x": [[1.0] * SIDE], "W": [[0.01] * SIDE] * SIDE, "b": [0.1] * SIDE},
    "detail": "scalar",
    "explain": "en",
}  # fmt: skip


@pytest.fixture(scope="module")
def hurried() -> Iterator[Server]:
    with serving(GRADWALK_COMPUTATION_SECONDS="0.2") as server:
        yield server


def memory(server: Server, kind: str = "VmHWM") -> int:
    """Return the most bytes that the server took so far, or (VmRSS) what it takes now."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return 1_024 * next(int(line.split()[1]) for line in lines if line.startswith(kind))


def test_a_graph_that_takes_too_long_ends_with_503_and_frees_its_thread(hurried: Server) -> None:
    _too_long(hurried, "POST", "/api/v1/graphs", DEEP)
    assert hurried.post("/api/v1/graphs", {**OK, "explain": "en"})[0] == 200


def test_a_view_of_a_network_that_takes_too_long_ends_with_503(hurried: Server) -> None:
    layers = [{"units": units, "activation": "tanh"} for units in (70, 60, 1)]
    status, made = hurried.post("/api/v1/networks", {**XOR, "layers": layers})
    assert status == 201
    path = f"/api/v1/networks/{made['id']}/graph"
    _too_long(hurried, "GET", f"{path}?detail=scalar&rows=0&explain=en")
    assert hurried.ask("GET", f"{path}?detail=layer")[0] == 200


def _too_long(server: Server, method: str, path: str, body: Any = None) -> None:
    sent = None if body is None else json.dumps(body).encode()
    status, headers, content = server.ask(method, path, sent, {"Content-Type": "application/json"})
    assert (status, headers["content-type"]) == (503, "application/problem+json"), content[:500]
    assert int(headers["retry-after"]) > 0


MASSES: dict[str, tuple[str, Any]] = {
    "fields of a graph": ("/graphs", {**OK, **UNKNOWN}),
    "fields inside": ("/graphs", {**OK, "nudge": {"node": "x", "h": 1, **UNKNOWN}}),
    "fields of a network": ("/networks", {**XOR, **UNKNOWN}),
    "fields of a layer": ("/networks", {**XOR, "layers": [UNKNOWN]}),
    "fields of a program": ("/programs", {"program": "f = x", **UNKNOWN}),
    "wrong names": ("/graphs", {**OK, "constants": [1] * MANY}),
    "wrong labels": ("/graphs", {**OK, "labels": UNKNOWN}),
    "values": ("/graphs", {**OK, "values": UNKNOWN}),
    "shapes": ("/networks", {**XOR, "shapes": {name: ["a"] for name in UNKNOWN}}),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize(("path", "body"), MASSES.values(), ids=MASSES)
def test_of_thousands_of_mistakes_one_is_complained_of(
    server: Server, path: str, body: Any
) -> None:
    server.post("/api/v1/graphs", {**OK, "labels": {}})
    before = memory(server)
    status, problem = server.post(f"/api/v1{path}", body)
    assert status == 422 and len(problem["detail"]) < 1_000
    assert memory(server) - before < 100_000_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_what_is_kept_of_requests_is_small_however_large_they_are(server: Server) -> None:
    def ask(number: int) -> None:
        labels = {f"unused{number}_{i}": "a" * 200 for i in range(4_000)}
        assert server.post("/api/v1/graphs", {**OK, "labels": labels})[0] == 200
        host = {"Host": f"{number:060000d}", "Content-Type": "application/json"}
        server.ask("POST", "/api/v1/graphs", json.dumps(OK).encode(), host)

    for number in range(10):
        ask(number)
    before = memory(server, "VmRSS")
    for number in range(10, 90):
        ask(number)
    assert memory(server, "VmRSS") - before < 80_000_000
