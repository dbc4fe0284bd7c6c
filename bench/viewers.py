"""A whole course that watches: `python -m bench.viewers --viewers 500 --seconds 60`.

Each viewer watches a training of a network of their own, which is to do two iterations a second and
to tell of each, through nginx with the shipped file and TLS. Meanwhile one more student steps a
network, ten times a second. Printed are how late events come, how long that student waits, and how
many files the server has open before, meanwhile, and once all have closed their streams.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.load import STEP, Student, course, posted, used
from tests.app.process import Server
from tests.deploy.nginx import NAME, Front

PER_SECOND = 2.0
BESIDE = 0.1
TRAIN = json.dumps({"iterations": 1_000_000, "per_second": PER_SECOND}).encode()
# How long a server may take to notice that all have left.
SETTLED = 3.0


class Heard(NamedTuple):
    """What one viewer has heard: seconds between events, and how the stream ended if it did."""

    gaps: list[float]
    ended: str | None


class Viewer(Student):
    """A student who has a network trained, and listens."""

    async def watch(self, until: float) -> Heard:
        """Listen until a time, and leave."""
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.front.secure, ssl=self.context, server_hostname=NAME
        )
        writer.write(posted(f"/api/v1/networks/{self.network}/train", TRAIN))
        heard, last = Heard([], None), time.perf_counter()
        try:
            async with asyncio.timeout(until - last):
                status = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
                if status != "200":
                    return heard._replace(ended=status)
                while True:
                    line = await reader.readline()
                    if line.startswith(b"event: progress"):
                        now = time.perf_counter()
                        heard.gaps.append(now - last)
                        last = now
                    elif line.startswith(b"event:") or not line:
                        return heard._replace(ended=line.decode().strip() or "closed")
        except TimeoutError:
            return heard
        finally:
            writer.close()


async def watched(front: Front, server: Server, viewers: int, seconds: float) -> Iterator[str]:
    """Let them all watch, and return what came of it, line by line."""
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    everyone = [Viewer(front, context) for _ in range(viewers + 1)]
    for start in range(0, len(everyone), 20):
        await asyncio.gather(*(one.begin() for one in everyone[start : start + 20]))
    for one in everyone[1:]:
        await one.leave()
    files = [used(server.process.pid)[1]]
    until = time.perf_counter() + seconds
    beside = asyncio.create_task(steps(everyone[0], until))
    watching = asyncio.gather(*(one.watch(until) for one in everyone[1:]))
    await asyncio.sleep(seconds / 2)
    megabytes, open_files = used(server.process.pid)
    files.append(open_files)
    heard = await watching
    waits = await beside
    await asyncio.sleep(SETTLED)
    files.append(used(server.process.pid)[1])
    return report(heard, waits, files, megabytes, seconds)


async def steps(student: Student, until: float) -> list[float]:
    """Step ten times a second, and return how long each took."""
    waits = []
    while (began := time.perf_counter()) < until:
        status, content = await student.ask(f"/api/v1/networks/{student.network}/step", STEP)
        assert status == 200, content
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, BESIDE - waits[-1]))
    return waits


def report(
    heard: Sequence[Heard], waits: Sequence[float], files: Sequence[int], megabytes: float,
    seconds: float,
) -> Iterator[str]:  # fmt: skip
    """Yield lines."""
    gaps = sorted(gap for one in heard for gap in one.gaps[1:])
    ended = [one.ended for one in heard if one.ended is not None]
    yield f"{len(gaps)} events in {seconds:.0f} s, {len(ended)} streams ended {sorted(set(ended))}"
    yield f"  between events  {quantiles(gaps)}"
    yield f"  a step beside   {quantiles(sorted(waits))}"
    yield f"  memory {megabytes:.0f} MB; open files {' → '.join(map(str, files))}"


def quantiles(found: Sequence[float]) -> str:
    """Return median, 99th percentile and the longest, in words."""
    wanted = (("p50", len(found) // 2), ("p99", len(found) * 99 // 100), ("longest", -1))
    return ", ".join(f"{name} {1000 * found[at]:.0f} ms" for name, at in wanted)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    given = parser.parse_args()
    with course(given.store) as (server, front):
        print(f"{given.viewers} viewers, {given.store}")  # noqa: T201
        for line in asyncio.run(watched(front, server, given.viewers, given.seconds)):
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()
