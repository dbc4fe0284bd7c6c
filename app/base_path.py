"""Serving everything under a path such as `/gradwalk`, whether or not a proxy takes it off."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


class BasePath:
    """ASGI middleware: makes the base path the application's root path."""

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        self.app = app
        self.base_path = "/" + base_path.strip("/") if base_path.strip("/") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.base_path and scope["type"] == "http":
            path = scope["path"]
            inside = path == self.base_path or path.startswith(f"{self.base_path}/")
            scope["root_path"] = self.base_path
            scope["path"] = path if inside else self.base_path + path
        await self.app(scope, receive, send)


def local_path(scope: MutableMapping[str, Any]) -> str:
    """Return the path of a request below the base path."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
