"""A whole course at once: `python -m bench.load --students 500 --seconds 600`.

Each student steps a network of their own every two seconds, over a connection of their own, through
nginx with the shipped file, to SQLite (one process) or PostgreSQL (two workers). Client, nginx,
server and database share the machine's cores. Printed are errors, waits, and how memory and open
files of the server change after the first minute.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.app.networks import XOR
from tests.app.postgres import postgresql
from tests.app.process import Server, serving
from tests.deploy.nginx import NAME, Front, fronted

THINK = 2.0
# All of them come from one address, and begin in the same minute.
LIMITS = '{"new_networks_burst": 1000}'
WARM = 60.0
EVERY = 5.0
STEP = json.dumps({"phase": "iteration"}).encode()


class Wait(NamedTuple):
    """One answer: when it was asked for, how long it took, and its status."""

    at: float
    seconds: float
    status: int


class Sample(NamedTuple):
    at: float
    megabytes: float
    files: int


def posted(path: str, body: bytes, method: str = "POST") -> bytes:
    """Return a request as it goes out."""
    head = (f"{method} {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")  # fmt: skip
    return head.encode() + body


class Student:
    """Asks over one connection that is kept, or made anew where the server has closed it."""

    def __init__(self, front: Front, context: ssl.SSLContext) -> None:
        self.front, self.context = front, context
        self.network = ""
        self.link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: bytes, method: str = "POST") -> tuple[int, bytes]:
        """Return status and body of an answer."""
        if self.link is None:
            self.link = await asyncio.open_connection(
                "127.0.0.1", self.front.secure, ssl=self.context, server_hostname=NAME
            )
        reader, writer = self.link
        writer.write(posted(path, body, method))
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(answer.split(b" ", 2)[1])
        told = re.search(rb"content-length: (\d+)", answer)
        length = int(told[1]) if told else 0
        content = await reader.readexactly(length)
        if b"connection: close" in answer:
            await self.leave()
        return status, content

    async def leave(self) -> None:
        """Close the connection, if there is one."""
        if self.link is not None:
            self.link[1].close()
            self.link = None

    async def begin(self) -> None:
        """Make the network."""
        status, content = await self.ask("/api/v1/networks", json.dumps(XOR).encode())
        if status != 201:
            sys.exit(content.decode())
        self.network = json.loads(content)["id"]

    async def study(self, until: float, waits: list[Wait]) -> None:
        """Step every two seconds, from a moment of one's own on."""
        due = time.perf_counter() + random.uniform(0, THINK)
        while due < until:
            await asyncio.sleep(due - time.perf_counter())
            began = time.perf_counter()
            try:
                status, _ = await self.ask(f"/api/v1/networks/{self.network}/step", STEP)
            except (OSError, asyncio.IncompleteReadError):
                status, self.link = 0, None
            waits.append(Wait(began, time.perf_counter() - began, status))
            due = max(due + THINK, time.perf_counter())


async def studied(front: Front, server: Server, students: int, seconds: float) -> Iterator[str]:
    """Let them all study, and return what came of it, line by line."""
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    everyone = [Student(front, context) for _ in range(students)]
    for start in range(0, students, 20):
        await asyncio.gather(*(one.begin() for one in everyone[start : start + 20]))
    waits: list[Wait] = []
    samples: list[Sample] = []
    began = time.perf_counter()
    until = began + seconds
    watching = asyncio.create_task(watch(server.process.pid, samples))
    await asyncio.gather(*(one.study(until, waits) for one in everyone))
    watching.cancel()
    return report(waits, samples, began, time.perf_counter() - began)


async def watch(pid: int, samples: list[Sample]) -> None:
    while True:
        samples.append(Sample(time.perf_counter(), *used(pid)))
        await asyncio.sleep(EVERY)


def used(pid: int) -> tuple[float, int]:
    """Return megabytes and open files of a process and its children."""
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family)
    files = sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in family)
    return pages * 4096 / 1e6, files


def report(waits: list[Wait], samples: list[Sample], began: float, seconds: float) -> Iterator[str]:
    found = sorted(one.seconds for one in waits)
    wrong = [one.status for one in waits if one.status != 200]
    rate = len(waits) / seconds
    yield f"{len(waits)} steps in {seconds:.0f} s ({rate:.0f}/s), {len(wrong)} errors"
    for share in (0.5, 0.95, 0.99, 1.0):
        at = min(len(found) - 1, int(share * len(found)))
        yield f"  p{100 * share:<4g} {1000 * found[at]:8.1f} ms"
    late = [one for one in samples if one.at - began > WARM] or samples[-2:]
    if len(late) > 2:
        slope, _ = statistics.linear_regression(
            [one.at for one in late], [one.megabytes for one in late]
        )
        yield f"  memory {late[-1].megabytes:.0f} MB, {3600 * slope:+.1f} MB/h after a minute"
    yield f"  open files {late[0].files} → {late[-1].files}"


@contextmanager
def served(store: str, limits: str = LIMITS) -> Iterator[Server]:
    """Serve as a hosted course is, with SQLite in one process or PostgreSQL in two."""
    settings = ("--hosted", "--host", "127.0.0.1")
    if store == "sqlite":
        with serving(*settings, GRADWALK_HOSTS=NAME, GRADWALK_LIMITS=limits) as server:
            yield server
        return
    with postgresql() as database:
        more = ("--database", database, "--workers", "2")
        with serving(*settings, *more, GRADWALK_HOSTS=NAME, GRADWALK_LIMITS=limits) as server:
            yield server


@contextmanager
def course(store: str, limits: str = LIMITS) -> Iterator[tuple[Server, Front]]:
    """Serve a course behind nginx with the shipped file, once its workers have started."""
    with tempfile.TemporaryDirectory() as folder, served(store, limits) as server:
        time.sleep(3 if store == "postgresql" else 0)
        with fronted(Path(folder), int(server.url.rsplit(":", 1)[1])) as front:
            yield server, front


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    with course(given.store) as (server, front):
        print(f"{given.students} students, {given.store}")  # noqa: T201
        for line in asyncio.run(studied(front, server, given.students, given.seconds)):
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()
