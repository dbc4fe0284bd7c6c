"""What uvicorn leaves to a proxy: limits of heads, deadlines, and answers that arrive."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import uvicorn

from app.limits import DOOR
from app.main import create_app
from app.protocol import Careful
from app.settings import Settings
from tests.app.networks import XOR
from tests.app.process import Server
from tests.app.sockets import Answer, Wire, wire

HOST = b"Host: localhost\r\n"
JSON = HOST + b"Content-Type: application/json\r\n"
GRAPHS = b"POST /api/v1/graphs HTTP/1.1\r\n" + JSON
BODY = json.dumps({"program": "f = x * x", "values": {"x": 3}}).encode()
SECONDS = 0.4


class Hasty(Careful):
    """Waits less long, so that a test does."""

    seconds = SECONDS
    grace = -DOOR.body_bytes / DOOR.body_bytes_per_second + SECONDS


@contextmanager
def served(folder: Path) -> Iterator[str]:
    app = create_app(Settings(database=f"sqlite:///{folder / 'store.sqlite'}"))
    config = uvicorn.Config(app, port=0, http=Hasty, ws="none", log_level="critical")
    server = uvicorn.Server(config)
    sockets = [config.bind_socket()]
    sockets[0].listen()
    thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets),))
    thread.start()
    try:
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, served(tmp_path_factory.mktemp("served")) as url:
        patch.setattr(
            "app.body.DOOR", SimpleNamespace(**{**asdict(DOOR), "arrival_seconds": SECONDS})
        )
        yield url


def problem(answer: Answer, status: int) -> dict[str, Any]:
    assert answer.status == status, answer
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    found: dict[str, Any] = json.loads(answer.body)
    assert found["status"] == status
    return found


def ask(line: Wire, data: bytes) -> Answer:
    line.send(data)
    return line.answer()


def test_unfinished_heads_are_closed_while_others_are_served(url: str) -> None:
    began = time.monotonic()
    with ExitStack() as stack:
        lines = [stack.enter_context(wire(url)) for _ in range(100)]
        for line in lines:
            line.send(b"POST /api/v1/graphs HTTP/1.1\r\nHost: loc")
        assert httpx.get(f"{url}/healthz").status_code == 200
        for line in lines:
            said = problem(line.answer(), 408)
            assert "0.4 seconds" in said["detail"]
        # Asked to close, a server lingers for two seconds at most.
        assert [line.rest() for line in lines] == [b""] * len(lines)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("said", [b"", b"\r\n", b"\r\n\r\n\r\n"])
def test_who_asks_for_nothing_is_left(url: str, said: bytes) -> None:
    with wire(url) as line:
        line.send(said)
        assert line.rest()[:13] in {b"", b"HTTP/1.1 408 "}
    with wire(url) as line:
        assert ask(line, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n").status == 200
        line.send(said or b"\r\n")
        assert line.rest() == b""


@pytest.mark.parametrize("framing", [b"Content-Length: 50", b"Transfer-Encoding: chunked"])
@pytest.mark.parametrize("begun", [b"", b'5\r\n{"pro'])
def test_a_body_that_stalls_is_answered_408(url: str, framing: bytes, begun: bytes) -> None:
    with wire(url) as line:
        said = problem(ask(line, GRAPHS + framing + b"\r\n\r\n" + begun), 408)
        assert "did not arrive in time" in said["detail"]
        assert line.rest() == b""


def test_a_body_that_nobody_reads_is_not_waited_for_long(url: str) -> None:
    with wire(url) as line:
        head = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 9\r\n\r\n"
        assert ask(line, head).status == 200
        assert line.rest() == b""


def test_a_request_may_arrive_in_parts(url: str) -> None:
    whole = GRAPHS + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    with wire(url) as line:
        for i in range(0, len(whole), 40):
            line.send(whole[i : i + 40])
        assert json.loads(line.answer().body)["value"] == 9


def test_an_answer_may_take_longer_than_a_request(url: str) -> None:
    with httpx.Client(base_url=url) as client:
        here = client.post("/api/v1/networks", json=XOR).headers["location"]
        told = client.post(f"{here}/train", json={"iterations": 16, "per_second": 20})
        assert '"iteration":16' in told.text.split("event: done")[1]


def test_a_body_too_large_is_answered_before_the_connection_closes(url: str) -> None:
    size = 3 * DOOR.body_bytes
    with wire(url) as line:
        said = problem(ask(line, GRAPHS + b"Content-Length: %d\r\n\r\n" % size + b"1" * size), 413)
        assert said["limit"] == {"name": "body_bytes", "value": DOOR.body_bytes, "got": size}


def test_heads_are_limited(url: str) -> None:
    begun = b"GET /healthz HTTP/1.1\r\n" + HOST
    accepted = begun + b"X: y\r\n" * (DOOR.head_fields - 1) + b"\r\n"
    with wire(url) as line:
        assert ask(line, accepted).status == 200
        problem(ask(line, begun + b"X: y\r\n" * DOOR.head_fields + b"\r\n"), 431)
    for long in (b"X: " + b"y" * DOOR.head_bytes + b"\r\n\r\n", b"X: " + b"y" * 300_000):
        with wire(url) as line:
            problem(ask(line, begun + long), 431)


def test_what_came_before_nonsense_is_answered(url: str) -> None:
    with wire(url) as line:
        whole = GRAPHS + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
        assert ask(line, whole + b"nonsense\r\n\r\n").status == 200
        assert line.rest() == b""


@pytest.mark.parametrize(
    "framing",
    [b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: identity",
     b"Content-Length: 2\r\nContent-Length: 2", b"Content-Length: 2\r\nTransfer-Encoding: chunked"],
)  # fmt: skip
def test_a_body_whose_end_is_open_to_doubt_is_refused(url: str, framing: bytes) -> None:
    again = GRAPHS + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    with wire(url) as line:
        problem(ask(line, GRAPHS + framing + b"\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + again), 400)
        assert line.rest() == b""


@pytest.mark.parametrize("first", [b"GET /healthz\r\n\r\n", b"GET /healthz HTTP/2.0\r\n"])
def test_other_versions_of_http_are_refused(url: str, first: bytes) -> None:
    with wire(url) as line:
        problem(ask(line, first + HOST + b"\r\n"), 400)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        (b"Transfer-Encoding: gzip, chunked\r\n\r\n", 400, "A única transfer coding aceita"),
        (b"X: " + b"a" * 70_000 + b"\r\n\r\n", 431, "são aceitos no máximo"),
        (b"X: y\r\nno field\r\n\r\n", 400, "Isto não é uma requisição em HTTP/1.1"),
        (b"X: ", 408, "A requisição não chegou a tempo; seu cabeçalho precisa"),
    ],
    ids=["coding", "large", "malformed", "late"],
)
def test_a_refusal_at_the_door_is_told_in_the_language_of_who_asks(
    url: str, fields: bytes, status: int, words: str
) -> None:
    with wire(url) as line:
        answer = ask(line, GRAPHS + b"Accept-Language: pt-BR, en;q=0.5\r\n" + fields)
    assert words in problem(answer, status)["detail"]
    assert answer.headers["content-language"] == "pt-BR"


def test_an_upgrade_is_not_taken_up(server: Server) -> None:
    asked = b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with wire(server.url) as line:
        assert ask(line, b"GET /healthz HTTP/1.1\r\n" + HOST + asked).status == 200
