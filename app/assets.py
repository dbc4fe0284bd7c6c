"""The files that pages are made of: where they lie, and how they are served.

In a checkout `static` and `templates` stand beside `app`; in a wheel they are inside it.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import brotli
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from app.lean import lean

_HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return where a folder of page files lies."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


STATIC = folder("static")
TEMPLATES = folder("templates")

FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
# Files of so many bytes are compressed less thoroughly: that takes too long while someone waits.
LARGE = 50_000
TEXTS = {".css", ".js", ".json", ".mjs", ".svg", ".ts", ".mts"}


def build() -> str:
    """Return a name for the present state of the static files: 12 hex digits of their sha256."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and _is_public(path.name):
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Packed(NamedTuple):
    """A file of text, as it goes over the wire: by its content coding, with "" for as it is."""

    bodies: dict[str, bytes]
    digest: str


class Assets(StaticFiles):
    """Static files with one Cache-Control for all of them; texts are compressed once.

    Modules that are not for development come without their comments.
    """

    def __init__(self, cache_control: str, *, as_written: bool) -> None:
        super().__init__(directory=STATIC)
        self.cache_control = cache_control
        self.as_written = as_written

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["path"].endswith("/") or "\0" in path or not _is_public(Path(path).name):
            raise HTTPException(404)
        found = self._text(path, scope["method"])
        response = self._packed(*found, Headers(scope=scope)) if found else None
        response = response or await super().get_response(path, scope)
        response.headers["Cache-Control"] = self.cache_control
        return response

    def _text(self, path: str, method: str) -> tuple[Path, os.stat_result] | None:
        """Return where a text lies that can be sent; the rest is left to Starlette."""
        if method not in ("GET", "HEAD") or Path(path).suffix not in TEXTS:
            return None
        try:
            full, state = self.lookup_path(path)
        except OSError:
            return None
        return (Path(full), state) if state and stat.S_ISREG(state.st_mode) else None

    def _packed(self, path: Path, state: os.stat_result, asked: Headers) -> Response:
        short = not self.as_written and path.suffix == ".js" and "vendor" not in path.parts
        content = packed(path, short, (state.st_mtime_ns, state.st_size))
        coding = accepted(asked.get("accept-encoding", ""))
        headers = {"ETag": f'"{content.digest}{coding and f"-{coding}"}"'}
        headers["Vary"] = "Accept-Encoding"
        if coding:
            headers["Content-Encoding"] = coding
        body = content.bodies[coding]
        response = Response(body, 200, headers, mimetypes.guess_type(path.name)[0])
        again = self.is_not_modified(response.headers, asked)
        return NotModifiedResponse(response.headers) if again else response


@lru_cache(maxsize=1024)
def packed(path: Path, short: bool, _state: tuple[int, int]) -> Packed:
    """Return a file's bytes as they are and compressed; `_state` tells one edition from another."""
    plain = path.read_bytes()
    if short:
        plain = lean(plain.decode()).encode()
    digest = hashlib.sha256(plain).hexdigest()[:32]
    bodies = {
        "": plain,
        "gzip": gzip.compress(plain, 9, mtime=0),
        "br": brotli.compress(plain, quality=11 if len(plain) < LARGE else 9),
    }
    return Packed(bodies, digest)


def accepted(accept: str) -> str:
    """Return the shortest content coding that an Accept-Encoding header admits: br, gzip or ""."""
    weights = {}
    for part in accept.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = weight.replace(" ", "").rstrip("0.") != "q="
    # A wildcard stands for what everyone can read.
    codings = {"br": weights.get("br"), "gzip": weights.get("gzip", weights.get("*"))}
    return next((coding for coding, admitted in codings.items() if admitted), "")


def _is_public(name: str) -> bool:
    return not name.startswith((".", "_")) and not name.endswith((".py", ".pyc"))
