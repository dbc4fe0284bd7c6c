"""The lessons: one TOML file each, in both languages, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Lesson = dict[str, Any]
FOLDER = Path(__file__).parent


@cache
def lessons(folder: Path = FOLDER) -> Mapping[str, Lesson]:
    """Return the lessons by slug, in the order in which they are told."""
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in _files(folder))
    ordered = sorted(read, key=lambda lesson: int(lesson["order"]))
    return MappingProxyType({lesson["slug"]: lesson for lesson in ordered})


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.toml"))
