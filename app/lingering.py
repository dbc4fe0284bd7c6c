"""Closing a connection so that the client can still read why, and giving up one who does not read.

A socket that is closed while bytes of the client are unread resets the connection, and what was
answered is lost on the way: the client would see a broken network, and not "too large". But a
socket that is closed while bytes for the client are left waits until they are taken, maybe for
ever.
"""

from __future__ import annotations

import asyncio
from typing import Any

LINGERS = 2.0
# A client who has taken nothing of what waits for it in so many seconds does not read.
STALLS = 10.0


class Lingering:
    """A transport that, asked to close amid a request, says no more and reads on for a while."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.amid = False
        self.closing = False
        self._timer: asyncio.TimerHandle | None = None

    def watch(self) -> None:
        """From now on, give the client up if it takes nothing for some seconds."""
        if self._timer is None:
            self._look_later(self._transport.get_write_buffer_size())

    def unwatch(self) -> None:
        """All that waited was taken, or the connection is lost."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_later(self, left: int) -> None:
        self._timer = asyncio.get_running_loop().call_later(STALLS, self._look, left)

    def _look(self, before: int) -> None:
        self._timer, left = None, self._transport.get_write_buffer_size()
        if left >= before:
            self._transport.abort()
        elif left:
            self._look_later(left)

    def close(self) -> None:
        """Close at once, or in some seconds if a request is still arriving."""
        if self.closing or not self.amid:
            self._transport.close()
        elif not self._transport.is_closing():
            self._transport.write_eof()
            self._transport.resume_reading()
            asyncio.get_running_loop().call_later(LINGERS, self._transport.close)
        self.closing = True
        if self._transport.get_write_buffer_size():
            self.watch()

    def is_closing(self) -> bool:
        return self.closing or self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
