"""Under which names the server answers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.hosts import expected
from app.main import create_app
from app.settings import Settings
from tests.app.client import API, problem, running
from tests.app.process import Server
from tests.app.sockets import wire

MALFORMED = [
    b"", b"a b", b"x/docs?", b"a,b", b"a@b", b"user:word@a", b"[::1", b"[evil]", b"::1",
    b"localhost:99999", b"localhost:port", b"a:", b"xn--\xc3\xa9", b'"><script>', b"a" * 300,
]  # fmt: skip
LOCAL = [
    b"localhost",
    b"LocalHost:8000",
    b"127.0.0.1:1",
    b"[::1]:8000",
    b"lab.localhost",
    b"pc-7",
    b"pc.local",
]


def status(server: Server, fields: bytes, version: bytes = b"1.1") -> int:
    with wire(server.url) as line:
        line.send(b"GET /healthz HTTP/%s\r\n%s\r\n" % (version, fields))
        return line.answer().status


@pytest.mark.parametrize("host", MALFORMED)
def test_a_host_that_is_none_is_refused(server: Server, host: bytes) -> None:
    assert status(server, b"Host: %s\r\n" % host) == 400


def test_one_host_is_named(server: Server) -> None:
    assert status(server, b"") == 400
    assert status(server, b"Host: localhost\r\nHost: localhost\r\n") == 400
    assert status(server, b"", b"1.0") == 200


@pytest.mark.parametrize("host", LOCAL)
def test_a_server_for_this_machine_answers_under_its_names(server: Server, host: bytes) -> None:
    assert status(server, b"Host: %s\r\n" % host) == 200


@pytest.mark.parametrize(
    "host", [b"evil.example", b"localhost.evil.example", b"127.0.0.1.evil.example", b"2130706433.1"]
)
def test_and_under_no_other(server: Server, host: bytes) -> None:
    assert status(server, b"Host: %s\r\n" % host) == 400


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Settings(), ""),
        (Settings(host="localhost"), ""),
        (Settings(host="::1"), ""),
        (Settings(host="0.0.0.0"), "*"),
        (Settings(host="class.example"), "*"),
        (Settings(hosts="*"), "*"),
        (Settings(host="0.0.0.0", hosts="class.example"), "class.example"),
    ],
)
def test_names_follow_from_where_it_listens(settings: Settings, names: str) -> None:
    assert expected(settings) == names


def test_names_that_are_set_are_accepted(runner: asyncio.Runner, tmp_path: Path) -> None:
    settings = Settings(
        database=f"sqlite:///{tmp_path / 's'}",
        hosts="Class.Example, other.example",
        public_url="https://walk.example:8443/base",
    )
    with running(create_app(settings), runner) as client:
        for host in ("class.example", "other.example:80", "walk.example", "localhost"):
            assert client.get(f"{API}/limits", host=host).status_code == 200
        said = problem(client.get(f"{API}/limits", host="evil.example"), 400)
        assert "GRADWALK_HOSTS" in said["detail"]
        assert client.get("/", host="evil.example").headers["x-content-type-options"] == "nosniff"
