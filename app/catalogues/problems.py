"""The sentences of problems and notices in other languages than English, in which they are raised.

Each has a code; `problems.TAG.json` holds, by code, the template of each sentence in a language,
with the same parameters. A further language is one more such file: what it lacks is said in
English, and so is what other libraries say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from app.catalogues import DEFAULT
from engine.numbers import COMMA
from engine.sentence import Measure, Sentence

# What another library says is the only sentence that is all parameter.
FOREIGN = "text"
# Sentences lie in one another some three deep.
DEPTH = 8
_FOLDER = Path(__file__).parent
LANGUAGES: tuple[str, ...] = (
    DEFAULT,
    *sorted(
        path.name.split(".")[1]
        for path in _FOLDER.glob("problems.*.json")
        if path.name != f"problems.{DEFAULT}.json"
    ),
)
_SWAPPED = str.maketrans(",.", ".,")


@cache
def templates(language: str) -> Mapping[str, str]:
    """Return a language's templates by code, but those with other parameters than in English."""
    path = _FOLDER / f"problems.{language}.json"
    if language not in LANGUAGES:
        return MappingProxyType({})
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    if language == DEFAULT:
        return MappingProxyType(found)
    english = templates(DEFAULT)
    return MappingProxyType({
        code: text for code, text in found.items()
        if code in english and holes(text) == holes(english[code])
    })  # fmt: skip


def holes(template: str) -> frozenset[tuple[str, str]]:
    """Return the names that a template takes, each with how it is formatted."""
    return frozenset(
        (name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None
    )


@cache
def _codes() -> Mapping[str, str]:
    return MappingProxyType({template: code for code, template in templates(DEFAULT).items()})


def code_of(sentence: Sentence) -> str:
    """Return the code of a sentence."""
    return _codes().get(sentence.template, FOREIGN)


def translated(text: str, language: str) -> str:
    """Return a sentence in a language; as it is, where it is none or the language lacks it."""
    if language == DEFAULT or not isinstance(text, Sentence):
        return text
    return _formed(code_of(text), text, text.parameters, language, 0)


def retold(code: object, text: str, parameters: object, language: str) -> str:
    """Return in a language what an answer holds as a text, with its code and parameters."""
    if language == DEFAULT or not isinstance(code, str) or not isinstance(parameters, Mapping):
        return text
    return _formed(code, text, parameters, language, 0)


def _formed(
    code: str, text: str, parameters: Mapping[str, Any], language: str, depth: int
) -> str:  # fmt: skip
    template = templates(language).get(code)
    if (
        template is None
        or depth > DEPTH
        or not {name for name, _ in holes(template)} <= set(parameters)
    ):
        return text
    return template.format(
        **{name: _Part(one, language, depth + 1) for name, one in parameters.items()}
    )


class _Part:
    """A parameter, which a template formats in the manner of its language."""

    def __init__(self, parameter: Any, language: str, depth: int) -> None:
        self.parameter = parameter
        self.language = language
        self.depth = depth

    def __format__(self, spec: str) -> str:
        one = self.parameter
        if isinstance(one, int | float):
            return _localised(format(one, spec), self.language)
        return self._said(one)

    def _said(self, one: Any) -> str:
        if isinstance(one, Sentence):
            return _formed(code_of(one), one, one.parameters, self.language, self.depth)
        if isinstance(one, Measure):
            return _localised(one, self.language)
        if isinstance(one, list | tuple):
            return ", ".join(map(self._said, one))
        return self._read(one) if isinstance(one, Mapping) else str(one)

    def _read(self, one: Mapping[str, Any]) -> str:
        """Say what an answer holds in place of a sentence or of a printed number."""
        if "number" in one:
            return _localised(str(one["number"]), self.language)
        code, text, inner = (one.get(name) for name in ("code", "text", "parameters"))
        if not isinstance(code, str) or not isinstance(inner, Mapping):
            return str(text)
        return _formed(code, str(text), inner, self.language, self.depth)


def _localised(text: str, language: str) -> str:
    return text.translate(_SWAPPED) if language.split("-")[0] in COMMA else text
