"""PostgreSQL as the tests start it: a server of its own, reached by a socket in its folder.

It is a child of the tests, which can stop, kill and start it. It never waits for the disk: what a
process has written outlives the process, and no test cuts the power of this one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PLACES = [
    *os.environ["PATH"].split(os.pathsep),
    *map(str, Path("/").glob("usr/lib/postgresql/*/bin")),
]
BIN = {name: shutil.which(name, path=os.pathsep.join(PLACES)) for name in ("initdb", "postgres")}
needed = pytest.mark.skipif(not all(BIN.values()), reason="PostgreSQL is not installed")


class PostgreSQL:
    """One database in a folder; `address` is that of its socket."""

    def __init__(self, folder: Path, user: str | None) -> None:
        """`user` runs it; None is who runs the tests."""
        self.folder, self._user = folder, user
        self.address = f"postgresql://walk@/postgres?host={folder}"
        self.socket = folder / ".s.PGSQL.5432"
        self._data = str(folder / "data")
        initdb = [str(BIN["initdb"]), "-D", self._data, "-A", "trust", "-U", "walk", "--no-sync"]
        subprocess.run(initdb, user=user, check=True, capture_output=True, cwd=folder)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it accepts connections."""
        command = [str(BIN["postgres"]), "-D", self._data, "-k", str(self.folder), "-h", "", "-F"]
        log = self.folder / "log"
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                command, user=self._user, cwd=self.folder, stdout=errors, stderr=errors
            )
        while b"ready to accept connections" not in log.read_bytes():
            assert self.process.poll() is None, log.read_text()
            time.sleep(0.01)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT is what `pg_ctl` calls fast, SIGQUIT is immediate."""
        self.process.send_signal(how)
        self.process.wait(20)

    def kill(self) -> None:
        """Kill all of its processes at once."""
        children = self.children()
        for number in (self.process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait(20)
        # A backend that still holds the shared memory would keep the next one from starting.
        while any(_lives(number) for number in children):
            time.sleep(0.01)

    def children(self) -> list[int]:
        """Return the numbers of the processes it has started."""
        own = self.process.pid
        return [*map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split())]

    def backends(self) -> list[int]:
        """Return the numbers of the processes that serve clients."""
        lines = ((n, Path(f"/proc/{n}/cmdline").read_bytes()) for n in self.children())
        return [number for number, line in lines if b"walk postgres" in line]


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """Start one, and stop it at the end; root may not run it."""
    folder = Path(tempfile.mkdtemp(prefix="gradwalk-"))
    user = "postgres" if os.getuid() == 0 else None
    if user:
        try:
            shutil.chown(folder, user)
        except LookupError:
            pytest.skip("there is no user to run PostgreSQL as")
    database = PostgreSQL(folder, user)
    try:
        yield database
    finally:
        database.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start one, and yield its address."""
    with running() as database:
        yield database.address


def _lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"
