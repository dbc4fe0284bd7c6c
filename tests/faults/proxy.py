"""A network between a server and its database that can be slow, silent or broken.

It listens on TCP, in a thread with an event loop of its own, and passes bytes to a Unix socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ABORT = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
# Of a part that drips, in bytes and seconds.
DROP, DRIP = 100, 0.02


@dataclass(slots=True)
class Network:
    """What it does with bytes may change at any moment, also for connections that are open.

    Once these bytes have passed, `cut_after` resets every connection before an answer passes.
    """

    target: Path
    delay: float = 0.0
    drips: bool = False
    cut_after: bytes | None = None
    port: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _passes: threading.Event = field(default_factory=threading.Event)

    def cut(self) -> None:
        """Reset every connection."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    def silence(self) -> None:
        """Take bytes from now on, and pass none; new connections too are left without answer."""
        self._passes.clear()

    def resume(self) -> None:
        """Pass bytes again; what was taken meanwhile arrives late."""
        self._passes.set()

    async def _cut(self) -> None:
        for writer in list(self._open):
            line = writer.get_extra_info("socket")
            if line.family != socket.AF_UNIX:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            writer.transport.abort()

    async def _serve(self, ready: threading.Event, ended: asyncio.Event) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await ended.wait()
        server.close()
        await self._cut()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_unix_connection(self.target)
            await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))
        writer.transport.abort()

    async def _cut_after(self, part: bytes) -> None:
        """Let a request be done, and cut before its answer has come back."""
        if self.cut_after is not None and self.cut_after in part:
            self.cut_after = None
            self._passes.clear()
            await asyncio.sleep(0.1)
            await self._cut()
            self._passes.set()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(OSError):
            while part := await reader.read(65_536):
                await asyncio.sleep(self.delay)
                size = DROP if self.drips else len(part)
                for begin in range(0, len(part), size):
                    while not self._passes.is_set():
                        await asyncio.sleep(0.01)
                    writer.write(part[begin : begin + size])
                    await writer.drain()
                    await self._cut_after(part)
                    await asyncio.sleep(DRIP if self.drips else 0)
        self._open.discard(writer)
        writer.close()


@contextlib.contextmanager
def network(target: Path) -> Iterator[Network]:
    """Yield a network that passes everything at once, until it is told otherwise."""
    found, ready, ended = Network(target), threading.Event(), asyncio.Event()
    found.resume()
    thread = threading.Thread(
        target=lambda: found._loop.run_until_complete(found._serve(ready, ended))
    )
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        found.resume()
        found._loop.call_soon_threadsafe(ended.set)
        thread.join()
        found._loop.close()
