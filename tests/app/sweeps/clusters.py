"""A Dask cluster as an operator starts it: a scheduler, and workers of one thread each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[str]]


@contextmanager
def cluster(folder: Path, count: int = 2) -> Iterator[Cluster]:
    """Start a scheduler and workers on free ports, and end them."""
    local = ["--local-directory", str(folder)]
    with ExitStack() as stack:
        scheduler = stack.enter_context(_started("scheduler", ["--port", "0", "--no-dashboard"]))
        address = _said(scheduler, r"Scheduler at:\s+(tcp://\S+)")
        one = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *local]
        workers = [stack.enter_context(_started("worker", one)) for _ in range(count)]
        for worker in workers:
            _said(worker, r"Registered to:\s+(tcp://\S+)")
        yield Cluster(address, workers)


@contextmanager
def _started(kind: str, arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    command = [str(Path(sys.executable).with_name("dask")), kind, "--host", "127.0.0.1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [*command, *arguments], stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=15)


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a process says of itself; what it says later fits into the pipe."""
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(pattern, line)
        if found:
            return found[1]
    raise AssertionError("it ended and said nothing")
