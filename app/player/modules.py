"""The modules of a page that is a file of its own: each under a bare name, with no path left.

A module that such a page never runs stands as an empty one under its name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cache

from app.assets import STATIC
from app.lean import lean
from app.modules import needed

NAMES = "gradwalk/"
# What a player opens with, or comes to; in a lesson, its scenes too.
ENTRIES = (
    "main.js",
    "stage/layout/simple.js",
    "views/help.js",
    "views/product.js",
    "views/rules.js",
    "views/transcript.js",
    "access/follow.js",
    "ways.js",
)
SCENES = ("views/scene.js",)
EMPTY = "export {};"

_IMPORT = re.compile(r"""(\bfrom|\bimport\(|(?:^|[;}])import)(\s*["'])(\.[^"']+)(["'])""", re.M)


@cache
def modules(*, scenes: bool) -> Mapping[str, str]:
    """Return the text of each module by its name, those that are left out empty."""
    paths = needed(*ENTRIES, *(SCENES if scenes else ()))
    texts = {NAMES + path: _named(path) for path in paths}
    wanted = {found[3] for text in texts.values() for found in _BARE.finditer(text)}
    return {**dict.fromkeys(sorted(wanted - set(texts)), EMPTY), **texts}


_BARE = re.compile(rf"""(\bfrom|\bimport\(|\bimport)(\s*["'])({NAMES}[^"']+)["']""")


def _named(path: str) -> str:
    """Return a module's text in which imports have names instead of paths."""
    source = (STATIC / path).read_text(encoding="utf-8")
    folder = posixpath.dirname(path)

    def name(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found[3]))
        return f"{found[1]}{found[2]}{NAMES}{target}{found[4]}"

    return _IMPORT.sub(name, source if path.startswith("vendor/") else lean(source))
