"""PostgreSQL restarted, killed, or one of its backends killed, while clients step.

Nothing acknowledged is lost, nothing is run twice, and all write again within five seconds. With
GRADWALK_NIGHTLY=1 each fault strikes 20 times instead of once; `-s` prints the figures.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from tests.app.forked import forked
from tests.app.postgres import PostgreSQL, needed, running
from tests.app.process import Address
from tests.faults.nightly import rounds
from tests.faults.steppers import stepping

pytest.importorskip("asyncpg")
pytestmark = needed
ROUNDS = rounds(1, 20)
CLIENTS = 6
DOWN = 0.3
AGAIN = 5.0


@pytest.fixture(scope="module")
def database() -> Iterator[PostgreSQL]:
    with running() as database:
        yield database


@pytest.fixture(scope="module")
def server(database: PostgreSQL) -> Iterator[Address]:
    with forked("--database", database.address) as server:
        yield server


def restart_fast(database: PostgreSQL) -> None:
    database.stop(signal.SIGINT)
    time.sleep(DOWN)
    database.start()


def restart_immediately(database: PostgreSQL) -> None:
    database.stop(signal.SIGQUIT)
    database.start()


def kill_all(database: PostgreSQL) -> None:
    database.kill()
    database.start()


def kill_one_backend(database: PostgreSQL) -> None:
    os.kill(random.choice(database.backends()), signal.SIGKILL)


def end_one_backend(database: PostgreSQL) -> None:
    """As pg_terminate_backend does."""
    os.kill(random.choice(database.backends()), signal.SIGTERM)


@pytest.mark.parametrize(
    "strike", [restart_fast, restart_immediately, kill_all, kill_one_backend, end_one_backend]
)
def test_clients_go_on(
    strike: Callable[[PostgreSQL], None], database: PostgreSQL, server: Address
) -> None:
    with stepping(server, CLIENTS) as crowd:
        for _ in range(ROUNDS):
            crowd.again()
            crowd.gap()
            strike(database)
            crowd.again()
            gap = crowd.gap()
            print(f"{strike.__name__}: {gap:.2f} s, {dict(crowd.refused())}")  # noqa: T201
            assert gap < AGAIN
    print(f"{crowd.acknowledged()} steps were acknowledged")  # noqa: T201
