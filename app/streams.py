"""Server-sent events: what happens, told at a pace that an eye can follow.

The work and the telling are apart: between two events only the newest is kept, so a slow reader
slows nothing, and a reader who leaves ends the work.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import anyio
import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

EVERY = 0.05
HEARTBEAT = 10.0
PATIENCE = 10.0
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Teller:
    """Takes events from the work; `tell` never waits, `tell_last` ends the stream."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._newest: bytes | None = None
        self._last: bytes | None = None

    def tell(self, name: str, data: Any) -> None:
        """Offer an event; it takes the place of one that was not sent yet."""
        self._newest = event(name, data)
        self._news.set()

    def tell_last(self, last: bytes) -> None:
        """Offer the last event, which is sent in any case."""
        self._last = last
        self._news.set()

    async def next(self) -> tuple[bytes, bool]:
        """Return what is to be sent next, and whether it is the last; a comment if all is quiet."""
        try:
            async with asyncio.timeout(HEARTBEAT):
                await self._news.wait()
        except TimeoutError:
            return b": still here\n\n", False
        self._news.clear()
        found = (self._newest or b"") + (self._last or b"")
        self._newest = None
        return found, self._last is not None


class EventStream(Response):
    """A response whose events come from `work`, which is cancelled when the client leaves.

    `held` is released at the end in any case: turns, keys and the like.
    """

    media_type = "text/event-stream"

    def __init__(
        self, work: Callable[[Teller], Coroutine[Any, Any, None]], held: AsyncExitStack
    ) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._work, self._held = work, held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        async with self._held:
            teller = Teller()
            async with anyio.create_task_group() as group:
                group.start_soon(self._until_left, receive, group.cancel_scope)
                group.start_soon(self._work, teller)
                await send({"type": "http.response.start", "status": self.status_code,
                            "headers": self.raw_headers})  # fmt: skip
                try:
                    await self._send_all(teller, send)
                finally:
                    group.cancel_scope.cancel()

    async def _send_all(self, teller: Teller, send: Send) -> None:
        ended, sent_at = False, 0.0
        while not ended:
            if (early := sent_at + EVERY - time.monotonic()) > 0:
                await asyncio.sleep(early)
            chunk, ended = await teller.next()
            if ended:
                # Who reads the last event may at once ask for more.
                await self._held.aclose()
            try:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except TimeoutError:
                return
            sent_at = time.monotonic()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _until_left(self, receive: Receive, scope: anyio.CancelScope) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        scope.cancel()


def event(name: str, data: Any) -> bytes:
    """Return one event: its data are JSON in one line."""
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"
