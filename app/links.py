"""Addresses that reopen a graph in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import Request
from starlette.datastructures import URL

from app.base_path import local_path
from app.errors import Refused
from engine.limits import DEFAULT as ENGINE
from engine.sentence import say

# Characters of a text that is kept.
SHORT = 1_000


def site(request: Request) -> str:
    """Return the address of this site, without a slash at its end."""
    public: str | None = request.app.state.settings.public_url
    if public:
        return public.rstrip("/")
    scope = request.scope
    server = scope.get("server")
    host = request.headers.get("host", "")
    base = _base if len(host) <= SHORT else _base.__wrapped__
    return base(scope["scheme"], host, server and tuple(server), scope.get("root_path", ""))


@lru_cache(256)
def _base(scheme: str, host: str, server: tuple[str, int] | None, root_path: str) -> str:
    """Return what a request for this host was sent to; a host that is none gives way to ours."""
    headers = [(b"host", host.encode("latin-1"))]
    scope = {"scheme": scheme, "server": server, "path": root_path + "/", "headers": headers}
    return str(URL(scope={**scope, "query_string": b""})).rstrip("/")


def oembed(request: Request) -> str:
    """Return the address that tells how to put this page into another one, by the oEmbed format."""
    query = f"?{request.url.query}" if request.url.query else ""
    page = site(request) + local_path(request.scope) + query
    return f"{site(request)}/oembed?format=json&url={quoted(page)}"


def lab(site_url: str, state: Mapping[str, Any]) -> str:
    """Return the address of `/lab` with this state; what is empty is left out.

    Texts stand as they are, names joined by commas, everything else as compact JSON.
    """
    given = {name: value for name, value in state.items() if value not in (None, "", [], {})}
    parts = (f"{name}={quoted(_written(value))}" for name, value in given.items())
    return f"{site_url}/lab?{'&'.join(parts)}"


def quoted(text: str) -> str:
    """Return a text as it stands in an address; short ones are kept."""
    return _quoted(text) if len(text) <= SHORT else _quoted.__wrapped__(text)


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(value)
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        # A value that the program does not use has not been looked at.
        raise Refused(
            422,
            say(
                "A value is nested too deeply to be written in an address; lists of at "
                "most {most} levels are accepted.",
                most=ENGINE.dimensions,
            ),
        ) from None


@lru_cache(256)
def _quoted(text: str) -> str:
    return quote(text, safe="")
