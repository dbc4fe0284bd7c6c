"""Two processes on one PostgreSQL: no update is lost, and a key counts for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.app.networks import XOR
from tests.app.postgres import needed, postgresql
from tests.app.process import Server, serving

pytest.importorskip("asyncpg")
pytestmark = needed
STEP = {"phase": "iteration"}


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(scope="module")
def server(database: str) -> Iterator[Server]:
    with serving("--database", database, "--workers", "2") as server:
        transport = httpx.HTTPTransport(retries=50)
        with httpx.Client(base_url=server.url, transport=transport, timeout=20) as client:
            while client.get("/readyz").status_code != 200:
                pass
        yield server


def send(server: Server, network: str, many: int, **headers: str) -> list[httpx.Response]:
    """Send the same step many times, from eight threads with connections of their own."""
    address = f"{server.url}/api/v1/networks/{network}/step"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            pool.submit(httpx.post, address, json=STEP, headers=named, timeout=20)
            for _ in range(many)
        ]
        return [job.result() for job in jobs]


def make(server: Server) -> str:
    return str(httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"])


def iteration(server: Server, network: str) -> int:
    return int(httpx.get(f"{server.url}/api/v1/networks/{network}").json()["iteration"])


def test_racing_writes_of_two_processes_lose_nothing(server: Server) -> None:
    network = make(server)
    codes = Counter(answer.status_code for answer in send(server, network, 120))
    assert set(codes) <= {200, 409}
    assert iteration(server, network) == codes[200] > 100


def test_of_writes_to_one_version_one_is_done(server: Server) -> None:
    network = make(server)
    codes = Counter(answer.status_code for answer in send(server, network, 16, If_Match='"1"'))
    assert codes == {200: 1, 412: 15}


def test_a_key_counts_for_both_processes(server: Server) -> None:
    network = make(server)
    answers = send(server, network, 24, Idempotency_Key="both")
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert iteration(server, network) == 1


def test_a_network_survives_the_server(database: str, server: Server) -> None:
    network = make(server)
    send(server, network, 5)
    with serving("--database", database) as other:
        assert iteration(other, network) == 5
