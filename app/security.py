"""The headers of every response, and which paths are open to other sites."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.base_path import local_path

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors {ancestors}",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Stateless, so open to any origin without credentials.
OPEN_POSTS = (
    "/api/v1/graphs",
    "/api/v1/graphs/steps",
    "/api/v1/graphs/code",
    "/api/v1/graphs/variants",
    "/api/v1/programs",
    "/api/v1/players",
    "/api/v1/answers",
)
OPEN_FILES = "/static/"
OPEN_PAGES = ("/oembed",)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "content-type",
    "Access-Control-Max-Age": "86400",
}


def headers_for(path: str, ancestors: str = "'self'") -> dict[str, str]:
    """Return the headers that every response at this path carries.

    `ancestors` says who may show `/embed/…` in a frame.
    """
    return _headers(*_kind(path), ancestors)


def _kind(path: str) -> tuple[bool, bool]:
    """Return whether others may show this path in a frame, and whether any origin may read it."""
    return (
        path.startswith("/embed/"),
        path in OPEN_POSTS or path in OPEN_PAGES or path.startswith(OPEN_FILES),
    )


@cache
def _headers(embedded: bool, opened: bool, ancestors: str) -> dict[str, str]:
    framed = ancestors if embedded else "'self'"
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(ancestors=framed)}
    if opened:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return headers


@cache
def _raw(embedded: bool, opened: bool, ancestors: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the same as they go over the wire."""
    headers = _headers(embedded, opened, ancestors).items()
    return tuple((name.lower().encode(), value.encode()) for name, value in headers)


class SecureHeaders:
    """ASGI middleware: adds `headers_for` to responses, and answers preflights of open paths."""

    def __init__(self, app: ASGIApp, ancestors: str) -> None:
        self.app = app
        self.ancestors = ancestors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = local_path(scope)
        extra = _raw(*_kind(path), self.ancestors)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                own = {name for name, _ in given}
                message["headers"] = [*given, *(pair for pair in extra if pair[0] not in own)]
            await send(message)

        if path in OPEN_POSTS and scope["method"] == "OPTIONS" and _is_preflight(Request(scope)):
            response = Response(status_code=204, headers=PREFLIGHT)
            await response(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)


def _is_preflight(request: Request) -> bool:
    return "access-control-request-method" in request.headers and "origin" in request.headers
