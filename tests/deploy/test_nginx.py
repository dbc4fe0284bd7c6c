"""The shipped file of nginx before a real server: streams, limits, names, and a restart."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.serving import RESTING
from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.app.sockets import Wire
from tests.deploy.nginx import NAME, SHIPPED, Front, fronted, needed

pytestmark = needed
NETWORKS = "/api/v1/networks"
UVICORN_WOULD_REST = 5.0


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def server(log: Path) -> Iterator[Server]:
    hosted = ("--log", "json", "--hosted")
    with log.open("wb") as file, serving(*hosted, log=file, GRADWALK_HOSTS=NAME) as server:
        yield server


@pytest.fixture(scope="module")
def front(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with fronted(tmp_path_factory.mktemp("nginx"), int(server.url.rsplit(":", 1)[1])) as front:
        yield front


def test_pages_are_served_by_name_over_https(front: Front) -> None:
    with front.client() as client:
        page = client.get("/lab")
        assert page.status_code == 200
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert "nginx/" not in page.headers["server"]
        static = re.search(r'src="(/static/[^"]+/main.js)"', page.text)
        assert static
        script = client.get(static[1], headers={"Accept-Encoding": "br"})
        assert script.headers["content-encoding"] == "br"
        made = client.post(NETWORKS, json=XOR).json()
        assert made["links"]["self"] == f"{front.url}{NETWORKS}/{made['id']}"
        # A page of this site may write, one of another may not.
        own = {"Origin": front.url}
        step = f"{NETWORKS}/{made['id']}/step"
        assert client.post(step, json={"phase": "loss"}, headers=own).status_code == 200
        other = {"Origin": "https://elsewhere.example"}
        assert client.post(step, json={"phase": "loss"}, headers=other).status_code == 403
    plain = httpx.get(f"http://127.0.0.1:{front.plain}/lab?x=1", headers={"Host": NAME})
    assert (plain.status_code, plain.headers["location"]) == (301, f"https://{NAME}/lab?x=1")


def test_a_stream_tells_at_once_and_a_client_that_leaves_ends_it(front: Front, log: Path) -> None:
    with front.client() as client:
        made = client.post(NETWORKS, json=XOR).json()["id"]
        body = {"iterations": 1_000_000}
        began = time.monotonic()
        with client.stream("POST", f"{NETWORKS}/{made}/train", json=body) as stream:
            assert stream.status_code == 200
            lines = stream.iter_lines()
            while not next(lines).startswith("data:"):
                pass
            first = time.monotonic() - began
    assert first < 5
    deadline = time.monotonic() + 20
    while f"{NETWORKS}/{{network}}/train" not in log.read_text("utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_server_keeps_a_resting_connection_for_longer_than_nginx() -> None:
    """Otherwise a request that comes as the server closes is lost, and answered with 502."""
    [upstream] = re.findall(r"upstream \w+ \{.*?\}", SHIPPED.read_text("utf-8"), re.DOTALL)
    [seconds] = re.findall(r"keepalive_timeout (\d+)s;", upstream)
    assert int(seconds) < RESTING
    with serving() as server:
        line = Wire(server.url)
        for rest in (0, UVICORN_WOULD_REST + 1):
            time.sleep(rest)
            line.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.answer().status == 200
        line.close()


def test_a_body_that_is_too_large_is_refused_with_a_sentence(front: Front) -> None:
    with front.client() as client:
        headers = {"Content-Type": "application/json"}
        over = b" " * 4_100_000
        ours = client.post("/api/v1/graphs", content=over, headers=headers)
        assert ours.status_code == 413
        assert ours.json()["limit"]["value"] == 4_000_000
        assert client.post("/api/v1/graphs", content=over * 2, headers=headers).status_code == 413
        # Programs travel in addresses.
        assert client.get("/lab?program=" + "f+%3D+x%3B+" * 4_000).status_code in (200, 422)


def test_who_asks_is_told_by_nginx_alone(front: Front, log: Path) -> None:
    """The limit on unknown networks counts by address: a made-up one does not help."""
    with front.client() as client:
        statuses = [
            client.get(
                f"{NETWORKS}/{i:022d}", headers={"X-Forwarded-For": f"203.0.113.{i % 250}"}
            ).status_code
            for i in range(70)
        ]
        assert {404, 429} == set(statuses)
        client.get("/healthz", headers={"X-Request-Id": "forged"})
    told = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert all(re.fullmatch("[0-9a-f]{32}", one["request_id"]) for one in told)


def test_after_a_restart_of_the_server_nginx_finds_it_again(tmp_path: Path) -> None:
    (tmp_path / "nginx").mkdir()
    database = ("--database", f"sqlite:///{tmp_path}/store.sqlite")
    with serving(*database, GRADWALK_HOSTS=NAME) as server:
        port = server.url.rsplit(":", 1)[1]
        with fronted(tmp_path / "nginx", int(port)) as front, front.client() as client:
            made = client.post(NETWORKS, json=XOR).json()["id"]
            server.process.terminate()
            server.process.wait()
            assert client.get(f"{NETWORKS}/{made}").status_code == 502
            with serving("--port", port, *database, GRADWALK_HOSTS=NAME):
                assert client.get(f"{NETWORKS}/{made}").status_code == 200
                page = f"/lab?network={made}"
                assert client.get(page).status_code == 200
                httpx.get(f"http://127.0.0.1:{front.plain}{page}", headers={"Host": NAME})
    logs = {file.name: file.read_text("utf-8") for file in (tmp_path / "nginx").glob("*.log")}
    assert {"error.log", "main.log"} <= logs.keys()
    assert not any(made in text for text in logs.values())
