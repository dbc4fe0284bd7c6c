"""Redis as the tests start it: a server of its own, reached by a socket in its folder."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needed = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="redis-server is not installed"
)


class RedisServer:
    """One server; `address` is that of its socket."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self.address = f"unix://{self._socket}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it accepts connections."""
        self._socket.unlink(missing_ok=True)
        command = ["redis-server", "--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        self.process = subprocess.Popen(
            command, cwd=self._socket.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self._socket.exists():
            assert self.process.poll() is None
            time.sleep(0.01)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(how)
        self.process.wait(20)


@contextmanager
def running() -> Iterator[RedisServer]:
    """Start one, and end it at last."""
    with tempfile.TemporaryDirectory(prefix="gradwalk-", ignore_cleanup_errors=True) as folder:
        server = RedisServer(Path(folder))
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)
