"""The words that a reader sees, by language: flat keys, texts with {name} for what is put in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "pt-BR")
DEFAULT = LANGUAGES[0]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return one language's texts."""
    assert language in LANGUAGES, f"there is no catalogue for {language}"
    path = Path(__file__).with_name(f"{language}.json")
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))


def negotiate(asked: str | None, accepted: str) -> str:
    """Return the language for a page: the one asked for, else the best of Accept-Language."""
    if asked in LANGUAGES:
        return str(asked)
    for wish in _wishes(accepted):
        for language in LANGUAGES:
            if wish == "*" or wish.split("-")[0] == language.split("-")[0]:
                return language
    return DEFAULT


def _wishes(accepted: str) -> list[str]:
    ranked: list[tuple[float, int, str]] = []
    for item in accepted[:1_000].lower().split(","):
        tag, _, quality = item.partition(";")
        weight = _weight(quality)
        if tag.strip() and weight > 0:
            ranked.append((-weight, len(ranked), tag.strip()))
    return [tag for _, _, tag in sorted(ranked)]


def _weight(quality: str) -> float:
    text = quality.strip().removeprefix("q=")
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
