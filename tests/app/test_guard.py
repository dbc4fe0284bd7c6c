"""Which sites' pages may change what is stored, and how often anyone may ask."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.main import create_app
from app.rates import CREATION, NETWORK, Buckets, Rate
from app.settings import Settings
from engine.sentence import foreign
from tests.app.client import API, SITE, Client, problem, running, strict
from tests.app.networks import XOR, Networks

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": f"{SITE}.evil.example"},
    {"Origin": f"{SITE}:8080"},
    {"Origin": SITE, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
]
OWN = [
    {},
    {"Origin": SITE},
    {"Origin": SITE.replace("http:", "https:")},
    {"Origin": SITE, "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]
WRITES = [
    ("POST", ""), ("POST", "/import"), ("PATCH", "/x"), ("DELETE", "/x"), ("POST", "/x/step"),
    ("POST", "/x/train"), ("POST", "/x/rewind"), ("POST", "/x/copies"), ("PUT", "/x"),
]  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_pages_of_other_sites_change_nothing(
    client: Client, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = client.ask(method, f"{API}/networks{path}", headers=headers, json={})
    problem(answer, 403)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("headers", OWN)
def test_own_pages_and_programs_do(client: Client, headers: dict[str, str]) -> None:
    answer = client.ask("POST", f"{API}/networks", headers=headers, json=XOR)
    assert answer.status_code == 201


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_stores_nothing_is_open_to_all(client: Client, headers: dict[str, str]) -> None:
    body = {"program": "f = x * x", "values": {"x": 3}}
    answer = client.ask("POST", f"{API}/graphs", headers=headers, json=body)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_other_site_may_read_networks(client: Client, origin: str) -> None:
    preflight = {"Origin": origin, "Access-Control-Request-Method": "PATCH"}
    answer = client.ask("OPTIONS", f"{API}/networks/{'a' * 22}", headers=preflight)
    assert "access-control-allow-origin" not in answer.headers


def test_the_public_address_is_our_own(runner: asyncio.Runner, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 's'}"
    settings = Settings(database=database, public_url="https://walk.example/base")
    with running(create_app(settings), runner) as client:
        headers = {"Origin": "https://walk.example"}
        answer = client.ask("POST", f"{API}/networks", headers=headers, json=XOR)
        assert answer.status_code == 201
        assert answer.headers["location"].startswith("https://walk.example/base/api/v1/networks/")


def test_a_bucket_holds_a_burst_and_fills_steadily() -> None:
    now = 0.0
    buckets = Buckets(lambda: now)
    rate = Rate("r", 2.0, 3, foreign("things"))
    assert [buckets.take(rate, "a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take(rate, "b") == 0
    now = 0.5
    assert [buckets.take(rate, "a") for _ in range(2)] == [0, 0.5]
    now = 100.0
    assert [buckets.take(rate, "a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_rates_are_limited_on_a_hosted_server_alone(
    runner: asyncio.Runner, tmp_path: Path, client: Client
) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 's'}", hosted=True)
    with running(create_app(settings), runner) as hosted:
        networks = Networks(hosted)
        network = networks.make()["id"]
        # On a busy machine the bucket fills meanwhile, and it takes more requests to empty it.
        allowed = 0
        while (answer := networks.ask("GET", f"/{network}")).status_code == 200:
            allowed += 1
            assert allowed < 50 * NETWORK.burst
        assert allowed >= NETWORK.burst
        said = problem(answer, 429)
        assert int(answer.headers["retry-after"]) >= 1
        assert said["limit"]["name"] == NETWORK.name
        assert networks.make()["version"] == 1
        assert hosted.get("/healthz").status_code == 200
        assert strict(hosted.get(f"{API}/limits"))["items"]
    free = Networks(client)
    network = free.make()["id"]
    assert {free.ask("GET", f"/{network}").status_code for _ in range(NETWORK.burst + 5)} == {200}


def test_guessing_ids_is_limited_on_a_hosted_server(runner: asyncio.Runner, tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 's'}", hosted=True)
    with running(create_app(settings), runner) as client:
        networks = Networks(client)
        # Another one is allowed in each second that passes meanwhile.
        codes = [networks.ask("GET", f"/{k:022}").status_code for k in range(140)]
        assert codes[:60] == [404] * 60
        assert {404, 429} == set(codes)
    assert CREATION.burst == 300
