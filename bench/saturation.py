"""How many stored steps a second there can be: `python -m bench.saturation --seconds 30`.

wrk steps five hundred networks in turn over 1, 50 and 500 connections, each as fast as its answers
come, through nginx with the shipped file and TLS: to SQLite (one process) and to PostgreSQL (two
workers), one after the other. All of them share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.load import Student, course
from tests.deploy.nginx import NAME, Front

SCRIPT = Path(__file__).with_name("wrk") / "step.lua"
STORES = ("sqlite", "postgresql")
NETWORKS = 500
CONNECTIONS = (1, 50, 500)
# wrk comes from one address, and is to find where the server gives way, not where it refuses.
LIMITS = json.dumps(dict.fromkeys(
    ("new_networks_burst", "address_per_second", "address_burst", "network_per_second",
     "network_burst"), 1_000_000,
))  # fmt: skip


def measured(store: str, seconds: int) -> Iterator[str]:
    """Yield a row of the table for each number of connections."""
    with course(store, LIMITS) as (_, front):
        (front.folder / "networks").write_text("\n".join(asyncio.run(networks(front))))
        for count in CONNECTIONS:
            yield f"| {store} | {count} | {' | '.join(steps(front, count, seconds))} |"


async def networks(front: Front) -> list[str]:
    """Make the networks, and return their ids."""
    context = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    everyone = [Student(front, context) for _ in range(NETWORKS)]
    for start in range(0, NETWORKS, 20):
        await asyncio.gather(*(one.begin() for one in everyone[start : start + 20]))
    return [one.network for one in everyone]


def steps(front: Front, connections: int, seconds: int) -> Iterator[str]:
    """Let wrk step, and yield the cells of a row."""
    url = f"https://127.0.0.1:{front.secure}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s",
               str(SCRIPT), url]  # fmt: skip
    environment = {**os.environ, "NETWORKS": str(front.folder / "networks"), "HOST": NAME}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(told.stdout.splitlines()[-1])
    yield f"{1e6 * found['answers'] / found['microseconds']:.0f}"
    yield from (f"{found[name] / 1e3:.1f} ms" for name in ("p50", "p99", "max"))
    yield f"{found['refused']}"
    yield f"{found['lost']}"


def main() -> None:
    """Print a table for docs/results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--store", choices=STORES, nargs="*", default=STORES)
    given = parser.parse_args()
    print("| store | connections | steps a second | p50 | p99 | longest | refused | lost |")  # noqa: T201
    print("|---|---:|---:|---:|---:|---:|---:|---:|")  # noqa: T201
    for store in given.store:
        for row in measured(store, given.seconds):
            print(row, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
