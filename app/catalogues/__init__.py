"""The words that a reader sees, by language: flat keys, texts with {name} for what is put in.

A language is a file here, named by its tag and with its own name under `page.language.TAG`. What a
catalogue lacks, and what is told in English and Portuguese alone, is said in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

DEFAULT = "en"
_HOLE = re.compile(r"\{\w*\}")
_FILES = Path(__file__).parent.glob("*.json")
_TAGS = sorted(path.stem for path in _FILES if not path.stem.startswith("problems."))
LANGUAGES: tuple[str, ...] = (DEFAULT, *(tag for tag in _TAGS if tag != DEFAULT))
if TYPE_CHECKING:
    Language: TypeAlias = str
else:
    Language = Literal[LANGUAGES]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return one language's texts, in English where it has none, or one with other holes."""
    english = own_words(DEFAULT)
    words = {key: text for key, text in own_words(language).items()
             if _holes(text) <= _holes(english.get(key, text))}  # fmt: skip
    return MappingProxyType({**english, **words})


def _holes(text: str) -> set[str]:
    return set(_HOLE.findall(text))


@cache
def own_words(language: str) -> Mapping[str, str]:
    """Return what stands in one language's catalogue."""
    assert language in LANGUAGES, f"there is no catalogue for {language}"
    path = Path(__file__).with_name(f"{language}.json")
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))


@cache
def language_names() -> Mapping[str, str]:
    """Return what each language calls itself, by its tag."""
    return MappingProxyType({tag: catalogue(tag)[f"page.language.{tag}"] for tag in LANGUAGES})


def said(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language, in English where there is none in it."""
    return texts.get(language, texts[DEFAULT])


def in_all(en: str, pt: str) -> dict[str, str]:
    """Return a text that is told in two languages, in all that there are."""
    return {language: said({"en": en, "pt-BR": pt}, language) for language in LANGUAGES}


def completed(value: Any, language: str) -> Any:
    """Return a value in which every text by language is there in this one."""
    if isinstance(value, Mapping):
        found = {key: completed(one, language) for key, one in value.items()}
        by_language = DEFAULT in found and set(found) <= set(LANGUAGES)
        return {**found, language: said(found, language)} if by_language else found
    if isinstance(value, list):
        return [completed(one, language) for one in value]
    return value


def negotiate(
    asked: str | None, accepted: str, languages: Collection[str] = LANGUAGES
) -> str:  # fmt: skip
    """Return the language for a page: the one asked for, else the best of Accept-Language."""
    if asked in languages:
        return str(asked)
    for wish in _wishes(accepted):
        for language in languages:
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
