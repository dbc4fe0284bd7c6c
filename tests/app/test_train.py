"""Training over server-sent events, by the server as its users start it."""

from __future__ import annotations

import base64
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.app.networks import XOR, events
from tests.app.process import Server, serving

ENDLESS = {"iterations": 10_000_000}


class Site:
    """A server with a client that keeps its connections."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client = httpx.Client(base_url=f"{server.url}/api/v1", timeout=20)

    def make(self, **changes: Any) -> str:
        answer = self.client.post("/networks", json={**XOR, **changes})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def get(self, network: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/networks/{network}").json()
        return found

    def step(self, network: str) -> httpx.Response:
        return self.client.post(f"/networks/{network}/step", json={"phase": "iteration"})

    def train(self, network: str, body: Any, **headers: str) -> list[tuple[str, dict[str, Any]]]:
        answer = self.client.post(f"/networks/{network}/train", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/event-stream")
        return events(answer.text)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as server:
        site = Site(server)
        yield site
        site.client.close()


def leave(site: Site, network: str, after: int, reset: bool = False) -> dict[str, Any]:
    """Open a stream, read some events, close the connection; return the last event's data."""
    address = urlsplit(site.server.url)
    body = json.dumps(ENDLESS).encode()
    head = (
        f"POST /api/v1/networks/{network}/train HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(head.encode() + body)
        seen = b""
        while seen.count(b"event: progress") < after or not seen.endswith(b"\n\r\n"):
            part = connection.recv(65_536)
            assert part, seen
            seen += part
        if reset:
            linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    last = seen.decode().rsplit("data: ", 1)[1].splitlines()[0]
    found: dict[str, Any] = json.loads(last)
    return found


def test_progress_is_told_and_then_the_end(site: Site) -> None:
    network = site.make()
    told = site.train(network, {"iterations": 3_000}, Accept="text/event-stream")
    assert [name for name, _ in told] == ["progress"] * (len(told) - 1) + ["done"]
    last = told[-1][1]
    assert (last["iteration"], last["epoch"], last["phase"]) == (3_000, 3_000, "update")
    assert {"loss", "metrics", "gradient_norm"} <= set(told[0][1])
    found = site.get(network)
    assert (found["iteration"], found["version"]) == (3_000, last["version"])
    history = site.client.get(f"/networks/{network}/history").json()
    assert history["total"] == 3_000
    other = site.make()
    for _ in range(3):
        site.client.post(f"/networks/{other}/step", json={"phase": "iteration", "count": 1_000})
    assert site.get(other)["parameters"] == found["parameters"]


def test_epochs_and_a_loss_to_reach(site: Site) -> None:
    network = site.make(batch_size=3)
    assert site.train(network, {"epochs": 50})[-1][1]["iteration"] == 100
    _, last = site.train(network, {"epochs": 1_000_000, "until_loss": 0.01})[-1]
    assert last["stopped"] == "until_loss"
    assert last["loss"] <= 0.01
    assert last["iteration"] == site.get(network)["iteration"]


def test_progress_comes_at_most_twenty_times_a_second(site: Site) -> None:
    network = site.make()
    times = []
    with site.client.stream("POST", f"/networks/{network}/train", json=ENDLESS) as stream:
        for line in stream.iter_lines():
            if line.startswith("event"):
                times.append(time.monotonic())
            if len(times) == 41:
                break
    assert 10 < 40 / (times[-1] - times[0]) <= 20.5


@pytest.mark.parametrize("reset", [False, True])
def test_who_leaves_ends_the_training_and_what_was_done_is_kept(site: Site, reset: bool) -> None:
    network = site.make()
    last = leave(site, network, 8, reset)
    started = time.monotonic()
    while (answer := site.step(network)).status_code == 409:
        assert time.monotonic() - started < 1
    assert answer.status_code == 200
    assert time.monotonic() - started < 1
    reached = answer.json()["iteration"]
    assert reached > last["iteration"] > 0
    time.sleep(0.3)
    assert site.get(network)["iteration"] == reached
    assert site.client.get(f"/networks/{network}/history").json()["total"] == reached


def test_a_hundred_who_leave_leave_nothing_behind(site: Site) -> None:
    network = site.make()
    folder = Path(f"/proc/{site.server.process.pid}/fd")
    if not folder.exists():
        pytest.skip("file descriptors are counted in /proc")
    leave(site, network, 1)
    site.step(network)
    before = len(list(folder.iterdir()))
    for _ in range(100):
        leave(site, network, 1)
        assert site.step(network).status_code == 200
    assert len(list(folder.iterdir())) <= before + 2


def test_other_writes_wait_and_are_then_refused(site: Site) -> None:
    network = site.make()
    with site.client.stream("POST", f"/networks/{network}/train", json=ENDLESS) as stream:
        # Held, since a reader that nobody holds is closed.
        lines = stream.iter_lines()
        assert next(lines)
        started = time.monotonic()
        answer = site.step(network)
        assert 1.5 < time.monotonic() - started < 3
        assert (answer.status_code, answer.headers["retry-after"]) == (409, "1")
        # Who only looks does not wait.
        started = time.monotonic()
        assert site.get(network)["iteration"] > 0
        assert site.client.get(f"/networks/{network}/graph").status_code == 200
        assert time.monotonic() - started < 1


def test_a_training_keeps_the_pace_that_is_asked_for(site: Site) -> None:
    network = site.make()
    started = time.monotonic()
    told = site.train(network, {"iterations": 7, "per_second": 10})
    assert 0.55 < time.monotonic() - started < 2
    assert [data["iteration"] for name, data in told if name == "progress"] == [*range(1, 8)]
    assert site.get(network)["iteration"] == 7


def test_a_paced_training_is_stored_while_it_waits(site: Site) -> None:
    network = site.make()
    body = {"iterations": 3, "per_second": 0.2}
    with site.client.stream("POST", f"/networks/{network}/train", json=body) as stream:
        lines = stream.iter_lines()
        assert next(lines)
        started = time.monotonic()
        while site.get(network)["iteration"] == 0:
            assert time.monotonic() - started < 3
    assert site.get(network)["iteration"] == 1


def test_frames_come_along_and_are_those_of_the_iteration_told(site: Site) -> None:
    network = site.make()
    body = {"iterations": 40, "per_second": 40, "frames": "float64"}
    told = site.train(network, body, Accept="text/event-stream")
    framed = [data for name, data in told if "frame" in data]
    assert len(framed) == len(told) - 1 > 5
    seen = framed[-1]
    frame = base64.b64decode(seen["frame"])
    # The header's iteration stands at its 24th byte.
    iteration = int.from_bytes(frame[24:32], "little")
    assert iteration == seen["iteration"]
    query = f"iteration={iteration}&dtype=float64"
    answer = site.client.get(f"/networks/{network}/frame?{query}")
    assert answer.content == frame
    assert seen["batch"] == told[-1][1]["batch"]
    assert "frame" not in told[-1][1]


def test_who_asks_to_wait_sees_all_that_a_training_left_has_done(site: Site) -> None:
    network = site.make()
    leave(site, network, 3)
    seen = site.client.get(f"/networks/{network}", params={"wait": True}).json()
    time.sleep(0.3)
    assert site.get(network) == seen
    with site.client.stream("POST", f"/networks/{network}/train", json=ENDLESS) as stream:
        lines = stream.iter_lines()
        assert next(lines)
        assert site.client.get(f"/networks/{network}", params={"wait": True}).status_code == 409


@pytest.mark.parametrize("wish", [{"per_second": 0}, {"per_second": 61}, {"frames": "int8"}])
def test_a_pace_or_frame_that_is_none_is_refused(site: Site, wish: Any) -> None:
    network = site.make()
    answer = site.client.post(f"/networks/{network}/train", json={"iterations": 1, **wish})
    assert answer.status_code == 422


def test_a_training_with_a_key_is_done_once(site: Site) -> None:
    network = site.make()
    first = site.train(network, {"iterations": 500}, **{"Idempotency-Key": "t"})
    again = site.train(network, {"iterations": 500}, **{"Idempotency-Key": "t"})
    assert again == first[-1:]
    assert site.get(network)["iteration"] == 500


@pytest.mark.parametrize(
    "body",
    [{}, {"epochs": 1, "iterations": 1}, {"epochs": 0}, {"iterations": True}, {"until_loss": 1}],
)
def test_a_wrong_training_is_refused_before_it_begins(site: Site, body: Any) -> None:
    network = site.make()
    answer = site.client.post(f"/networks/{network}/train", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert site.get(network)["version"] == 1


def test_a_training_that_diverges_says_where(site: Site) -> None:
    network = site.make(
        layers=[{"units": 1}], loss="mse", optimizer={"name": "sgd", "learning_rate": 1e100}
    )
    _, last = site.train(network, ENDLESS)[-1]
    assert last["stopped"] == "nonfinite"
    assert last["at"] == last["iteration"] + 1
    assert last["loss"] == site.get(network)["loss"]
    assert last["loss"] in ("Infinity", "NaN")


def test_a_training_says_in_portuguese_where_it_diverged_and_says_it_again(site: Site) -> None:
    network = site.make(
        layers=[{"units": 1}], loss="mse", optimizer={"name": "sgd", "learning_rate": 1e100}
    )
    headers = {"Accept-Language": "pt-BR", "Idempotency-Key": "where"}
    _, last = site.train(network, ENDLESS, **headers)[-1]
    assert last["where"] and last["where"] != [one["text"] for one in last["where_said"]]
    assert not re.search(r"\b(the|is|are|value of|leaves)\b", " ".join(last["where"]))
    assert site.train(network, ENDLESS, **headers)[-1][1] == last
    _, english = site.train(network, ENDLESS, **{"Idempotency-Key": "where"})[-1]
    assert english["where"] == [one["text"] for one in last["where_said"]]


def test_a_training_that_runs_out_of_time_says_so(tmp_path: Path) -> None:
    with serving(
        "--database", f"sqlite:///{tmp_path}/s", GRADWALK_TRAINING_SECONDS="0.3"
    ) as server:
        site = Site(server)
        network = site.make()
        _, last = site.train(network, ENDLESS)[-1]
        assert last["stopped"] == "deadline"
        assert site.get(network)["iteration"] == last["iteration"] > 0
        site.client.close()


def test_a_step_that_would_take_too_long_changes_nothing(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/s"
    with serving("--database", database, GRADWALK_COMPUTATION_SECONDS="0.02") as server:
        site = Site(server)
        network = site.make()
        before = site.get(network)
        answer = site.client.post(
            f"/networks/{network}/step", json={"phase": "epoch", "count": 1_000}
        )
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert site.get(network) == before
        assert site.step(network).json()["iteration"] == 1
        site.client.close()


def test_others_are_answered_beside_eight_trainings(site: Site) -> None:
    small = site.make()
    stop = threading.Event()

    def train() -> None:
        with httpx.Client(base_url=f"{site.server.url}/api/v1", timeout=20) as client:
            network = client.post("/networks", json=XOR).json()["id"]
            with client.stream("POST", f"/networks/{network}/train", json=ENDLESS) as stream:
                for _ in stream.iter_lines():
                    if stop.is_set():
                        return

    threads = [threading.Thread(target=train) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        waits = []
        for _ in range(60):
            started = time.perf_counter()
            assert site.client.get(f"{site.server.url}/healthz").status_code == 200
            assert site.step(small).status_code == 200
            waits.append(time.perf_counter() - started)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    # Who waits for a training, waits for ever; how fast others are answered, bench.server tells.
    assert sorted(waits)[len(waits) // 2] < 2


def test_a_stop_of_the_server_ends_streams_and_keeps_what_was_done(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/s"
    with serving("--database", database) as server:
        site = Site(server)
        network = site.make()
        with site.client.stream("POST", f"/networks/{network}/train", json=ENDLESS) as stream:
            lines = stream.iter_lines()
            next(lines)
            time.sleep(0.3)
            started = time.monotonic()
            server.process.terminate()
            told = events("\n".join(["event: progress", *lines]))
        server.process.wait(timeout=12)
        assert time.monotonic() - started < 5
        name, last = told[-1]
        assert (name, last["stopped"]) == ("done", "shutdown")
        site.client.close()
    with serving("--database", database) as server:
        site = Site(server)
        assert site.get(network)["iteration"] == last["iteration"]
        site.client.close()
