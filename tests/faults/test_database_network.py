"""A slow, silent or broken network between the server and PostgreSQL.

What cannot be done is answered with 503 after about five seconds, the event loop is never blocked,
and clients write again within ten seconds. With GRADWALK_NIGHTLY=1 each fault strikes ten times;
`-s` prints the figures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.app.forked import forked
from tests.app.postgres import needed, running
from tests.app.process import Address
from tests.faults.nightly import rounds
from tests.faults.proxy import Network, network
from tests.faults.steppers import STEP, Stepper, iteration, make, stepping

pytest.importorskip("asyncpg")
pytestmark = needed
ROUNDS = rounds(1, 10)
CLIENTS = 6
# In seconds: an answer that all is well, a refusal, and until clients write again.
HEALTHY, REFUSED, AGAIN = 0.2, 8.0, 10.0


@dataclass
class Site:
    server: Address
    line: Network
    health: list[float] = field(default_factory=list)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Ask all the time whether the server answers; it must, whatever the database does."""
        self.health, done = [], threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                began = time.monotonic()
                assert self.server.ask("GET", "/healthz")[0] == 200
                self.health.append(time.monotonic() - began)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
        took = sorted(self.health)
        print(f"/healthz: {took[len(took) // 2]:.3f} s, at most {took[-1]:.3f} s")  # noqa: T201
        # On a busy machine one of them may wait for a processor.
        assert took[int(0.95 * len(took))] < HEALTHY


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as database, network(database.socket) as line:
        address = f"postgresql://walk@127.0.0.1:{line.port}/postgres"
        with forked("--database", address) as server:
            yield Site(server, line)


@pytest.mark.parametrize(("delay", "drips"), [(0.1, False), (0.0, True)], ids=["late", "dripping"])
def test_a_slow_network_slows_and_breaks_nothing(site: Site, delay: float, drips: bool) -> None:
    stepper = Stepper(site.server, make(site.server))
    stepper.step()
    site.line.delay, site.line.drips = delay, drips
    try:
        with site.watched():
            stepper.step()
    finally:
        site.line.delay, site.line.drips = 0.0, False
    stepper.step()
    print(f"a step took {stepper.gap:.2f} s at most, {dict(stepper.refused)}")  # noqa: T201


def test_a_silent_network_is_told_in_time(site: Site) -> None:
    networks = [make(site.server) for _ in range(CLIENTS)]
    for _ in range(ROUNDS):
        site.line.silence()
        try:
            with site.watched():
                for status, took in ask_all(site.server, networks):
                    assert (status, took < REFUSED) == (503, True), took
        finally:
            site.line.resume()
        began = time.monotonic()
        for one in networks:
            while ask(site.server, one)[0] != 200:
                assert time.monotonic() - began < AGAIN
        print(f"all write again after {time.monotonic() - began:.2f} s")  # noqa: T201


def test_clients_go_on_after_silence_and_cuts(site: Site) -> None:
    with stepping(site.server, CLIENTS) as crowd:
        for _ in range(ROUNDS):
            for _ in range(5):
                site.line.cut()
                crowd.again(2)
            crowd.gap()
            site.line.silence()
            time.sleep(1)
            site.line.cut()
            time.sleep(1)
            site.line.resume()
            crowd.again()
            gap = crowd.gap()
            print(f"gap {gap:.2f} s, {dict(crowd.refused())}")  # noqa: T201
            assert gap < AGAIN


def test_what_was_committed_and_not_confirmed_is_not_done_twice(site: Site) -> None:
    network = make(site.server)
    # What the server writes at its start, it has written by then.
    assert [ask(site.server, network)[0] for _ in range(5)] == [200] * 5
    site.line.cut_after = b"COMMIT"
    assert ask(site.server, network)[0] == 503
    assert site.line.cut_after is None
    assert iteration(site.server, network) == 6
    stepper = Stepper(site.server, make(site.server))
    site.line.cut_after = b"COMMIT"
    stepper.step()
    assert stepper.refused == {"503": 1}
    assert iteration(site.server, stepper.network) == 1


def ask(server: Address, network: str) -> tuple[int, float]:
    """Step without a key; return the status, and how long the answer took."""
    began = time.monotonic()
    heads = {"Content-Type": "application/json"}
    status, *_ = server.ask("POST", f"/api/v1/networks/{network}/step", STEP, heads)
    return status, time.monotonic() - began


def ask_all(server: Address, networks: list[str]) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    threads = [
        threading.Thread(target=lambda one=one: found.append(ask(server, one))) for one in networks
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(networks)
    return found
