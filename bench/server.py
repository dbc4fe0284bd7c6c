"""How fast the server answers: steps with 1, 50 and 500 connections, and small graphs.

`python -m bench.server` starts a server of its own. Client and server share the machine's cores, so
these are lower bounds. Graphs are compared with an endpoint that answers the same bytes ready-made,
in turns; at the end, small requests are timed while eight heavy trainings run.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.app.networks import XOR
from tests.app.process import Server, serving

SECONDS = 3.0
CONNECTIONS = (1, 50, 500)
GRAPH: dict[str, Any] = {"program": "q = x + y; f = q * z", "values": {"x": 2, "y": 3, "z": 4}}
STEP = {"phase": "iteration", "count": 1}
ROUNDS = 5
# So many sets of values are sent in turns.
NUMBERS = 1_000
HEAVY: dict[str, Any] = {
    **XOR, "layers": [{"units": 64, "activation": "tanh"}, {"units": 64, "activation": "tanh"},
                      {"units": 1, "activation": "sigmoid"}],
    "data": {"name": "moons", "samples": 2_000},
}  # fmt: skip
TRAININGS = 8


def request(place: str, method: str, path: str, body: Any = None) -> bytes:
    """Return the bytes of a request that keeps its connection."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: {place}\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + b"Content-Type: application/json\r\n\r\n" + content


class Connection(asyncio.Protocol):
    """Sends one request after another, and notes how long each answer took."""

    def __init__(self, contents: Iterable[bytes], waits: list[float]) -> None:
        self.contents, self.until, self.waits = itertools.cycle(contents), 0.0, waits
        self.seen = b""
        self.left = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self) -> None:
        self.sent = time.perf_counter()
        self.transport.write(next(self.contents))

    def data_received(self, data: bytes) -> None:
        self.seen += data
        head, mark, rest = self.seen.partition(b"\r\n\r\n")
        if not mark:
            return
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        if len(rest) < length:
            return
        if not head.startswith(b"HTTP/1.1 20"):
            sys.exit(self.seen.decode())
        self.size, self.seen = length, b""
        self.waits.append(time.perf_counter() - self.sent)
        if time.perf_counter() < self.until:
            self.send()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.left.done():
            self.left.set_result(error)


async def load(server: Server, contents: list[list[bytes]]) -> tuple[float, list[float], int]:
    """Ask over one connection per list of requests, in turns.

    Return answers a second, waits and an answer's size.
    """
    address = urlsplit(server.url)
    loop, waits = asyncio.get_running_loop(), list[float]()
    made = [
        await loop.create_connection(
            lambda own=own: Connection(own, waits),  # type: ignore[misc]
            address.hostname or "",
            address.port or 0,
        )
        for own in contents
    ]
    protocols = [protocol for _, protocol in made]
    started = time.perf_counter()
    for protocol in protocols:
        protocol.until = started + SECONDS
        protocol.send()
    for error in await asyncio.gather(*(protocol.left for protocol in protocols)):
        if error is not None:
            raise error
    return len(waits) / (time.perf_counter() - started), sorted(waits), protocols[0].size


def row(name: str, found: tuple[float, list[float], int]) -> str:
    rate, waits, size = found
    half, most = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return f"{name:<34}{rate:>8.0f}/s   p50 {half * 1e3:7.1f} ms   p99 {most * 1e3:7.1f} ms" + (
        f"   {size:,} bytes"
    )


def rows(server: Server) -> Iterator[str]:
    """Time everything, one line each."""
    place = urlsplit(server.url).netloc

    def measure(contents: list[bytes]) -> tuple[float, list[float], int]:
        return asyncio.run(load(server, [[content] for content in contents]))

    for many in CONNECTIONS:
        ids = [server.post("/api/v1/networks", XOR)[1]["id"] for _ in range(many)]
        for one in ids:
            server.post(f"/api/v1/networks/{one}/step", STEP)
        contents = [request(place, "POST", f"/api/v1/networks/{one}/step", STEP) for one in ids]
        yield row(f"steps, {many} connections", measure(contents))
    yield from beside_ready(server)
    network = server.post("/api/v1/networks", XOR)[1]["id"]
    for noun in ("", "/graph", "/graph?detail=scalar", "/topology", "/frame", "/history"):
        path = f"/api/v1/networks/{network}{noun}"
        yield row(f"GET {noun or '/'}", measure([request(place, "GET", path)]))


@contextmanager
def ready(content: bytes) -> Iterator[str]:
    """Serve bytes that are ready, and yield where."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "bench.ready", file.name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait()


def beside_ready(server: Server) -> Iterator[str]:
    """Time evaluations and ready-made bytes in turns, each answered by a server of its own."""
    content = json.dumps(server.post("/api/v1/graphs", GRAPH)[1]).encode()
    with ready(content) as address:
        for many in (1, 50):
            places = {"evaluated": server.url, "ready-made": address}
            rates: dict[str, list[float]] = {name: [] for name in places}
            for _ in range(ROUNDS):
                for name, url in places.items():
                    graphs = list(_graphs(urlsplit(url).netloc))
                    turns = [graphs[i:] + graphs[:i] for i in range(many)]
                    found = asyncio.run(load(Server(url, server.process), turns))
                    rates[name].append(found[0])
            evaluated, bytes_alone = (statistics.median(rates[name]) for name in places)
            yield (
                f"f = (x + y) z, {many} connections: {evaluated:.0f}/s; ready-made "
                f"{bytes_alone:.0f}/s; ratio {evaluated / bytes_alone:.2f}"
            )


def _graphs(place: str) -> Iterator[bytes]:
    """Yield requests for one program with other numbers each time."""
    numbers = random.Random(0)
    for _ in range(NUMBERS):
        values = {name: round(numbers.uniform(-9, 9), 2) for name in GRAPH["values"]}
        yield request(place, "POST", "/api/v1/graphs", {**GRAPH, "values": values})


def beside_trainings(server: Server) -> Iterator[str]:
    """Time small requests while heavy trainings are streamed."""
    place = urlsplit(server.url).netloc
    small = server.post("/api/v1/networks", XOR)[1]["id"]
    stop, begun = threading.Event(), threading.Barrier(TRAININGS + 1)

    def train() -> None:
        network = server.post("/api/v1/networks", HEAVY)[1]["id"]
        url = f"{server.url}/api/v1/networks/{network}/train"
        with httpx.stream("POST", url, json={"epochs": 100_000}, timeout=60) as events:
            lines = events.iter_lines()
            next(lines)
            begun.wait()
            while not stop.is_set():
                next(lines)

    threads = [threading.Thread(target=train) for _ in range(TRAININGS)]
    for thread in threads:
        thread.start()
    begun.wait()
    step = request(place, "POST", f"/api/v1/networks/{small}/step", STEP)
    for name, content in (("GET /healthz", request(place, "GET", "/healthz")), ("a step", step)):
        yield row(f"{name}, beside {TRAININGS} trainings", asyncio.run(load(server, [[content]])))
    stop.set()
    for thread in threads:
        thread.join()


def main() -> None:
    with serving() as server:
        for line in itertools.chain(rows(server), beside_trainings(server)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
