"""Requests that are cut at any moment: every answer belongs to who has asked, on few connections.

A connection to the database that a cut request has used goes back, and the next request must find
nothing of it there. With GRADWALK_NIGHTLY=1 each client asks 20,000 times instead of 80; `-s`
prints the figures.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.app.forked import forked
from tests.app.networks import XOR
from tests.app.postgres import needed, running
from tests.app.process import Address
from tests.app.sockets import Wire, wire
from tests.faults.listeners import leave
from tests.faults.nightly import rounds

CLIENTS, ASKS = 8, rounds(80, 20_000)
# The share of requests that are cut, and within how many seconds.
CUT, WITHIN = 0.3, 0.01


@pytest.fixture(
    scope="module",
    params=[pytest.param("sqlite"), pytest.param("postgresql", marks=needed)],
)
def server(request: pytest.FixtureRequest) -> Iterator[Address]:
    with ExitStack() as stack:
        place: tuple[str, ...] = ()
        if request.param == "postgresql":
            pytest.importorskip("asyncpg")
            place = ("--database", stack.enter_context(running()).address)
        yield stack.enter_context(forked(*place))


class Asker:
    """A client with a network of its own, of which it knows a name, a seed and the iteration."""

    def __init__(self, server: Address, number: int) -> None:
        self.server, self.chance = server, random.Random(number)
        self.known = {"name": f"secret {number}", "seed": number}
        status, made = server.post("/api/v1/networks", {**XOR, **self.known})
        assert status == 201
        self.network, self.iteration = made["id"], 0
        self.seen: Counter[str] = Counter()

    def run(self) -> Counter[str]:
        """Read and step, cut some of it, and check all that is answered."""
        line: Wire | None = None
        for _ in range(ASKS):
            line = line or Wire(self.server.url)
            steps = self.chance.random() < 0.5
            line.send(self._request(steps))
            if self.chance.random() < CUT:
                time.sleep(self.chance.uniform(0, WITHIN))
                leave(line, reset=self.chance.random() < 0.5)
                line = None
                self.seen["cut"] += 1
                continue
            answer = line.answer()
            said = json.loads(answer.body)
            if answer.status == 409:
                self.seen["busy"] += 1
                continue
            assert answer.status == 200, said
            self.seen["answered"] += 1
            self._check(said, steps)
        if line is not None:
            line.close()
        return self.seen

    def _request(self, steps: bool) -> bytes:
        body = b'{"phase":"iteration"}' if steps else b""
        head = (
            f"POST /api/v1/networks/{self.network}/step" if steps
            else f"GET /api/v1/networks/{self.network}"
        )  # fmt: skip
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return f"{head} HTTP/1.1\r\nHost: localhost\r\n{kind if steps else ''}\r\n".encode() + body

    def _check(self, said: dict[str, object], steps: bool) -> None:
        reached = said["iteration"]
        assert isinstance(reached, int)
        # Steps that were cut may have been done, and nobody else steps this network.
        assert self.iteration + steps <= reached <= self.iteration + steps + self.seen["cut"]
        assert said["version"] == reached + 1
        if not steps:
            assert (said["id"], said["name"]) == (self.network, self.known["name"])
            spec = said["spec"]
            assert isinstance(spec, dict)
            assert spec["seed"] == self.known["seed"]
        self.iteration = reached


def test_every_answer_belongs_to_who_has_asked(server: Address) -> None:
    askers = [Asker(server, number) for number in range(1, CLIENTS + 1)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        seen = sum(pool.map(Asker.run, askers), Counter[str]())
    print(f"{dict(seen)}")  # noqa: T201
    assert seen["cut"] > 0.2 * CLIENTS * ASKS
    assert seen["answered"] > 0.5 * CLIENTS * ASKS
    with wire(server.url) as line:
        line.send(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.answer().status == 200
