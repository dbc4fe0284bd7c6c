"""Clients of streams who leave, by close and by reset, and clients who never read.

What was done for them ends within a second, nothing of them is left, and others go on. With
GRADWALK_NIGHTLY=1 a thousand leave, and 50 do not read; `-s` prints the figures.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from tests.app.forked import Forked, forked
from tests.faults.listeners import (
    COMPARISON,
    ENDLESS,
    WIDE,
    Process,
    leave,
    listen,
)
from tests.faults.nightly import rounds
from tests.faults.steppers import make, stepping

LEAVERS = rounds(60, 1000)
DEAF = rounds(4, 50)
# In seconds: until a training has ended, until a server has, and until who is deaf is left.
ENDED, STOPPED, LEFT = 1.0, 10.0, 30.0
GROWS = 20_000_000
ROOM = 4096


@pytest.fixture(scope="module")
def server() -> Iterator[Forked]:
    with forked() as server:
        yield server


def test_who_leaves_leaves_nothing_behind(server: Forked) -> None:
    process, network, chance = Process(server.process.pid), make(server), random.Random(3)
    step = f"/api/v1/networks/{network}/step"
    before, slowest = 0, 0.0
    for turn in range(LEAVERS):
        compares = turn % 5 == 4
        path = "/comparisons" if compares else f"/networks/{network}/train"
        line = listen(server, path, COMPARISON if compares else ENDLESS)
        time.sleep(chance.choice((0.0, 0.0, 0.06)))
        leave(line, reset=turn % 2 == 0)
        # The next write has its turn once the training has ended and is stored.
        began = time.monotonic()
        assert server.post(step, {"phase": "iteration"})[0] == 200
        slowest = max(slowest, time.monotonic() - began)
        if turn == 10:
            before = process.files()
    _until(lambda: process.files() <= before + 2, ENDED)
    spent = process.seconds()
    time.sleep(0.5)
    spent = process.seconds() - spent
    print(f"{LEAVERS} left; a training ended in {slowest:.2f} s, {spent:.2f} s idle")  # noqa: T201
    assert slowest < ENDED
    assert spent < 0.2, "something is still computed for who has left"


def test_a_stop_is_honoured_right_after_clients_have_left() -> None:
    with forked() as server:
        networks = [make(server) for _ in range(6)]
        lines = [listen(server, f"/networks/{one}/train", ENDLESS) for one in networks]
        for turn, line in enumerate(lines[:4]):
            leave(line, reset=turn % 2 == 0)
        began = time.monotonic()
        server.process.terminate()
        server.process.join(STOPPED)
        took = time.monotonic() - began
        print(f"stopped after {took:.2f} s")  # noqa: T201
        # uvicorn ends by the signal that it has obeyed.
        assert server.process.exitcode == -signal.SIGTERM
        assert took < STOPPED
        for line in lines:
            line.close()


def test_who_never_reads_costs_nothing_and_is_left(server: Forked) -> None:
    process = Process(server.process.pid)
    networks = []
    for _ in range(DEAF):
        status, answer = server.post("/api/v1/networks", WIDE)
        assert status == 201
        networks.append(answer["id"])
    asked = {**ENDLESS, "frames": "float64", "per_second": 30}
    files = process.files()
    warm = listen(server, f"/networks/{networks[0]}/train", asked)
    time.sleep(1)
    leave(warm, reset=True)
    lines = [listen(server, f"/networks/{one}/train", asked, ROOM) for one in networks]
    time.sleep(1)
    before, began = process.memory(), time.monotonic()
    with stepping(server, 2) as crowd:
        crowd.gap()
        _until(lambda: process.files() <= files + 4, LEFT)
        took, gap = time.monotonic() - began, crowd.gap()
    grown = process.memory() - before
    print(f"left after {took:.1f} s; {grown:,} bytes; others waited {gap:.2f} s")  # noqa: T201
    assert grown < GROWS
    for line in lines:
        line.close()


def _until(holds: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "not in time"
        time.sleep(0.02)
