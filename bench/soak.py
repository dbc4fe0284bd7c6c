"""A long day: `python -m bench.soak --users 100 --seconds 7200`.

Each user makes a network, steps it every two seconds or so, looks at its graph and its history, has
it trained and leaves the stream half-way, deletes it and makes another; through nginx with the
shipped file and TLS, to SQLite. Printed is how the server's memory, open files, threads and the
store's log change once ten minutes have passed, and every minute, on the error output, memory and
files as they are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import ssl
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.load import STEP, Student, course, posted, used
from tests.deploy.nginx import NAME, Front

WARM = 600.0
EVERY = 10.0
TOLD_EVERY = 6  # samples
THINK = 2.0
MOST_STEPS = 60
TRAIN = b'{"iterations": 1000000}'


class Sample(NamedTuple):
    """What the server takes at a time: megabytes, open files, threads, megabytes of the log."""

    at: float
    megabytes: float
    files: int
    threads: int
    log: float


class User(Student):
    """A student who comes and goes."""

    async def live(self, until: float, told: Counter[str]) -> None:
        """Work with one network after another until a time; `told` counts answers by kind."""
        await asyncio.sleep(random.uniform(0, THINK))
        while time.perf_counter() < until:
            try:
                await self.one(until, told)
            except (OSError, asyncio.IncompleteReadError) as error:
                told[type(error).__name__] += 1
                self.link = None

    async def one(self, until: float, told: Counter[str]) -> None:
        """Make a network, work with it, and delete it."""
        await self.begin()
        here = f"/api/v1/networks/{self.network}"
        for number in range(random.randrange(5, MOST_STEPS)):
            if time.perf_counter() > until:
                return
            asked = [("POST", f"{here}/step", STEP)]
            if number % 5 == 0:
                asked += [("GET", f"{here}/graph", b""), ("GET", f"{here}/history", b"")]
            for method, path, body in asked:
                status, _ = await self.ask(path, body, method)
                told[f"{method} {status}"] += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * THINK)
        await self.leave_a_stream(f"{here}/train", told)
        status = 409
        while status == 409:
            status, _ = await self.ask(here, b"", "DELETE")
        told[f"DELETE {status}"] += 1

    async def leave_a_stream(self, path: str, told: Counter[str]) -> None:
        """Have the network trained, hear a few events, and reset the connection."""
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.front.secure, ssl=self.context, server_hostname=NAME
        )
        writer.write(posted(path, TRAIN))
        for _ in range(random.randrange(1, 8)):
            await reader.readuntil(b"\n\n")
        writer.transport.abort()
        told["streams left"] += 1


async def day(front: Front, pid: int, users: int, seconds: float, log: Path) -> Iterator[str]:
    """Let them all work, and return what came of it, line by line."""
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    samples: list[Sample] = []
    told: Counter[str] = Counter()
    began = time.perf_counter()
    watching = asyncio.create_task(watch(pid, log, samples))
    everyone = [User(front, context) for _ in range(users)]
    await asyncio.gather(*(one.live(began + seconds, told) for one in everyone))
    watching.cancel()
    return report(samples, told, began)


async def watch(pid: int, log: Path, samples: list[Sample]) -> None:
    """Take a sample every ten seconds."""
    while True:
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        size = log.stat().st_size / 1e6 if log.exists() else 0.0
        samples.append(one := Sample(time.perf_counter(), *used(pid), threads, size))
        if len(samples) % TOLD_EVERY == 1:
            minutes = (one.at - samples[0].at) / 60
            print(f"{minutes:.0f} min: {one.megabytes:.1f} MB, {one.files} files", file=sys.stderr)  # noqa: T201
        await asyncio.sleep(EVERY)


def report(samples: Sequence[Sample], told: Counter[str], began: float) -> Iterator[str]:
    """Yield lines."""
    late = [one for one in samples if one.at - began > WARM]
    if len(late) < 2:
        sys.exit(f"Nothing is told of the first {WARM:.0f} s: take longer.")
    hours = [(one.at - began) / 3600 for one in late]
    slope, _ = statistics.linear_regression(hours, [one.megabytes for one in late])
    yield f"{(late[-1].at - began) / 60:.0f} minutes: {dict(sorted(told.items()))}"
    yield f"  memory {late[0].megabytes:.0f} → {late[-1].megabytes:.0f} MB, {slope:+.1f} MB/h"
    most = max(one.files for one in late)
    yield f"  open files {late[0].files} → {late[-1].files}, at most {most}"
    yield f"  threads {late[0].threads} → {late[-1].threads}"
    yield f"  the store's log {max(one.log for one in late):.0f} MB at most"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=7200)
    given = parser.parse_args()
    limits = json.dumps({"new_networks_burst": 1_000, "new_networks_per_hour": 1_000_000})
    with course("sqlite", limits) as (server, front):
        found = Path(f"/proc/{server.process.pid}/environ").read_bytes().split(b"\0")
        home = dict(one.split(b"=", 1) for one in found if b"=" in one)[b"XDG_DATA_HOME"].decode()
        log = Path(home) / "gradwalk" / "gradwalk.sqlite-wal"
        print(f"{given.users} users")  # noqa: T201
        lines = asyncio.run(day(front, server.process.pid, given.users, given.seconds, log))
        for line in lines:
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()
