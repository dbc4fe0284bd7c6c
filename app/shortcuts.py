"""Shortcuts: what is asked most, answered without FastAPI's way to an endpoint.

That way, with its dependencies and exit stacks, takes as long as a small computation. An endpoint
with a shortcut answers the same both ways: it declines what is unusual about a request, such as a
wrong field, and the request goes on as if there were no shortcut.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import errors
from app.base_path import local_path
from app.body import StrictRequest
from app.routes import graphs, networks_training

# Given the request and what the path names; None declines, and nothing has happened then.
Way = Callable[..., Awaitable[Response | None]]
WAYS: tuple[tuple[re.Pattern[str], Way], ...] = (
    (re.compile(r"/api/v1/graphs"), graphs.shortly),
    (re.compile(r"/api/v1/networks/([A-Za-z0-9_-]{22})/step"), networks_training.step_shortly),
)


class Shortcuts:
    """ASGI middleware: takes a shortcut where there is one, and all else further."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _way(scope)
        if found is None:
            await self.app(scope, receive, send)
            return
        request = StrictRequest(scope, receive)
        response = await _answered(request, *found)
        if response is None:
            await self.app(scope, _again(await request.body(), receive), send)
        else:
            await response(scope, receive, send)


async def _answered(request: Request, way: Way, names: tuple[str, ...]) -> Response | None:
    try:
        return await way(request, *names)
    except errors.EXPECTED as error:
        return errors.respond(request, error)


def _way(scope: Scope) -> tuple[Way, tuple[str, ...]] | None:
    if scope["type"] == "http" and scope["method"] == "POST":
        path = local_path(scope)
        for pattern, way in WAYS:
            found = pattern.fullmatch(path)
            if found:
                return way, found.groups()
    return None


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read once more, and then what comes after it."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
