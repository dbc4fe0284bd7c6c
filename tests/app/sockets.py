"""Requests as bytes on a socket, for what no library would send, and the answers to them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection; answers are read off it one by one."""

    def __init__(self, url: str, timeout: float = 20) -> None:
        place = urlsplit(url)
        assert place.hostname is not None
        self.socket = socket.create_connection((place.hostname, place.port or 80), timeout)
        self._read = b""

    def send(self, data: bytes) -> None:
        """Send bytes; a server that has heard enough may have closed meanwhile."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(data)

    def answer(self, head_only: bool = False) -> Answer:
        """Read one whole answer; ConnectionError if there is none."""
        while True:
            first, headers = _head(self._until(b"\r\n\r\n"))
            status = int(first.split(" ")[1])
            if status >= 200:
                break
        if head_only or status in {204, 304}:
            body = b""
        elif "content-length" in headers:
            body = self._take(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            body = b"".join(self._chunks())
        else:
            body = self.rest()
        return Answer(status, headers, body)

    def rest(self) -> bytes:
        """Read until the server closes the connection."""
        with suppress(ConnectionResetError):
            while more := self.socket.recv(65_536):
                self._read += more
        found, self._read = self._read, b""
        return found

    def end(self) -> bytes:
        """Say that no more comes, and read what the server still says."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
        return self.rest()

    def close(self) -> None:
        self.socket.close()

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._until(b"\r\n"), 16):
            yield self._take(size)
            self._until(b"\r\n")
        self._until(b"\r\n")

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._read:
            self._more()
        found, _, self._read = self._read.partition(mark)
        return found

    def _take(self, size: int) -> bytes:
        while len(self._read) < size:
            self._more()
        found, self._read = self._read[:size], self._read[size:]
        return found

    def _more(self) -> None:
        more = self.socket.recv(65_536)
        if not more:
            raise ConnectionError(f"closed after {self._read[:200]!r}")
        self._read += more


@contextmanager
def wire(url: str, timeout: float = 20) -> Iterator[Wire]:
    """Connect, and close at the end."""
    found = Wire(url, timeout)
    try:
        yield found
    finally:
        found.close()


def _head(lines: bytes) -> tuple[str, dict[str, str]]:
    first, *fields = lines.decode("latin-1").split("\r\n")
    pairs = (field.split(":", 1) for field in fields)
    return first, {name.lower(): value.strip() for name, value in pairs}
