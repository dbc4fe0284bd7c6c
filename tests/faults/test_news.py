"""Two servers on one PostgreSQL: what one of them stores of a sweep, the other hears of at once.

It does so again after its listening connection was lost, and what it misses it asks for.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import psutil
import pytest

from app.store.news import NAME
from tests.app.networks import XOR
from tests.app.postgres import PostgreSQL, needed, running
from tests.app.process import Server, serving

asyncpg: Any = pytest.importorskip("asyncpg")
pytestmark = needed
# A run takes some tenths of a second: long enough to be told of by itself.
RUNS: dict[str, Any] = {"network": XOR, "seeds": list(range(12)), "iterations": 800}
ENDLESS = {**RUNS, "seeds": list(range(200)), "iterations": 100_000}
AT_ONCE = 1.5


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQL]:
    with running() as database:
        yield database


@pytest.fixture(scope="module")
def pair(database: PostgreSQL) -> Iterator[tuple[Server, Server]]:
    """Two servers: sweeps are asked for at the first, which trains them."""
    here = ("--database", database.address)
    with (
        serving(*here, GRADWALK_SWEEP_PROCESSES="2") as first,
        serving(*here, GRADWALK_SWEEP_PROCESSES="1") as second,
    ):
        yield first, second


def begun(server: Server, body: dict[str, Any]) -> str:
    """Ask for a sweep, and return its path once it is being trained there."""
    made = httpx.post(f"{server.url}/api/v1/sweeps", json=body, timeout=20).json()
    path = f"/api/v1/sweeps/{made['id']}"
    until(lambda: bool(trainers(server)), 20)
    return path


def trainers(server: Server) -> list[psutil.Process]:
    """Return the processes that train for a server."""
    below = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in below if "LokyProcess" in _command(one)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        # It has just ended.
        return ""


def told(server: Server, path: str, meanwhile: Callable[[int], None] | None = None) -> list[int]:
    """Watch a sweep to its end, and return how many runs had ended at each of the events."""
    counts = []
    with httpx.stream("GET", f"{server.url}{path}/stream", timeout=120) as stream:
        for line in stream.iter_lines():
            if line.startswith("data:"):
                counts.append(json.loads(line[5:])["done"])
                if meanwhile is not None:
                    meanwhile(counts[-1])
    return counts


def listeners(database: PostgreSQL, what: str) -> int:
    """Have PostgreSQL do something with each of the listening connections."""

    async def ask() -> int:
        connection = await asyncpg.connect(
            host=str(database.folder), user="walk", database="postgres"
        )
        try:
            rows = await connection.fetch(
                f"SELECT {what} FROM pg_stat_activity WHERE application_name = $1", NAME
            )
            return len(rows)
        finally:
            await connection.close()

    found: list[int] = []
    # The browser's tests may run a loop in this thread.
    thread = threading.Thread(target=lambda: found.append(asyncio.run(ask())))
    thread.start()
    thread.join()
    return found[0]


def cut(database: PostgreSQL) -> None:
    assert listeners(database, "pg_terminate_backend(pid)") == 2


def restart(database: PostgreSQL) -> None:
    database.stop()
    database.start()


def until(holds: Callable[[], bool], seconds: float) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - began


def test_each_run_that_ends_is_told_by_the_other_server_too(pair: tuple[Server, Server]) -> None:
    first, second = pair
    counts = told(second, begun(first, RUNS))
    assert counts[-1] == 12
    assert len(set(counts)) >= 7, "asked for now and then, most would have ended unseen"


def test_a_sweep_that_is_cancelled_elsewhere_is_trained_no_further(
    pair: tuple[Server, Server],
) -> None:
    first, second = pair
    gaps = []
    for _ in range(3):
        path = begun(first, ENDLESS)
        assert httpx.delete(second.url + path, timeout=20).json()["state"] == "cancelled"
        gaps.append(until(lambda: not trainers(first), 15))
        print(f"its processes ended {gaps[-1]:.2f} s later")  # noqa: T201
    assert sorted(gaps)[1] < AT_ONCE, "who only asks now and then hears after some seconds"


def test_what_is_trained_beside_a_cancelled_sweep_goes_on(pair: tuple[Server, Server]) -> None:
    first, second = pair
    # One process for each, for some minutes.
    wide = [{"units": 64, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}]
    network = {**XOR, "layers": wide, "data": {"name": "moons", "samples": 1000}}
    alone = {"network": network, "seeds": [1], "iterations": 100_000}
    left, kept = begun(first, alone), begun(first, alone)
    until(lambda: len(trainers(first)) == 2, 20)
    time.sleep(1)
    processes = trainers(first)
    httpx.delete(second.url + left, timeout=20)
    short = begun(first, {**RUNS, "iterations": 1})
    gap = until(lambda: bool(httpx.get(second.url + short, timeout=20).json()["done"]), 15)
    print(f"its place was another's {gap:.2f} s later")  # noqa: T201
    assert httpx.get(second.url + kept, timeout=20).json()["state"] == "running"
    assert trainers(first) == processes, "and none of them was begun anew"
    httpx.delete(second.url + kept, timeout=20)


@pytest.mark.parametrize("strike", [cut, restart])
def test_who_has_lost_the_connection_listens_again(
    database: PostgreSQL, pair: tuple[Server, Server], strike: Callable[[PostgreSQL], None]
) -> None:
    first, second = pair
    struck: list[int] = []

    def meanwhile(done: int) -> None:
        if done >= 2 and not struck:
            struck.append(done)
            strike(database)

    counts = told(second, begun(first, RUNS), meanwhile)
    assert struck and counts[-1] == 12, "what was missed has been asked for"
    until(lambda: listeners(database, "pid") == 2, 10)
    test_each_run_that_ends_is_told_by_the_other_server_too(pair)
    test_a_sweep_that_is_cancelled_elsewhere_is_trained_no_further(pair)
