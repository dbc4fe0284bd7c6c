"""The style of a page that is a file of its own: sheets in one text, fonts and icon inside it."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

from app.assets import STATIC

SHEETS = (
    "tokens", "base", "stage", "panel", "controls", "network", "training", "batch", "product",
    "lab", "player", "access",
)  # fmt: skip

# Of a large font, the part that formulas use.
PARTS = {"stix-two-math.woff2": "stix-two-math-common.woff2"}

_FILE = re.compile(r'url\("\.\./(vendor/[^"]+\.woff2)"\)')


@cache
def style() -> str:
    """Return the text of all sheets."""
    texts = ((STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    found = _FILE.sub(_font, "\n".join(texts))
    assert "</" not in found, "the text ends where its element ends"
    return found


@cache
def icon() -> str:
    """Return the address of the icon, which holds it."""
    return _data("image/svg+xml", STATIC / "icon.svg")


def _font(found: re.Match[str]) -> str:
    path = STATIC / found[1]
    return f'url("{_data("font/woff2", path.with_name(PARTS.get(path.name, path.name)))}")'


def _data(kind: str, path: Path) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
