"""Clients that step a network each, through any fault, and remember what they were told."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.app.networks import JSON, XOR
from tests.app.process import Address

STEP = json.dumps({"phase": "iteration"}).encode()
# In seconds: between two attempts, and until a client gives up.
PAUSE = 0.05
PATIENCE = 40.0


@dataclass(slots=True)
class Stepper:
    """Each of its steps has a key, and is sent again until it is acknowledged."""

    server: Address
    network: str
    acknowledged: int = 0
    heard_at: float = field(default_factory=time.monotonic)
    gap: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)

    def run(self, stop: threading.Event) -> None:
        """Step until told to stop."""
        while not stop.is_set():
            self.step()

    def step(self) -> None:
        """Make the next step, however often it must be sent."""
        until = time.monotonic() + PATIENCE
        while not self.attempt():
            assert time.monotonic() < until, f"nothing but {self.refused}"
            time.sleep(PAUSE)

    def attempt(self) -> bool:
        """Send the next step once; if it is acknowledged, it must be told to be the next."""
        headers = {**JSON, "Idempotency-Key": f"step {self.acknowledged + 1}"}
        path = f"/api/v1/networks/{self.network}/step"
        try:
            status, found, body = self.server.ask("POST", path, STEP, headers)
        except (OSError, HTTPException):
            self.refused["cut"] += 1
            return False
        if status != 200:
            assert status in {409, 503, 507}, (status, body)
            assert status == 507 or int(found["retry-after"]) > 0
            self.refused[str(status)] += 1
            return False
        now = time.monotonic()
        self.acknowledged += 1
        assert json.loads(body)["iteration"] == self.acknowledged
        self.gap, self.heard_at = max(self.gap, now - self.heard_at), now
        return True


@dataclass(slots=True)
class Crowd:
    """Clients who step side by side."""

    steppers: list[Stepper]
    stop: threading.Event = field(default_factory=threading.Event)
    running: list[Future[None]] = field(default_factory=list)

    def again(self, steps: int = 3, seconds: float = 30) -> None:
        """Wait until each has made some more steps."""
        wanted = [(one, one.acknowledged + steps) for one in self.steppers]
        until = time.monotonic() + seconds
        while any(one.acknowledged < reached for one, reached in wanted):
            for future in self.running:
                if future.done():
                    future.result()
            assert time.monotonic() < until, self.refused()
            time.sleep(0.01)

    def gap(self) -> float:
        """Return the longest that one waited for an acknowledgement since this was last asked."""
        found = max(one.gap for one in self.steppers)
        for one in self.steppers:
            one.gap = 0.0
        return found

    def refused(self) -> Counter[str]:
        """Count what they were answered beside acknowledgements."""
        return sum((one.refused for one in self.steppers), Counter())

    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.steppers)


def make(server: Address) -> str:
    """Return a new network's id."""
    status, answer = server.post("/api/v1/networks", XOR)
    assert status == 201, answer
    return str(answer["id"])


def iteration(server: Address, network: str) -> int:
    status, _, body = server.ask("GET", f"/api/v1/networks/{network}")
    assert status == 200, body
    return int(json.loads(body)["iteration"])


@contextmanager
def stepping(server: Address, clients: int) -> Iterator[Crowd]:
    """Let clients step; at the end every step acknowledged must be there, and no other."""
    crowd = Crowd([Stepper(server, make(server)) for _ in range(clients)])
    with ThreadPoolExecutor(clients) as pool:
        crowd.running = [pool.submit(one.run, crowd.stop) for one in crowd.steppers]
        try:
            crowd.again()
            yield crowd
        finally:
            crowd.stop.set()
        for future in crowd.running:
            future.result()
    for one in crowd.steppers:
        assert iteration(server, one.network) == one.acknowledged
