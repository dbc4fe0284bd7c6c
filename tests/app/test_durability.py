"""What was acknowledged is there after the server was killed.

With GRADWALK_NIGHTLY=1 it is killed 100 times instead of 5; `-s` prints how many steps were
acknowledged.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.app.forked import forked
from tests.app.networks import XOR
from tests.faults.nightly import rounds

KILLS = rounds(5, 100)
CLIENTS = 4


class Stepper:
    """A client that steps one network until the server is gone, and remembers what it was told."""

    def __init__(self, url: str, network: str, version: int) -> None:
        """`version` is what was told last, before the server was started anew."""
        self.url, self.network, self.version = url, network, version
        self.answers, self.begun = 0, threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        with httpx.Client(base_url=self.url, timeout=10) as client:
            while True:
                try:
                    answer = client.post(
                        f"/api/v1/networks/{self.network}/step", json={"phase": "iteration"}
                    )
                except httpx.HTTPError:
                    return
                assert answer.status_code == 200, answer.text
                told = answer.json()
                assert told["version"] > self.version
                self.version = told["version"]
                self.answers += 1
                self.begun.set()


def fetch(url: str, network: str) -> dict[str, Any]:
    answer = httpx.get(f"{url}/api/v1/networks/{network}", timeout=10)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_kill_nine_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    database = ("--database", f"sqlite:///{file}")
    moments = random.Random(5)
    with forked(*database) as server:
        networks = [
            str(httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"])
            for _ in range(CLIENTS)
        ]
    told, versions = 0, dict.fromkeys(networks, 1)
    for _ in range(KILLS):
        with forked(*database) as server:
            steppers = [Stepper(server.url, *known) for known in versions.items()]
            for stepper in steppers:
                stepper.thread.start()
            for stepper in steppers:
                assert stepper.begun.wait(20)
            time.sleep(moments.uniform(0, 0.6))
            server.process.kill()
            for stepper in steppers:
                stepper.thread.join()
        told += sum(stepper.answers for stepper in steppers)
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        with forked(*database) as server:
            for stepper in steppers:
                found = fetch(server.url, stepper.network)
                # One more step may have been done and not acknowledged.
                assert stepper.version <= found["version"] <= stepper.version + 1
                assert found["version"] - found["iteration"] == 1
                versions[stepper.network] = found["version"]
    print(f"{KILLS} kills, {told} acknowledged")  # noqa: T201
    assert told >= KILLS * CLIENTS

    with forked(*database) as server:
        reached = fetch(server.url, networks[0])
        fresh = httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"]
        left = reached["iteration"]
        while left:
            count = min(left, 1_000)
            httpx.post(
                f"{server.url}/api/v1/networks/{fresh}/step",
                json={"phase": "iteration", "count": count},
            )
            left -= count
        assert fetch(server.url, fresh)["parameters"] == reached["parameters"]
