"""A power cut at any moment: the database is whole, and what was acknowledged is in it."""

from __future__ import annotations

import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.app.networks import XOR
from tests.app.process import GRADWALK
from tests.faults.recorded import Disk, command, events, may_trace

STEPS = 40
CUTS = 120
KEPT = ("none", "some", "all", "torn")
WRITER = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode=WAL")
base.execute("PRAGMA synchronous=" + sys.argv[2])
base.execute("CREATE TABLE networks (version INTEGER)")
base.execute("INSERT INTO networks VALUES (0)")
for version in range(1, 200):
    base.execute("UPDATE networks SET version = ?", (version,))
    sys.stdout.write('"version":%d' % version)
    sys.stdout.flush()
"""


pytestmark = pytest.mark.skipif(
    not may_trace(), reason="strace is not installed, or may not trace here"
)


@contextmanager
def recorded_server(folder: Path) -> Iterator[str]:
    """Start a server whose calls are recorded in `log`, and yield its address."""
    serve = [str(GRADWALK), "serve", "--port", "0", "--database", f"sqlite:///{folder / 'store'}"]
    process = subprocess.Popen(
        [*command(folder / "log"), *serve], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+?:\d+", process.stdout.readline())
        assert found
        yield found[0]
    finally:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        subprocess.run(["kill", f"-{signal.SIGTERM.value}", *children], check=True)
        process.communicate(timeout=30)


def outcomes(log: Path, folder: Path, seed: int) -> Counter[str]:
    """Cut the power at random moments, and count what the database was then."""
    rng = random.Random(seed)
    everything = list(events(log, str(folder / "store")))
    moments = sorted(rng.randrange(len(everything)) for _ in range(CUTS))
    disk, found = Disk(), Counter[str]()
    for moment, event in enumerate(everything):
        disk.take(event)
        while moments and moments[0] == moment:
            moments.pop(0)
            for kept in KEPT:
                found[_state(disk, folder / "cut", kept, rng)] += 1
    return found


def _state(disk: Disk, place: Path, kept: str, rng: random.Random) -> str:
    if not disk.acknowledged:
        return "nothing was acknowledged"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    disk.cut(place, kept, rng)
    base = sqlite3.connect(place / "store")
    try:
        if base.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "broken"
        [version] = base.execute("SELECT max(version) FROM networks").fetchone()
        return "kept" if version is not None and version >= disk.acknowledged else "lost"
    except sqlite3.OperationalError as error:
        return "lost" if "no such table" in str(error) else "broken"
    except sqlite3.DatabaseError:
        return "broken"
    finally:
        base.close()


def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path) -> None:
    with recorded_server(tmp_path) as url, httpx.Client(base_url=url, timeout=20) as client:
        network = client.post("/api/v1/networks", json=XOR).json()["id"]
        for _ in range(STEPS):
            path = f"/api/v1/networks/{network}/step"
            assert client.post(path, json={"phase": "iteration"}).status_code == 200
    found = outcomes(tmp_path / "log", tmp_path, seed=1)
    assert found["lost"] == found["broken"] == 0, found
    assert found["kept"] > CUTS


@pytest.mark.parametrize(("synchronous", "loses"), [("FULL", False), ("NORMAL", True)])
def test_the_method_tells_durable_settings_from_others(
    tmp_path: Path, synchronous: str, loses: bool
) -> None:
    write = [sys.executable, "-c", WRITER, str(tmp_path / "store"), synchronous]
    subprocess.run(
        [*command(tmp_path / "log"), *write], check=True, stdout=subprocess.DEVNULL, timeout=60
    )
    found = outcomes(tmp_path / "log", tmp_path, seed=2)
    assert (found["lost"] > 0) == loses, found
    assert found["kept"] > 0
    assert found["broken"] == 0
