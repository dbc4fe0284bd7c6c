"""Hostile requests to a real server: each is refused in good time, and nothing has changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.hostile.entries import Entry, entries

CORPUS = tuple(entries())
# Answers are due in a second, and others are to be answered meanwhile; a machine may be busy.
PATIENCE, HEALTHY = 1.0, 0.2


class Victim:
    """A server, and a network on it that must stay as it is."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.place = urlsplit(server.url).netloc
        status, answer = server.post("/api/v1/networks", XOR)
        assert status == 201
        self.network = str(answer["id"])
        self.before = self.state()

    def send(self, entry: Entry) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self.place, timeout=20)
        path = entry.path.replace("{network}", self.network)
        try:
            connection.putrequest(entry.method, path, skip_accept_encoding=True)
            for name, value in entry.headers.items():
                connection.putheader(name, value.encode("latin-1"))
            connection.putheader("Content-Length", str(len(entry.body)))
            connection.endheaders()
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.send(entry.body)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def state(self) -> bytes:
        return self.server.ask("GET", f"/api/v1/networks/{self.network}")[2]

    def resident(self) -> int:
        pages = Path(f"/proc/{self.server.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    with serving() as server:
        yield Victim(server)


def raw(text: str) -> bool:
    """Whether http.client sends a path as it is."""
    return text.isascii() and not any(sign <= " " for sign in text)


@pytest.mark.parametrize("entry", CORPUS, ids=[entry.id for entry in CORPUS])
def test_a_hostile_request_is_refused_and_changes_nothing(victim: Victim, entry: Entry) -> None:
    if not raw(entry.path):
        pytest.skip("no client sends this")
    started = time.monotonic()
    try:
        status, headers, content = victim.send(entry)
    except (HTTPException, ConnectionResetError):
        # The protocol itself was broken; what matters is that others are served.
        status, headers, content = 400, {}, b""
    took = time.monotonic() - started
    assert status in entry.expected, (status, content[:300])
    assert took < PATIENCE
    if status >= 400 and content and content != b"Invalid HTTP request received.":
        assert headers["content-type"] == "application/problem+json"
        check_problem(content, status)
    started = time.monotonic()
    assert victim.server.ask("GET", "/healthz")[0] == 200
    assert time.monotonic() - started < HEALTHY
    assert victim.state() == victim.before


def check_problem(content: bytes, status: int) -> None:
    """Check that a problem is strict JSON and a sentence, and tells nothing of the inside."""

    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is no JSON")

    found = json.loads(content, parse_constant=refuse)
    assert found["status"] == status
    assert found["detail"].rstrip()[-1] in ".;:!?”"
    assert "Traceback" not in found["detail"]
    assert 'File "' not in found["detail"]


def test_the_whole_corpus_takes_little_memory(victim: Victim) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is read from /proc")
    some = [entry for entry in CORPUS if raw(entry.path)][::3]
    sizes = []
    for _ in range(2):
        for entry in some:
            with suppress(HTTPException, ConnectionResetError):
                victim.send(entry)
        sizes.append(victim.resident())
    assert sizes[1] - sizes[0] < 50_000_000


def test_the_corpus_is_large_and_covers_every_write() -> None:
    assert len(CORPUS) >= 300
    assert len({entry.id for entry in CORPUS}) == len(CORPUS)
    paths = {(entry.method, entry.path) for entry in CORPUS}
    own = "/api/v1/networks/{network}"
    for noun in ("step", "train", "rewind", "copies"):
        assert ("POST", f"{own}/{noun}") in paths
    assert {("PATCH", own), ("DELETE", own)} <= paths
