"""A shortcut answers as the long way does, which a body takes that is padded with spaces."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.body import SHORT
from tests.app.client import API, Client
from tests.app.networks import XOR

VALUES = {"x": 2, "y": 3}
BODIES: dict[str, Any] = {
    "right": {"program": "f = x * y", "values": VALUES},
    "other numbers": {"program": "f = x * y", "values": {"x": -0.5, "y": 1e300}},
    "a notice": {"program": "f = x * y", "values": {**VALUES, "z": 1}},
    "not finite": {"program": "f = x / y", "values": {"x": 1, "y": 0}},
    "an array": {"program": "f = sum(x)", "values": {"x": [1, 2]}},
    "sentences": {"program": "f = x * y", "values": VALUES, "explain": "pt-BR"},
    "a wrong program": {"program": "f = x * (y", "values": VALUES},
    "a value missing": {"program": "f = x * y * z", "values": VALUES},
    "a wrong type": {"program": "f = x * y", "values": {"x": True, "y": 1}},
    "a wrong field": {"program": "f = x * y", "value": VALUES},
    "no program": {"values": VALUES},
    "no object": [1],
}
STEPS: dict[str, Any] = {
    "right": {"phase": "iteration"},
    "a phase": {"phase": "forward", "count": 1},
    "a wrong phase": {"phase": "sideways"},
    "a wrong count": {"phase": "iteration", "count": True},
    "too many": {"phase": "iteration", "count": 100_000},
}
# Others than these differ by the date, or not at all.
HEADERS = ("content-type", "etag", "access-control-allow-origin", "content-security-policy")


def both(client: Client, paths: tuple[str, str], body: bytes, **headers: str) -> None:
    """Send a body both ways, and compare what is answered."""
    sent = {"Content-Type": "application/json", **headers}
    short, long = (
        client.ask("POST", API + path, content=content, headers=sent)
        for path, content in zip(paths, (body, body + b" " * SHORT), strict=True)
    )
    assert (short.status_code, short.content) == (long.status_code, long.content)
    for name in HEADERS:
        assert short.headers.get(name) == long.headers.get(name)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_graphs_are_answered_alike(client: Client, body: Any) -> None:
    for _ in range(3):
        both(client, ("/graphs", "/graphs"), json.dumps(body).encode())


@pytest.mark.parametrize("body", [b"{", b'{"program": "f = x\xff"}', b"NaN"])
def test_what_is_no_json_is_refused_alike(client: Client, body: bytes) -> None:
    answers = [client.post("/graphs", one).json() for one in (body, body + b" " * SHORT)]
    assert [one["status"] for one in answers] == [400, 400]


@pytest.mark.parametrize("body", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("wanted", [None, '"1"', '"7"', "seven"])
def test_steps_are_answered_alike(client: Client, body: Any, wanted: str | None) -> None:
    paths = (_step(client), _step(client))
    headers = {"If-Match": wanted} if wanted else {}
    both(client, paths, json.dumps(body).encode(), **headers)


def test_steps_of_no_network_are_refused_alike(client: Client) -> None:
    path = f"/networks/{'A' * 22}/step"
    both(client, (path, path), b'{"phase": "iteration"}')


def test_a_step_with_a_key_is_done_once(client: Client) -> None:
    path = API + _step(client)
    headers = {"Content-Type": "application/json", "Idempotency-Key": "once"}
    body = b'{"phase": "iteration"}'
    first, second = (client.ask("POST", path, content=body, headers=headers) for _ in range(2))
    assert first.content == second.content and first.json()["iteration"] == 1


def _step(client: Client) -> str:
    return f"/networks/{client.post('/networks', XOR).json()['id']}/step"
