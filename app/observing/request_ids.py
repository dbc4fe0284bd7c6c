"""A name for each request, in its response and in every line logged while it is answered."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = b"x-request-id"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,64}")
current: ContextVar[str] = ContextVar("request_id", default="")


class RequestIds:
    """ASGI middleware: takes over the id that a proxy gives, or makes one of 64 random bits."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = [value for name, value in scope["headers"] if name == HEADER]
        name = given[0].decode("latin-1") if len(given) == 1 else ""
        if not _ACCEPTED.fullmatch(name):
            name = secrets.token_hex(8)
        current.set(name)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (HEADER, name.encode())]
            await send(message)

        await self.app(scope, receive, named)
