"""What an operator sees of a running server: a log for programs, ids of requests, and numbers."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.observing.routes import label
from app.store.ids import of_network, view_of
from tests.app.client import Client
from tests.app.networks import XOR
from tests.app.postgres import needed, postgresql
from tests.app.process import GRADWALK, serving


def lines(file: Path) -> list[dict[str, Any]]:
    """Return what was logged, line by line; every line is an object."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_each_request_has_an_id(client: Client) -> None:
    own = {client.get("/healthz").headers["x-request-id"] for _ in range(2)}
    assert len(own) == 2 and all(re.fullmatch("[0-9a-f]{16}", one) for one in own)
    given = client.get("/nothing", x_request_id="proxy-1.2_3")
    assert (given.status_code, given.headers["x-request-id"]) == (404, "proxy-1.2_3")
    for odd in ("a b", "x" * 65, ""):
        assert client.get("/healthz", x_request_id=odd).headers["x-request-id"] != odd


def test_the_log_tells_of_requests_and_of_no_id_address_or_query(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with file.open("wb") as log, serving("--log", "json", log=log) as server:
        made = httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"]
        view = view_of(made)
        own = f"{server.url}/api/v1/networks/{made}"
        headers = {"X-Request-Id": "mine-1", "User-Agent": "secret-agent"}
        httpx.post(f"{own}/step", json={"phase": "iteration"}, headers=headers)
        httpx.get(f"{own}/nodes/W1?secret=1")
        httpx.get(f"{server.url}/lab?network={made}")
        httpx.get(f"{server.url}/lab?network={view}")
        httpx.patch(f"{server.url}/api/v1/networks/{view}", json={})
        httpx.get(f"{server.url}/no/such/{'x' * 300}")
        httpx.head(f"{server.url}/static/main.js")
        with httpx.stream("POST", f"{own}/train", json={"iterations": 1_000_000}) as stream:
            next(stream.iter_lines())
        deadline = time.monotonic() + 20
        while not any(one.get("route", "").endswith("/train") for one in lines(file)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    told = [one for one in lines(file) if one["logger"] == "gradwalk.requests"]
    routes = [(one["method"], one["route"], one["status"]) for one in told]
    networks = "/api/v1/networks"
    assert routes == [
        ("POST", networks, 201),
        ("POST", f"{networks}/{{network}}/step", 200),
        ("GET", f"{networks}/{{network}}/nodes/{{node}}", 200),
        ("GET", "/lab", 200),
        ("GET", "/lab", 200),
        ("PATCH", f"{networks}/{{network}}", 403),
        ("GET", "unknown", 404),
        ("HEAD", "/static/", 200),
        ("POST", f"{networks}/{{network}}/train", 200),
    ]
    assert told[1]["request_id"] == "mine-1"
    assert [one["complete"] for one in told] == [True] * 8 + [False]
    assert all(one["milliseconds"] >= 0 and re.search("Z|[+]00:00$", one["time"]) for one in told)
    everything = file.read_text("utf-8")
    for secret in (made, view, of_network(made), "secret", "127.0.0.1", "xxx"):
        assert secret not in everything


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=needed)])
def test_prometheus_finds_the_numbers_of_all_workers(workers: int) -> None:
    port = free_port()
    arguments = ["--metrics-port", str(port)]
    if workers == 1:
        with serving(*arguments) as server:
            check_numbers(server.url, port)
    else:
        pytest.importorskip("asyncpg")
        with postgresql() as database:
            arguments += ["--database", database, "--workers", "2"]
            with serving(*arguments) as server:
                transport = httpx.HTTPTransport(retries=50)
                with httpx.Client(transport=transport, timeout=20) as client:
                    while client.get(f"{server.url}/readyz").status_code != 200:
                        pass
                check_numbers(server.url, port)


def check_numbers(url: str, port: int) -> None:
    """Ask twenty times over connections of their own, and find all of them counted."""
    for _ in range(20):
        httpx.get(f"{url}/healthz")
    httpx.get(f"{url}/api/v1/networks/{'0' * 22}")
    numbers = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    found = dict(re.findall(r"^(gradwalk_\w+\{.*?\}) (\S+)$", numbers, re.M))
    names = 'method="GET",route="{}",status="{}"'
    assert float(found[f"gradwalk_requests_total{{{names.format('/healthz', 200)}}}"]) == 20
    missing = names.format("/api/v1/networks/{network}", 404)
    assert float(found[f"gradwalk_requests_total{{{missing}}}"]) == 1
    assert float(found['gradwalk_request_seconds_count{route="/healthz"}']) == 20
    assert httpx.get(f"{url}/metrics").status_code == 404


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        database = f"sqlite:///{tmp_path}/store.sqlite"
        done = subprocess.run(
            [str(GRADWALK), "serve", "--port", "0", "--database", database,
             "--metrics-port", str(port)],
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"Metrics cannot be served on port {port}:")


def test_no_address_makes_a_label_of_its_own() -> None:
    odd = {label("GET", f"/api/v1/networks/{i:022d}/history") for i in range(50)}
    odd |= {label("GET", f"/api/v1/networks/view-{i:022d}/history") for i in range(50)}
    odd |= {label("GET", f"/api/v1/networks/{i}/history") for i in range(50)}
    odd |= {label("GET", f"/{i}/{'y' * i}") for i in range(500)}
    assert odd == {"/api/v1/networks/{network}/history", "unknown"}
