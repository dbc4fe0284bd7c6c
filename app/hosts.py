"""Under which names the server may be reached: the header Host, which links are written with.

A page of another site can have its own name point to this machine, and would then count as ours;
under a name that is not expected nothing is answered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import answer, problem
from app.settings import Settings
from engine.sentence import Sentence, said, say, unfilled

ANY = "*"
NAME = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
LONGEST = 300
LOCAL = "localhost"
# Names without a point and under these ends belong to this machine or network: no site has them.
INNER = (".localhost", ".local", ".internal", ".test")
MALFORMED = say(
    "The header Host must say once which host is asked, such as localhost:8000, in letters, "
    "digits, points and hyphens."
)
UNKNOWN = unfilled(
    "This server is not known as {name}; set GRADWALK_HOSTS to the names that it is reached under, "
    "joined by commas."
)


class Hosts:
    """ASGI middleware: refuses with 400 a request for no host, several, or one we are not."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        given = ANY if settings.hosts is None else settings.hosts
        self.names = {name.strip().lower() for name in given.split(",")} - {""}
        public = urlsplit(settings.public_url or "").hostname
        if public:
            self.names.add(public)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sentence = self._problem(scope) if scope["type"] == "http" else None
        if sentence is None:
            await self.app(scope, receive, send)
        else:
            await answer(problem(400, sentence))(scope, receive, send)

    def _problem(self, scope: Scope) -> Sentence | None:
        found = [value for name, value in scope["headers"] if name == b"host"]
        if not found and scope.get("http_version") == "1.0":
            return None
        name = _name(found[0]) if len(found) == 1 and len(found[0]) <= LONGEST else None
        if name is None:
            return MALFORMED
        accepted = name in self.names or ANY in self.names or _is_inner(name)
        return None if accepted else said(UNKNOWN, {"name": name})


def expected(settings: Settings) -> str:
    """Return the names that are accepted by default: of a server for this machine alone, its own.

    Addresses and names that no site can have are accepted in any case.
    """
    if settings.hosts is not None:
        return settings.hosts
    local = settings.host == LOCAL or (_is_address(settings.host) and _loops(settings.host))
    return "" if local else ANY


@lru_cache(256)
def _name(host: bytes) -> str | None:
    """Return the name in a header Host without its port, None if it is not one."""
    found = NAME.fullmatch(host.decode("latin-1").lower())
    if found is None or int(found[2] or 0) > 65_535:
        return None
    name = found[1].strip("[]")
    bracketed = found[1].startswith("[")
    return name if not bracketed or _is_address(name) else None


@lru_cache(256)
def _is_inner(name: str) -> bool:
    return "." not in name or name.endswith(INNER) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _loops(address: str) -> bool:
    return ip_address(address).is_loopback
