"""Two servers on one PostgreSQL that hear each other by Redis, and go on where it is killed."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import pytest

from app.store.news import NAME
from tests.app import redis_server
from tests.app.postgres import PostgreSQL, needed, running
from tests.app.process import Server, serving
from tests.app.redis_server import RedisServer
from tests.faults import test_news

pytest.importorskip("asyncpg")
pytestmark = [needed, redis_server.needed]


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQL]:
    with running() as database:
        yield database


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server.running() as redis:
        yield redis


@pytest.fixture(scope="module")
def pair(database: PostgreSQL, redis: RedisServer) -> Iterator[tuple[Server, Server]]:
    """Two servers: sweeps are asked for at the first, which trains them."""
    here = ("--database", database.address)
    with (
        serving(*here, GRADWALK_SWEEP_PROCESSES="2", GRADWALK_REDIS=redis.address) as first,
        serving(*here, GRADWALK_SWEEP_PROCESSES="1", GRADWALK_REDIS=redis.address) as second,
    ):
        yield first, second


def listeners(redis: RedisServer) -> int:
    """Return how many connections Redis tells news to."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(5)
        try:
            link.connect(redis.address.removeprefix("unix://"))
        except OSError:
            return 0
        link.sendall(b"CLIENT LIST TYPE pubsub\r\n")
        return link.recv(65_536).count(NAME.replace(" ", "-").encode())


def test_what_redis_does_not_tell_is_asked_for_until_it_is_back(
    pair: tuple[Server, Server], redis: RedisServer
) -> None:
    first, second = pair
    test_news.until(lambda: listeners(redis) == 2, 10)
    struck: list[int] = []

    def meanwhile(done: int) -> None:
        if done >= 2 and not struck:
            struck.append(done)
            redis.stop(signal.SIGKILL)

    counts = test_news.told(second, test_news.begun(first, test_news.RUNS), meanwhile)
    assert struck and counts[-1] == 12, "what was missed has been asked for"
    redis.start()
    test_news.until(lambda: listeners(redis) == 2, 20)
    test_news.test_each_run_that_ends_is_told_by_the_other_server_too(pair)
    test_news.test_a_sweep_that_is_cancelled_elsewhere_is_trained_no_further(pair)
