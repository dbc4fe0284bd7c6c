"""Tokens of scripts: made by the operator, counted by themselves, taken back, and never written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.store.ids import of_token
from app.tokens import KNOWN
from tests.app.networks import XOR
from tests.app.postgres import needed, postgresql
from tests.app.process import GRADWALK, Server, serving

# So little that a few requests go over it, so seldom filled that it stays empty for the test.
LIMITS = json.dumps({"address_per_second": 1, "address_burst": 5, "new_networks_per_hour": 1,
                     "new_networks_burst": 2, "token_new_networks_per_hour": 1,
                     "token_new_networks_burst": 4, "network_per_second": 1,
                     "network_burst": 200})  # fmt: skip
LIST = "/api/v1/datasets"
WRONG = "gradwalk-" + "A" * 22


def gradwalk(*arguments: str, database: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(GRADWALK), "token", *arguments, "--database", database],
        capture_output=True, text=True, timeout=60, env=os.environ, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def made(name: str, *more: str, database: str) -> str:
    status, said = gradwalk("create", name, *more, database=database)
    assert status == 0, said
    return said.strip()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def server(database: str, log: Path) -> Iterator[Server]:
    arguments = ("--hosted", "--log", "json", "--database", database)
    with log.open("wb") as file, serving(*arguments, log=file, GRADWALK_LIMITS=LIMITS) as server:
        yield server


def ask(server: Server, token: str | None, method: str = "GET", path: str = LIST,
        body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        given["Authorization"] = f"Bearer {token}"
    if body is not None:
        given["Content-Type"] = "application/json"
    return server.ask(method, path, None if body is None else json.dumps(body), given)


def test_a_token_is_limited_by_itself_and_not_by_its_address(server: Server, database: str) -> None:
    own = made("course", "--rate", "1", "--burst", "30", database=database)
    # One more is allowed in each second that passes meanwhile.
    statuses = [ask(server, None)[0] for _ in range(30)]
    assert statuses[:5] == [200] * 5 and 429 in statuses
    answers = [ask(server, own) for _ in range(60)]
    assert [answer[0] for answer in answers[:30]] == [200] * 30
    headers, text = next(answer[1:] for answer in answers if answer[0] == 429)
    said = json.loads(text)
    assert int(headers["retry-after"]) >= 1
    assert said["limit"]["name"] == "requests_per_token" and "with one token" in said["detail"]
    # Another one has its own, by default what the limits say.
    other = made("other", database=database)
    assert [ask(server, other)[0] for _ in range(40)] == [200] * 40


def test_new_networks_count_by_token(server: Server, database: str) -> None:
    own = made("course", database=database)
    create = ("POST", "/api/v1/networks", XOR)
    assert [ask(server, None, *create)[0] for _ in range(3)] == [201, 201, 429]
    assert [ask(server, own, *create)[0] for _ in range(5)] == [201] * 4 + [429]


def test_an_unknown_or_revoked_token_is_refused_and_opens_nothing(
    server: Server, database: str
) -> None:
    own = made("course", database=database)
    status, _, text = ask(server, own, "POST", "/api/v1/networks", XOR)
    assert status == 201
    network = f"/api/v1/networks/{json.loads(text)['id']}"
    assert ask(server, own, path=network)[0] == 200
    assert ask(server, own, path=f"/api/v1/networks/{of_token(own)}")[0] == 404
    assert ask(server, own, path="/api/v1/networks/" + "A" * 22)[0] == 404
    assert gradwalk("revoke", "course", database=database) == (
        0, "The token course is revoked.\n",
    )  # fmt: skip
    until = time.monotonic() + KNOWN + 10
    while ask(server, own)[0] != 401:
        assert time.monotonic() < until
        time.sleep(0.2)
    for wrong in (own, WRONG, "", "é", "x" * 5_000):
        status, headers, text = ask(server, wrong.encode().decode("latin-1"))
        if status == 429:
            break
        assert status == 401
        assert headers["www-authenticate"] == 'Bearer realm="gradwalk", error="invalid_token"'
        assert "was revoked" in json.loads(text)["detail"]
        assert headers["content-type"] == "application/problem+json"
    # Who tries tokens is counted by the address.
    assert 429 in {ask(server, f"{WRONG}{number}")[0] for number in range(8)}
    # What is no bearer token is somebody else's business, and so are pages.
    assert ask(server, None, path="/lab", Authorization=f"Bearer {WRONG}")[0] == 200


def test_other_sites_gain_nothing_by_a_token(server: Server, database: str) -> None:
    own = made("course", database=database)
    for headers in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
        status = ask(server, own, "POST", "/api/v1/networks", XOR, **headers)[0]
        assert status == 403
    for path in ("/api/v1/networks", "/api/v1/graphs"):
        _, headers, _ = ask(server, None, "OPTIONS", path, Origin="https://evil.example",
                            Access_Control_Request_Method="POST",
                            Access_Control_Request_Headers="authorization")  # fmt: skip
        assert "authorization" not in headers.get("access-control-allow-headers", "").lower()
        assert "access-control-allow-credentials" not in headers


def test_a_token_is_shown_once_and_written_nowhere(
    server: Server, database: str, log: Path, tmp_path: Path
) -> None:
    own = made("course", "--rate", "7", database=database)
    assert own.startswith("gradwalk-") and len(own) == 31
    assert ask(server, own)[0] == 200
    assert ask(server, WRONG)[0] == 401
    status, said = gradwalk("list", database=database)
    assert status == 0
    assert said.startswith("course: 7 a second, burst as set, made 20") and own not in said
    content = b"".join(file.read_bytes() for file in tmp_path.glob("store.sqlite*"))
    assert own.encode() not in content + log.read_bytes()
    assert of_token(own).encode() in content
    assert WRONG not in log.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "a b"), "1 to 100 letters"),
        (("create", "x", "--rate", "0"), "whole numbers from 1"),
        (("create", "x", "--burst", "-3"), "whole numbers from 1"),
        (("create", "course"), "There is a token course already"),
        (("revoke", "nobody"), "There is no token nobody"),
    ],
)
def test_what_cannot_be_done_is_said(
    server: Server, database: str, arguments: tuple[str, ...], sentence: str
) -> None:
    made("course", database=database)
    status, said = gradwalk(*arguments, database=database)
    assert status == 1 and sentence in said
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as base:
        assert base.execute("SELECT name FROM tokens").fetchall() == [("course",)]
    assert server.process.poll() is None


def test_a_plain_server_looks_at_no_token() -> None:
    with serving() as server:
        assert ask(server, WRONG)[0] == 200


@needed
def test_tokens_are_kept_in_postgresql_too() -> None:
    pytest.importorskip("asyncpg")
    with (
        postgresql() as address,
        serving("--hosted", "--database", address) as server,
    ):
        own = made("course", database=address)
        assert {ask(server, own)[0] for _ in range(10)} == {200}
        assert ask(server, WRONG)[0] == 401
        assert gradwalk("revoke", "course", database=address)[0] == 0
        assert gradwalk("list", database=address) == (0, "")
        time.sleep(KNOWN + 0.5)
        assert ask(server, own)[0] == 401
