"""Which sites' pages may change what is stored: our own only.

Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`); other programs say neither.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.base_path import local_path
from app.errors import answer, problem
from app.security import OPEN_POSTS
from engine.sentence import say

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN = frozenset({"same-origin", "none"})
SENTENCE = say(
    "This request comes from a page of another site, which may not change what is stored here; "
    "requests are accepted from this site's own pages, and from programs that are no browser."
)


class Guard:
    """ASGI middleware: refuses with 403 what a page of another site sends to change our state."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self.app = app
        public = urlsplit(public_url or "")
        self.public_origin = f"{public.scheme}://{public.netloc}".lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changes = scope["type"] == "http" and scope["method"] in CHANGING
        if changes and local_path(scope) not in OPEN_POSTS and self._foreign(Request(scope)):
            await answer(problem(403, SENTENCE))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _foreign(self, request: Request) -> bool:
        origin, site = _first(request.headers, "origin"), _first(request.headers, "sec-fetch-site")
        if origin == "null" or site not in (None, *OWN):
            return True
        # A proxy may have changed Host, and then only the browser knows.
        return origin is not None and site is None and not self._ours(origin, request)

    def _ours(self, origin: str, request: Request) -> bool:
        host = request.headers.get("host", "").lower()
        # Without word from the proxy, https arrives as http.
        own = {f"{request.scope['scheme']}://{host}", f"https://{host}", self.public_origin}
        return origin in own


def _first(headers: Headers, name: str) -> str | None:
    """Return a header in small letters; of several different ones, none that is accepted."""
    given = {value.strip().lower() for value in headers.getlist(name)}
    return None if not given else given.pop() if len(given) == 1 else "null"
