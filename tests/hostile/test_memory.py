"""A server that is given little memory: what does not fit is refused, and the rest goes on."""

from __future__ import annotations

import json
import resource
from functools import partial
from pathlib import Path
from typing import Any

from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.hostile.test_races import at_once

# Each thread takes address space for itself.
ROOM = 1_000_000_000
CLIENTS = 4
LITTLE = 90_000_000
# Each keeps just below every limit.
LARGE: tuple[tuple[str, Any], ...] = (
    ("/api/v1/graphs", {"program": "f = sum(a*a + a*a + a*a + a*a + a*a)",
                        "values": {"a": [[0.5] * 400] * 400}}),
    # Thousands of millions of numbers, if they were made before they are counted.
    ("/api/v1/graphs", {"program": "f = sum(a + b)",
                        "values": {"a": [[1]] * 60_000, "b": [[2] * 60_000]}}),
    ("/api/v1/networks", {**XOR, "layers": [{"units": 4096}] * 32}),
    ("/api/v1/networks", {**XOR, "inputs": 400, "layers": [{"units": 400}, {"units": 1}],
                          "data": {"x": [[0.5] * 400] * 400, "y": [[1]] * 400}}),
)  # fmt: skip


def size(server: Server) -> int:
    """Return the server's address space in bytes."""
    pages = Path(f"/proc/{server.process.pid}/statm").read_text().split()[0]
    return int(pages) * resource.getpagesize()


def send(server: Server, path: str, body: bytes) -> tuple[int, dict[str, str], Any]:
    status, heads, text = server.ask("POST", path, body, {"Content-Type": "application/json"})
    return status, heads, json.loads(text)


def test_a_server_short_of_memory_refuses_and_lives(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as errors, serving(log=errors) as server:
        status, network = server.post("/api/v1/networks", XOR)
        assert status == 201
        server.post(f"/api/v1/networks/{network['id']}/step", {"phase": "loss"})
        room = size(server) + ROOM
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (room, room))
        for path, body in LARGE:
            sent = json.dumps(body).encode()
            for status, heads, said in at_once([partial(send, server, path, sent)] * CLIENTS):
                assert status in {200, 201, 422, 503}, said
                assert status != 503 or (int(heads["retry-after"]) > 0 and said["detail"])
        assert server.process.poll() is None
        status, said = server.post("/api/v1/graphs", {"program": "f = x * x", "values": {"x": 3}})
        assert (status, said["value"]) == (200, 9)
        status, said = server.post(
            f"/api/v1/networks/{network['id']}/step", {"phase": "iteration", "count": 5}
        )
        assert (status, said["iteration"]) == (200, 5)
    assert "Traceback" not in log.read_text()


def test_a_body_that_would_not_fit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    log = tmp_path / "log"
    body = b"[" + b",".join([b'{"":0}'] * 500_000) + b"]"
    with log.open("wb") as errors, serving(log=errors) as server:
        assert server.post("/api/v1/graphs", {"program": "f = x * x", "values": {"x": 3}})[0] == 200
        room = size(server) + LITTLE
        resource.prlimit(server.process.pid, resource.RLIMIT_AS, (room, room))
        for _ in range(3):
            status, heads, said = send(server, "/api/v1/graphs", body)
            assert status == 503 and int(heads["retry-after"]) > 0, (status, said)
        assert server.process.poll() is None
        status, said = server.post("/api/v1/graphs", {"program": "f = x * x", "values": {"x": 3}})
        assert (status, said["value"]) == (200, 9)
    assert "Traceback" not in log.read_text()
