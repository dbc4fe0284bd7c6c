"""Addresses that reopen a graph in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import Request


def site(request: Request) -> str:
    """Return the address of this site, without a slash at its end."""
    public = request.app.state.settings.public_url
    return str(public or request.base_url).rstrip("/")


def lab(site_url: str, state: Mapping[str, Any]) -> str:
    """Return the address of `/lab` with this state; what is empty is left out.

    Texts stand as they are, names joined by commas, everything else as compact JSON.
    """
    given = {name: value for name, value in state.items() if value not in (None, "", [], {})}
    parts = (f"{name}={quote(_written(value), safe='')}" for name, value in given.items())
    return f"{site_url}/lab?{'&'.join(parts)}"


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(value)
    return orjson.dumps(value).decode()
