from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import __version__
from app.limits import DOOR
from app.settings import Settings
from tests.app.networks import XOR
from tests.app.process import GRADWALK, Server, serving

JSON = {"Content-Type": "application/json"}
OK = {"program": "q = x + y\nf = q * z", "values": {"x": 2, "y": 3, "z": 4}}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(GRADWALK), *arguments], capture_output=True, text=True, timeout=30, check=False
    )


def test_the_command_says_its_version_and_its_options() -> None:
    assert run("--version").stdout == f"gradwalk {__version__}\n"
    assert "serve" in run("--help").stdout
    options = {"--host", "--port", "--database", "--workers", "--hosted"}
    assert options <= set(run("serve", "--help").stdout.replace(",", " ").split())
    assert run().returncode == run("fly").returncode == 2


def test_it_serves_at_the_address_that_it_prints(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    status, headers, content = server.ask("GET", "/lab")
    assert status == 200
    assert b"<!doctype html>" in content
    assert "server" not in {name.lower() for name in headers}
    status, answer = server.post("/api/v1/graphs", OK)
    assert (status, answer["value"]) == (200, 20)
    assert answer["links"]["page"].startswith(f"{server.url}/lab?")


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/optimizers", "/lab", "/openapi.json"])
def test_head_is_get_without_a_body(server: Server, path: str) -> None:
    status, headers, content = server.ask("HEAD", path)
    assert (status, content) == (200, b"")
    told = {name.lower(): value for name, value in headers.items()}
    whole = {name.lower(): value for name, value in server.ask("GET", path)[1].items()}
    assert told["content-length"] == whole["content-length"]
    assert told["content-type"] == whole["content-type"]
    assert server.ask("HEAD", "/api/v1/networks/nope")[0] == 404


def test_a_body_in_chunks_is_counted(server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(DOOR.body_bytes // 65_536 + 2):
            yield b" " * 65_536

    try:
        status, _, content = server.ask("POST", "/api/v1/graphs", chunks(), JSON)
    except (BrokenPipeError, ConnectionResetError):
        pytest.fail("the answer was cut off before it could be read")
    assert status == 413
    assert json.loads(content)["limit"]["name"] == "body_bytes"
    assert server.ask("GET", "/healthz")[0] == 200


def test_a_body_that_says_it_is_too_large_is_not_read(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        head = (
            "POST /api/v1/graphs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Content-Length: 200000000\r\n\r\n"
        )
        connection.sendall(head.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 413")


def test_the_server_answers_others_while_it_computes(server: Server) -> None:
    size = 440
    row = [1.0] * size
    heavy = {"program": "f = sum(a @ a)", "values": {"a": [row] * size}}
    with ThreadPoolExecutor(4) as pool:
        busy = [pool.submit(server.post, "/api/v1/graphs", heavy) for _ in range(4)]
        started = time.perf_counter()
        assert server.ask("GET", "/healthz")[0] == 200
        assert time.perf_counter() - started < 2
        assert {future.result()[0] for future in busy} <= {200, 422}


def test_a_strange_host_is_no_error(server: Server) -> None:
    for host in ("a b", "x/docs?", "evil.example:99999", "\u00e9"):
        headers = {**JSON, "Host": host.encode("latin-1").decode("latin-1")}
        status, _, content = server.ask("POST", "/api/v1/graphs", json.dumps(OK), headers)
        assert status in {200, 400}
        if status == 200:
            json.loads(content)


def test_a_taken_port_is_a_sentence(server: Server) -> None:
    failed = run("serve", "--port", server.url.rsplit(":", 1)[1])
    assert failed.returncode == 1
    assert "is not free" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--database", "mysql://a/b"), "accepted are sqlite:///PATH or postgresql://"),
        (("--database", "sqlite:////proc/nothing/a.sqlite"), "cannot be opened"),
        (("--workers", "2", "--database", "sqlite:////tmp/x"), "is served by one process"),
        (("--workers", "0"), "workers is wrong"),
        (("--port", "99999999"), "port is wrong"),
    ],
)
def test_what_cannot_be_served_is_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    failed = run("serve", *arguments)
    assert failed.returncode == 1
    assert said in failed.stderr
    assert len(failed.stderr.splitlines()) == 1


def test_a_store_that_cannot_be_read_is_not_ready(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with serving("--database", f"sqlite:///{file}") as server:
        assert server.ask("GET", "/readyz")[0] == 200
        with sqlite3.connect(file) as connection:
            connection.execute("DROP TABLE networks")
        connection.close()
        for path in ("/readyz", f"/api/v1/networks/{'a' * 22}"):
            status, headers, content = server.ask("GET", path)
            assert (status, headers["retry-after"]) == (503, "2")
            assert json.loads(content)["detail"].startswith("The store cannot be read: ")
        status, answer = server.post("/api/v1/networks", XOR)
        assert status == 503
        assert answer["detail"].startswith("The store cannot be written: ")
        assert server.ask("GET", "/healthz")[0] == 200


def test_settings_come_from_the_environment_and_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "gradwalk.toml").write_text('base_path = "/from-file"\n')
    with serving(cwd=tmp_path) as server:
        assert server.ask("GET", "/from-file/lab")[0] == 200
    with serving(cwd=tmp_path, GRADWALK_BASE_PATH="/from-environment") as server:
        assert server.ask("GET", "/from-environment/lab")[0] == 200


def test_what_is_passed_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADWALK_PORT", "1234")
    assert Settings().port == 1234
    assert Settings(port=5678).port == 5678
