from __future__ import annotations

import pytest

from app.lessons import lessons
from tests.app.client import API, Client

PATHS = ["/", "/lab", "/embed/lab", "/docs", "/docs/ops", "/nope", "/openapi.json",
         "/static/icon.svg", f"{API}/ops", f"{API}/graphs", f"{API}/nope", "/healthz"]  # fmt: skip
OPEN = [
    f"{API}/{path}"
    for path in (
        "graphs", "graphs/steps", "graphs/code", "graphs/variants", "programs", "players",
        "answers",
    )
]  # fmt: skip


@pytest.mark.parametrize("path", [*PATHS, *(f"/lessons/{slug}" for slug in lessons())])
def test_every_answer_carries_the_strict_headers(client: Client, path: str) -> None:
    headers = client.get(path, accept="text/html").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == ("* file:" if path.startswith("/embed/") else "'self'")


@pytest.mark.parametrize("path", OPEN)
def test_stateless_requests_are_open_to_any_origin_without_credentials(
    client: Client, path: str
) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    preflight = client.ask("OPTIONS", path, headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-methods"] == "POST"
    assert preflight.headers["access-control-allow-headers"] == "content-type"
    for answer in (preflight, client.post(path.removeprefix(API), b"{")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/lab", f"{API}/ops", f"{API}/lessons", "/openapi.json"])
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_other_paths_are_not(client: Client, path: str, origin: str) -> None:
    answer = client.get(path, origin=origin)
    assert "access-control-allow-origin" not in answer.headers
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    assert client.ask("OPTIONS", path, headers=asked).status_code == 405
