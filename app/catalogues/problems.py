"""The sentences of problems in other languages than English, in which they are raised.

A catalogue holds each sentence as it stands in the code, `{}` for what is put in, and its
translation with as many `{}` in the same order. A further language is one more file; without it
problems are told in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.catalogues import DEFAULT

HOLE = "{}"
# A part of a sentence is translated by what names it, not by a pattern that fits anything.
TELLING = 8
DEPTH = 3

_WHOLE = re.compile(r"\d{1,3}(,\d{3})+")
_FRACTION = re.compile(r"-?\d+\.\d+(e[+-]?\d+)?")


class Sentence(NamedTuple):
    """A sentence cut at its holes, and its translation."""

    pieces: tuple[str, ...]
    translation: tuple[str, ...]

    @property
    def letters(self) -> int:
        return sum(map(len, self.pieces))


def translated(text: str, language: str) -> str:
    """Return a problem's sentence in a language; as it is, where its catalogue lacks it."""
    if language == DEFAULT:
        return text
    return _translated(text, language, 0)


def _translated(text: str, language: str, depth: int) -> str:
    exact, patterns = _sentences(language)
    if text in exact:
        return exact[text]
    for sentence in patterns:
        if depth and sentence.letters < TELLING:
            break
        found = _holes(text, sentence.pieces)
        if found is not None:
            return "".join(_filled(sentence.translation, found, language, depth))
    return text


def _filled(pieces: tuple[str, ...], found: list[str], language: str, depth: int) -> Iterator[str]:
    for piece, part in zip(pieces, found, strict=False):
        yield piece
        yield _localised(part) if depth == DEPTH else _part(part, language, depth)
    yield pieces[-1]


def _part(part: str, language: str, depth: int) -> str:
    number = _localised(part)
    return number if number != part else _translated(part, language, depth + 1)


def _localised(part: str) -> str:
    """Write a number as in languages with a decimal comma; anything else as it is."""
    if _WHOLE.fullmatch(part):
        return part.replace(",", ".")
    return part.replace(".", ",") if _FRACTION.fullmatch(part) else part


def _holes(text: str, pieces: tuple[str, ...]) -> list[str] | None:
    """Return what stands in the holes between the pieces; None if the text has others.

    Each piece is taken where it comes first, so that the time stays linear in the text.
    """
    first, *inner, last = pieces
    if not text.startswith(first) or not text.endswith(last):
        return None
    at, end, found = len(first), len(text) - len(last), []
    for piece, following in zip(inner, [*inner[1:], last], strict=False):
        place = text.find(piece, at + 1, end)
        if piece.isspace():
            # What stands before a bare space may hold others; what follows it holds none.
            after = text.find(following, at + 1, end) if following else end
            place = text.rfind(piece, at + 1, end if after < 0 else after)
        if place < 0:
            return None
        found.append(text[at:place])
        at = place + len(piece)
    return [*found, text[at:end]] if at < end else None


@cache
def _sentences(language: str) -> tuple[dict[str, str], list[Sentence]]:
    """Return the sentences without holes, and those with them, those with most letters first."""
    known = sentences(language)
    exact = {text: words for text, words in known.items() if HOLE not in text}
    patterns = [
        Sentence(tuple(text.split(HOLE)), tuple(words.split(HOLE)))
        for text, words in known.items()
        if HOLE in text
    ]
    return exact, sorted(patterns, key=lambda sentence: -sentence.letters)


@cache
def sentences(language: str) -> dict[str, str]:
    """Return a language's catalogue of problems."""
    path = Path(__file__).with_name(f"problems.{language}.json")
    if not path.is_file():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
