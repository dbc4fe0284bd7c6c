"""Clients of streams as sockets: they read, leave, reset their connection, or never read at all."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

from tests.app.networks import XOR
from tests.app.process import Address
from tests.app.sockets import Wire

RESET = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
ENDLESS = {"iterations": 10_000_000}
COMPARISON = {"network": XOR, "settings": [{"seed": 1}, {"seed": 2}], "iterations": 100_000}
# A training of a network that is large enough for frames to fill what a socket holds.
WIDE: dict[str, Any] = {**XOR, "layers": [{"units": 300, "activation": "tanh"}] * 2 + XOR["layers"]}
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")


def listen(server: Address, path: str, body: Any, room: int | None = None) -> Wire:
    """Ask for a stream and read its head and something; `room`: bytes that are taken unread."""
    line = Wire(server.url)
    if room is not None:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    content = json.dumps(body).encode()
    head = (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    line.send(head.encode() + content)
    assert b" 200 " in line.socket.recv(200)
    return line


def leave(line: Wire, reset: bool) -> None:
    """Close a connection, or reset it."""
    if reset:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    line.close()


class Process:
    """What the system says of the server's process."""

    def __init__(self, number: int | None) -> None:
        assert number is not None
        self._folder = Path(f"/proc/{number}")

    def files(self) -> int:
        """Count its open files, connections among them."""
        return len(os.listdir(self._folder / "fd"))

    def memory(self) -> int:
        """Return its resident bytes."""
        return int((self._folder / "statm").read_text().split()[1]) * PAGE

    def seconds(self) -> float:
        """Return the processor's time that it has taken."""
        fields = (self._folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
