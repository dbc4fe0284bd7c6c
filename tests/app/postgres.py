"""PostgreSQL as the tests start it: a server of its own, reached by a socket in its folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PLACES = [
    *os.environ["PATH"].split(os.pathsep),
    *map(str, Path("/").glob("usr/lib/postgresql/*/bin")),
]
BIN = {name: shutil.which(name, path=os.pathsep.join(PLACES)) for name in ("initdb", "postgres")}
needed = pytest.mark.skipif(not all(BIN.values()), reason="PostgreSQL is not installed")


@contextmanager
def postgresql() -> Iterator[str]:
    """Start it, and yield its address; root may not run it."""
    folder = Path(tempfile.mkdtemp(prefix="gradwalk-"))
    user = "postgres" if os.getuid() == 0 else None
    if user:
        try:
            shutil.chown(folder, user)
        except LookupError:
            pytest.skip("there is no user to run PostgreSQL as")
    data = str(folder / "data")
    initdb = [str(BIN["initdb"]), "-D", data, "-A", "trust", "-U", "walk", "--no-sync"]
    subprocess.run(initdb, user=user, check=True, capture_output=True, cwd=folder)
    command = [str(BIN["postgres"]), "-D", data, "-k", str(folder), "-h", "", "-F"]
    process = subprocess.Popen(
        command, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        while "ready to accept connections" not in process.stderr.readline():
            assert process.poll() is None
        yield f"postgresql://walk@/postgres?host={folder}"
    finally:
        process.terminate()
        process.communicate(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)
