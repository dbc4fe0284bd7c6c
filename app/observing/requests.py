"""What came of each request, told to whoever counts or writes it down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.base_path import local_path
from app.observing.routes import label

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Done(NamedTuple):
    """A request that has ended; `complete` is False where it broke off.

    `seconds` is the time to the end of the answer, of a stream to the end of the stream.
    """

    method: str
    route: str
    status: int
    seconds: float
    sent: int
    complete: bool


Told = Callable[[Done], None]


class Requests:
    """ASGI middleware: tells of each request once it has ended."""

    def __init__(self, app: ASGIApp, told: Sequence[Told]) -> None:
        self.app, self.told = app, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, sent, complete = time.perf_counter(), 0, 0, False

        async def watched(message: Message) -> None:
            nonlocal status, sent, complete
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)
            if message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
                complete = not message.get("more_body", False)

        try:
            await self.app(scope, receive, watched)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            route = label(method, local_path(scope))
            seconds = time.perf_counter() - began
            for tell in self.told:
                tell(Done(method, route, status or 500, seconds, sent, complete))
