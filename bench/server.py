"""How fast the server answers: steps with 1, 50 and 500 connections, and small graphs.

`python -m bench.server` starts a server of its own. Client and server share the machine's cores, so
these are lower bounds. Graphs are compared with an endpoint whose bytes are ready.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.app.networks import XOR
from tests.app.process import Server, serving

SECONDS = 5.0
CONNECTIONS = (1, 50, 500)
GRAPH = {"program": "q = x + y; f = q * z", "values": {"x": 2, "y": 3, "z": 4}}
STEP = {"phase": "iteration", "count": 1}


def request(place: str, method: str, path: str, body: Any = None) -> bytes:
    """Return the bytes of a request that keeps its connection."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: {place}\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + b"Content-Type: application/json\r\n\r\n" + content


class Connection(asyncio.Protocol):
    """Sends one request after another, and notes how long each answer took."""

    def __init__(self, content: bytes, until: float, waits: list[float]) -> None:
        self.content, self.until, self.waits = content, until, waits
        self.seen = b""
        self.left = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.sent = time.perf_counter()
        self.transport.write(self.content)

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


async def load(server: Server, contents: list[bytes]) -> tuple[float, list[float], int]:
    """Ask over one connection per content; return answers a second, waits and an answer's size."""
    address = urlsplit(server.url)
    loop, waits = asyncio.get_running_loop(), list[float]()
    started = time.perf_counter()
    made = [
        await loop.create_connection(
            lambda content=content: Connection(content, started + SECONDS, waits),  # type: ignore[misc]
            address.hostname,
            address.port,
        )
        for content in contents
    ]
    protocols = [protocol for _, protocol in made]
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
        return asyncio.run(load(server, contents))

    for many in CONNECTIONS:
        ids = [server.post("/api/v1/networks", XOR)[1]["id"] for _ in range(many)]
        for one in ids:
            server.post(f"/api/v1/networks/{one}/step", STEP)
        contents = [request(place, "POST", f"/api/v1/networks/{one}/step", STEP) for one in ids]
        yield row(f"steps, {many} connections", measure(contents))
    for many in (1, 50):
        graph = request(place, "POST", "/api/v1/graphs", GRAPH)
        ready = request(place, "GET", "/healthz")
        evaluated, bytes_alone = measure([graph] * many), measure([ready] * many)
        yield row(f"f = (x + y) z, {many} connections", evaluated)
        yield row(f"ready-made bytes, {many} connections", bytes_alone)
        yield f"{'ready-made / evaluated':<34}{bytes_alone[0] / evaluated[0]:>8.1f}"
    network = server.post("/api/v1/networks", XOR)[1]["id"]
    for noun in ("", "/graph", "/graph?detail=scalar", "/topology", "/frame", "/history"):
        path = f"/api/v1/networks/{network}{noun}"
        yield row(f"GET {noun or '/'}", measure([request(place, "GET", path)]))


def main() -> None:
    with serving() as server:
        for line in rows(server):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
