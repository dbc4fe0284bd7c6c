"""The clock of a running server jumps: an hour, a day back, forty days ahead.

Networks stay, steps and streams go on, and retried requests are answered. A library of the package
`libfaketime` stands between the server and the clock.
"""

from __future__ import annotations

import json
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.app.networks import JSON, XOR
from tests.app.process import Server, serving
from tests.app.sockets import wire
from tests.faults.steppers import Stepper, iteration, make

FOUND = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
pytestmark = pytest.mark.skipif(not FOUND, reason="libfaketime is not installed")
JUMPS = {"+1h": timedelta(hours=1), "-1d": timedelta(days=-1), "+40d": timedelta(days=40)}
PACED = {"iterations": 5, "per_second": 20}


def environment(offset: Path) -> dict[str, Any]:
    """Return what makes a server read its wall clock's offset from a file, each time."""
    return {
        "LD_PRELOAD": str(FOUND[0]),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def ahead(server: Server) -> timedelta:
    """Return how far ahead of ours the server's clock is."""
    with wire(server.url) as line:
        line.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        said = parsedate_to_datetime(line.answer().headers["date"]).timestamp()
    return timedelta(seconds=said - time.time())


def train(server: Server, network: str) -> float:
    """Train at a pace, to the end; return how long that took."""
    began = time.monotonic()
    path = f"/api/v1/networks/{network}/train"
    status, _, body = server.ask("POST", path, json.dumps(PACED).encode(), JSON)
    assert status == 200
    assert json.loads(body.decode().rsplit("data: ", 1)[1])["iteration"] % 5 == 0
    return time.monotonic() - began


def test_a_clock_that_jumps_loses_nothing(tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    offset.write_text("+0")
    place = ("--database", f"sqlite:///{tmp_path / 'store'}")
    with serving(*place, **environment(offset)) as server:
        stepper, trained = Stepper(server, make(server)), make(server)
        for jump, expected in JUMPS.items():
            offset.write_text(jump)
            # uvicorn writes the date anew every second.
            until = time.monotonic() + 5
            while abs(ahead(server) - expected) > timedelta(minutes=1):
                assert time.monotonic() < until, f"the clock has not jumped by {jump}"
                time.sleep(0.1)
            stepper.step()
            assert 0.15 < train(server, trained) < 10
            headers = {**JSON, "Idempotency-Key": f"made after {jump}"}
            content = json.dumps(XOR).encode()
            made = [server.ask("POST", "/api/v1/networks", content, headers) for _ in range(2)]
            assert [status for status, *_ in made] == [201, 201]
            assert made[0][2] == made[1][2]
    for jump in ("+40d", "-1d"):
        offset.write_text(jump)
        with serving(*place, **environment(offset)) as server:
            assert iteration(server, stepper.network) == stepper.acknowledged == len(JUMPS)
            assert iteration(server, trained) == 5 * len(JUMPS)
