"""Closing a connection so that the client can still read why.

A socket that is closed while bytes of the client are unread resets the connection, and what was
answered is lost on the way: the client would see a broken network, and not "too large".
"""

from __future__ import annotations

import asyncio
from typing import Any

LINGERS = 2.0


class Lingering:
    """A transport that, asked to close amid a request, says no more and reads on for a while."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.amid = False
        self.closing = False

    def close(self) -> None:
        """Close at once, or in some seconds if a request is still arriving."""
        if self.closing or not self.amid:
            self._transport.close()
        elif not self._transport.is_closing():
            self._transport.write_eof()
            self._transport.resume_reading()
            asyncio.get_running_loop().call_later(LINGERS, self._transport.close)
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing or self._transport.is_closing()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
