"""Reading a request's body: exactly JSON in UTF-8, counted while it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from email.message import Message
from typing import Any, TypeVar

import numpy as np
import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.errors import RETRY, SHORT_OF_MEMORY, Refused
from app.limits import DOOR
from engine.sentence import say

USUAL = "application/json"
# What the parser says of lists within lists, sooner or later.
TOO_DEEP = {"depth limit exceeded", "failed to allocate memory"}
NESTED = say("it is nested too deeply, and at most 1,000 levels are read")
# In a request's scope once all of its body is here: there is no arrival to time.
ARRIVED = "gradwalk.arrived"
# Bytes of a body that is read at once.
SHORT = 4_000
# Bytes that a byte of JSON becomes at most, while it is read: {"":0} is a dictionary of one entry.
GROWTH = 50

M = TypeVar("M", bound=BaseModel)


class StrictRequest(Request):
    """A request whose body is strict JSON of limited size."""

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            _check_type(self)
            self._body = b"".join(await self._parts())
            if not self._body:
                raise Refused(400, say("The body is empty; a JSON object was expected."))
        return self._body

    async def _parts(self) -> list[bytes]:
        """Read what arrives, as long as it is neither too much nor too slow."""
        parts, got, more = list[bytes](), 0, True
        began = asyncio.get_running_loop().time()
        seconds = None if self.scope.get(ARRIVED) else DOOR.arrival_seconds
        try:
            async with asyncio.timeout(seconds) as timer:
                while more:
                    part, more = await self._part()
                    got += len(part)
                    if got > DOOR.body_bytes:
                        raise _too_large(got)
                    parts.append(part)
                    if more:
                        timer.reschedule(
                            began + DOOR.arrival_seconds + got / DOOR.body_bytes_per_second
                        )
        except TimeoutError:
            raise _too_slow(got) from None
        return parts

    async def _part(self) -> tuple[bytes, bool]:
        """Return what arrives next, and whether there is more to come."""
        message = await self.receive()
        if message["type"] != "http.request":
            raise Refused(400, say("The connection was closed before the body was complete."))
        return message.get("body", b""), message.get("more_body", False)

    async def json(self) -> Any:
        content = await self.body()
        _check_room(len(content))
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise _unreadable(error) from error


def _check_room(size: int) -> None:
    """Refuse with 503 where what is read might not fit.

    The parser does not look whether there is memory for what it makes; the process would end.
    """
    try:
        if size > SHORT:
            np.empty(GROWTH * size, np.uint8)
    except MemoryError:
        raise Refused(503, SHORT_OF_MEMORY, RETRY) from None


def read_shortly(content: bytes, model: type[M]) -> M | None:
    """Return what a short body says; None if it is not short, or not what is accepted."""
    if len(content) <= SHORT:
        with suppress(ValueError):
            return model.model_validate(orjson.loads(content))
    return None


class JsonRoute(APIRoute):
    """A route that reads its body through StrictRequest."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def _check_type(request: Request) -> None:
    if request.headers.get("content-type") != USUAL or "content-encoding" in request.headers:
        _check_odd_type(request)
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > DOOR.body_bytes:
        raise _too_large(int(declared[:20]))


def _check_odd_type(request: Request) -> None:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    charset = str(message.get_param("charset", "utf-8")).lower()
    encoding = request.headers.get("content-encoding", "identity")
    kind = message.get_content_type() if message["content-type"] else ""
    if kind != USUAL or charset not in {"utf-8", "utf8"} or encoding != "identity":
        raise Refused(
            415, say("The body must be application/json in UTF-8, without a content encoding.")
        )


def _unreadable(error: orjson.JSONDecodeError) -> Refused:
    if error.msg.startswith("Not enough memory"):
        return Refused(503, SHORT_OF_MEMORY, RETRY)
    what = NESTED if error.msg in TOO_DEEP else error.msg
    return Refused(
        400,
        say(
            "The body is not JSON: {what} (line {line}, column {column}).",
            what=what,
            line=error.lineno,
            column=error.colno,
        ),
        position={"line": error.lineno, "column": error.colno},
    )


def _too_large(got: int) -> Refused:
    return Refused(
        413,
        say(
            "The body is larger than {most:,} bytes, the most that is accepted.",
            most=DOOR.body_bytes,
        ),
        headers={"Connection": "close"},
        limit={"name": "body_bytes", "value": DOOR.body_bytes, "got": got},
    )


def _too_slow(got: int) -> Refused:
    return Refused(
        408,
        say(
            "The body did not arrive in time, {got:,} bytes of it only; {seconds} "
            "seconds are given, and one more for each {bytes_per_second:,} bytes.",
            got=got,
            seconds=DOOR.arrival_seconds,
            bytes_per_second=DOOR.body_bytes_per_second,
        ),
        headers={"Connection": "close"},
    )
