"""The files that pages are made of: where they lie, and how they are served.

In a checkout `static` and `templates` stand beside `app`; in a wheel they are inside it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return where a folder of page files lies."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


STATIC = folder("static")
TEMPLATES = folder("templates")

FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


def build() -> str:
    """Return a name for the present state of the static files: 12 hex digits of their sha256."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and _is_public(path.name):
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Assets(StaticFiles):
    """Static files with one Cache-Control for all of them."""

    def __init__(self, cache_control: str) -> None:
        super().__init__(directory=STATIC)
        self.cache_control = cache_control

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["path"].endswith("/") or "\0" in path or not _is_public(Path(path).name):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = self.cache_control
        return response


def _is_public(name: str) -> bool:
    return not name.startswith((".", "_")) and not name.endswith((".py", ".pyc"))
