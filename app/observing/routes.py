"""What a request asked for, without what its address gives away: ids are permissions."""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.routing import Match, Route

from app.routes import ROUTERS
from app.store.ids import VIEW

_NETWORK = re.compile(rf"(?<=/)(?:{VIEW})?[A-Za-z0-9_-]{{22}}(?=/|$)")
_ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
_FILES = "/static/"
UNKNOWN = "unknown"


def label(method: str, path: str) -> str:
    """Return the template of the route of a method and a local path, such as `/lessons/{slug}`."""
    if path.startswith(_FILES):
        return _FILES
    # Of all networks one entry is kept, and no path of any length.
    return _template("GET" if method == "HEAD" else method, _NETWORK.sub("0" * 22, path)[:200])


@lru_cache(maxsize=4_096)
def _template(method: str, path: str) -> str:
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    met = [(route.matches(scope)[0], route.path) for route in _ROUTES]
    for wanted in (Match.FULL, Match.PARTIAL):
        for match, template in met:
            if match is wanted:
                return template
    return UNKNOWN
