"""The disk fails at the n-th call, or is full from there on: an error is answered, nothing is lost.

`strace` lets calls of the running server fail. With GRADWALK_NIGHTLY=1 every n up to 100 is tried;
`-s` prints the figures.
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.app.process import Server, serving
from tests.faults.nightly import rounds
from tests.faults.recorded import may_trace
from tests.faults.steppers import Stepper, iteration, make

pytestmark = pytest.mark.skipif(
    not may_trace(), reason="strace is not installed, or may not trace here"
)
SYNCS = rounds(5, 100)
WRITES = rounds(4, 100)
# Attempts after the call that fails.
MORE = 4


@contextmanager
def injected(server: Server, failure: str) -> Iterator[None]:
    """Let calls of the server fail while this lasts; they are counted from here on."""
    calls = failure.split(":")[0]
    command = ["strace", "-f", "-e", f"trace={calls}", "-e", f"inject={failure}",
               "-p", str(server.process.pid)]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    if "attached" not in (said := process.stderr.readline()):
        process.communicate(timeout=10)
        pytest.skip(f"strace may not attach here: {said}")
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def attempts(server: Server, stepper: Stepper, failure: str, many: int) -> Counter[str]:
    """Try to step so often while calls fail; return what was refused."""
    before = Counter(stepper.refused)
    with injected(server, failure):
        for _ in range(many):
            stepper.attempt()
    return stepper.refused - before


def check(server: Server, stepper: Stepper, file: Path) -> None:
    """The step that was refused is done once it is sent again, and only once."""
    stepper.step()
    assert iteration(server, stepper.network) == stepper.acknowledged
    with closing(sqlite3.connect(file)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_calls_that_fail_are_told_and_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "store"
    place = ("--database", f"sqlite:///{file}")
    with serving(*place) as server:
        stepper = Stepper(server, make(server))
        stepper.step()
        for number in range(1, SYNCS + 1):
            failure = f"fsync,fdatasync:error=EIO:when={number}"
            refused = attempts(server, stepper, failure, number + MORE)
            assert refused == {"503": 1}, (number, refused)
            check(server, stepper, file)
        for number in range(1, WRITES + 1):
            failure = f"pwrite64:error=ENOSPC:when={number}+"
            refused = attempts(server, stepper, failure, number + MORE)
            assert refused["507"] >= MORE, (number, refused)
            check(server, stepper, file)
        print(f"{stepper.acknowledged} steps, {dict(stepper.refused)}")  # noqa: T201
        server.process.kill()
    with serving(*place) as server:
        assert iteration(server, stepper.network) == stepper.acknowledged
