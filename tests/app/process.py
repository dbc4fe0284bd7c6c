"""The server as its users start it: a process of its own, on a free port."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

GRADWALK = Path(sys.executable).with_name("gradwalk")


@dataclass(frozen=True)
class Address:
    url: str

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request over a connection of its own; an iterable body goes out in chunks."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        status, _, content = self.ask("POST", path, json.dumps(body).encode(), headers)
        return status, json.loads(content)


@dataclass(frozen=True)
class Server(Address):
    process: subprocess.Popen[str]


def announced(line: str) -> str:
    """Return the address in what a server prints first."""
    found = re.search(r"http://\S+?:\d+", line)
    assert found, f"the server printed no address but {line!r}"
    return found[0]


@contextmanager
def serving(
    *arguments: str,
    command: Path = GRADWALK,
    cwd: Path | None = None,
    log: IO[bytes] | None = None,
    **environment: str,
) -> Iterator[Server]:
    """Start `gradwalk serve` on a free port, with a store of its own, and stop it at the end.

    What it logs goes to `log`.
    """
    data = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    process = subprocess.Popen(
        [str(command), "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=cwd,
        env={**os.environ, "XDG_DATA_HOME": data.name, **environment},
    )
    try:
        assert process.stdout is not None
        yield Server(announced(process.stdout.readline()), process)
    finally:
        process.terminate()
        process.communicate(timeout=15)
        data.cleanup()
