"""Reading a request's body: exactly JSON in UTF-8, counted while it arrives."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.errors import Refused
from app.limits import DOOR


class StrictRequest(Request):
    """A request whose body is strict JSON of limited size."""

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            _check_type(self)
            parts, got = [], 0
            async for part in self.stream():
                got += len(part)
                if got > DOOR.body_bytes:
                    raise _too_large(got)
                parts.append(part)
            self._body = b"".join(parts)
            if not self._body:
                raise Refused(400, "The body is empty; a JSON object was expected.")
        return self._body

    async def json(self) -> Any:
        try:
            return orjson.loads(await self.body())
        except orjson.JSONDecodeError as error:
            raise Refused(
                400,
                f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
                position={"line": error.lineno, "column": error.colno},
            ) from error


class JsonRoute(APIRoute):
    """A route that reads its body through StrictRequest."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def _check_type(request: Request) -> None:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    charset = str(message.get_param("charset", "utf-8")).lower()
    encoding = request.headers.get("content-encoding", "identity")
    kind = message.get_content_type() if message["content-type"] else ""
    if kind != "application/json" or charset not in {"utf-8", "utf8"} or encoding != "identity":
        raise Refused(
            415, "The body must be application/json in UTF-8, without a content encoding."
        )
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > DOOR.body_bytes:
        raise _too_large(int(declared[:20]))


def _too_large(got: int) -> Refused:
    return Refused(
        413,
        f"The body is larger than {DOOR.body_bytes:,} bytes, the most that is accepted.",
        headers={"Connection": "close"},
        limit={"name": "body_bytes", "value": DOOR.body_bytes, "got": got},
    )
