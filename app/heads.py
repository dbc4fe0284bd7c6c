"""HEAD, answered as GET without a body: the server leaves the body out."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Heads:
    """ASGI middleware: routes see GET where HEAD was asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["type"] == "http" and scope["method"] == "HEAD"
        # The server reads the method off its own scope, which stays as it is.
        await self.app({**scope, "method": "GET"} if head else scope, receive, send)
