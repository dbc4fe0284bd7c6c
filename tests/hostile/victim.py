"""A server that hostile requests are sent to, and what must hold after each of them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.app.sockets import Answer, Wire, wire
from tests.hostile.entries import Entry
from tests.hostile.rows import ROWS

# Answers are due in a second, and others are to be answered meanwhile.
PATIENCE, HEALTHY = 1.0, 0.2
MEMORY = 50_000_000
PAGE = 4096
# uvicorn closes a connection that is idle for five seconds.
IDLE = 4.0
SAYS = {row.id: row.says for row in ROWS}
CONTROL = re.compile(rb"[^\n\x20-\x7e\x80-\xff]")


@dataclass(slots=True)
class Victim:
    """A server, a network on it that must stay as it is, and a client who is served meanwhile."""

    server: Server
    errors: Path
    network: str = ""
    before: bytes = b""
    baseline: int = 0
    witness: Wire | None = None
    heard_at: float = 0.0

    def settle(self) -> None:
        """Make the network, and remember how all is."""
        status, answer = self.server.post("/api/v1/networks", XOR)
        assert status == 201
        self.network = str(answer["id"])
        self.before = self.state()

    def send(self, entry: Entry) -> Answer:
        """Send a request over a connection of its own, and nothing after it."""
        with wire(self.server.url) as line:
            line.send(entry.request(self.network))
            answer = line.answer(entry.method == "HEAD")
            if not entry.method:
                more = line.end()
                assert b"HTTP/1.1 2" not in more, "a request inside the request was answered"
            return answer

    def ask(self, path: str) -> Answer:
        """Ask as another client, over the connection that it has had all the time."""
        if self.witness is not None and time.monotonic() - self.heard_at > IDLE:
            self.witness.close()
            self.witness = None
        if self.witness is None:
            self.witness = Wire(self.server.url)
        self.witness.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answer = self.witness.answer()
        self.heard_at = time.monotonic()
        return answer

    def state(self) -> bytes:
        answer = self.ask(f"/api/v1/networks/{self.network}")
        assert answer.status == 200
        return answer.body

    def resident(self) -> int:
        """Return the server's memory in bytes."""
        return int(self._proc("statm").split()[1]) * PAGE

    def seconds(self, work: Callable[[], Any]) -> float:
        """Return how long work takes, without what it waits for a processor on a busy machine."""
        began, waited = time.monotonic(), self._waited()
        work()
        return time.monotonic() - began - (self._waited() - waited)

    def _waited(self) -> float:
        paths = [Path("/proc/self/schedstat")]
        paths += Path(f"/proc/{self.server.process.pid}/task").glob("*/schedstat")
        found = 0
        for path in paths:
            with suppress(OSError):
                found += int(path.read_text().split()[1])
        return found / 1e9

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self.server.process.pid}/{name}").read_text()

    def check(self, entry: Entry) -> Answer:
        """Send a request; check its answer, that it is in time, and that nothing else changed."""
        answer = self.tried(entry)
        assert answer.status in entry.expected, (answer.status, answer.body[:300])
        if entry.method != "HEAD":
            check_answer(answer, SAYS[entry.row])
        self.check_others()
        return answer

    def tried(self, entry: Entry) -> Answer:
        """Send a request, and check that its answer comes in time.

        What is late or large is tried once more: on a busy machine a measurement may be wrong.
        """
        answers: list[Answer] = []
        took = self.seconds(lambda: answers.append(self.send(entry)))
        if took > PATIENCE:
            again = self.seconds(lambda: self.send(entry))
            assert again < PATIENCE, f"late twice: {took:.2f} s and {again:.2f} s"
        return answers[0]

    def check_others(self) -> None:
        """Check that others are served, and that state and memory are as they were."""
        took = self.seconds(self._healthy)
        if took > HEALTHY:
            again = self.seconds(self._healthy)
            assert again < HEALTHY, f"/healthz late twice: {took:.2f} s and {again:.2f} s"
        assert self.state() == self.before
        grown = self.resident() - self.baseline
        if grown > MEMORY:
            assert self.resident() - self.baseline < MEMORY, f"grown by {grown:,} bytes"

    def _healthy(self) -> None:
        assert self.ask("/healthz").status == 200

    def check_log(self) -> None:
        """Check that what was logged holds no control bytes, no ids and no stack of calls."""
        log = self.errors.read_bytes()
        assert not CONTROL.search(log)
        assert self.network.encode() not in log
        assert b"Traceback" not in log


@contextmanager
def attacked(folder: Path) -> Iterator[Victim]:
    """Start a server whose log is kept, with a network on it."""
    errors = folder / "errors.log"
    with errors.open("wb") as log, serving(log=log) as server:
        victim = Victim(server, errors)
        victim.settle()
        victim.baseline = victim.resident()
        yield victim
        if victim.witness is not None:
            victim.witness.close()


def check_answer(answer: Answer, says: str = "") -> None:
    """Check that JSON is strict, and that a refusal is a problem whose sentence says so."""
    if answer.status >= 400:
        assert re.search(says, check_problem(answer)["detail"]), answer
    elif answer.headers.get("content-type") == "application/json":
        json.loads(answer.body, parse_constant=refuse)


def refuse(word: str) -> Any:
    """Refuse what Python alone takes for JSON."""
    raise AssertionError(f"{word} is no JSON")


def check_problem(answer: Answer) -> dict[str, Any]:
    """Check that a problem is strict JSON and a sentence, and tells nothing of the inside."""
    assert answer.headers["content-type"] == "application/problem+json", answer
    found: dict[str, Any] = json.loads(answer.body, parse_constant=refuse)
    assert found["status"] == answer.status
    assert found["detail"].rstrip()[-1] in ".;:!?”"
    assert "Traceback" not in found["detail"]
    assert 'File "' not in found["detail"]
    return found
