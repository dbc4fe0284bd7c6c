"""A finished English sentence that remembers how it was made, so that others can say it again.

Everything that prints or compares a sentence takes it as the text that it is. As in gettext, the
template is the key of its translations; of the parameters, one may be a sentence itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Given: TypeAlias = "str | int | float | Iterable[str]"
Parameter: TypeAlias = "str | int | float | tuple[str, ...]"


class Sentence(str):
    """A text made of a template and what stands in its holes."""

    __slots__ = ("parameters", "template")

    template: str
    parameters: Mapping[str, Parameter]


class Measure(str):
    """A number as it is printed, which a language may write with a decimal comma."""

    __slots__ = ()


def say(template: str, /, **parameters: Given) -> Sentence:
    """Return the sentence with each `{name}` filled; a list's items are joined by commas."""
    return said(template, parameters)


def said(template: str, parameters: Mapping[str, Given]) -> Sentence:
    """Return the sentence of a template and its parameters by name."""
    kept = {
        name: one if isinstance(one, str | int | float) else tuple(one)
        for name, one in parameters.items()
    }
    sentence = Sentence(template.format(**{name: _text(one) for name, one in kept.items()}))
    sentence.template = template
    sentence.parameters = kept
    return sentence


def _text(parameter: Parameter) -> str | int | float:
    return ", ".join(parameter) if isinstance(parameter, tuple) else parameter


def unfilled(text: str) -> str:
    """Return a template that is filled elsewhere; this marks it as one."""
    return text


def foreign(text: str) -> Sentence:
    """Return what another library says, which has no translation."""
    return say("{text}", text=text)


def alternatives(words: Sequence[str]) -> str:
    """Return words of which one is meant: a, b or c."""
    *most, last = words
    return say("{words} or {last}", words=most, last=last) if most else last


def together(words: Sequence[str]) -> str:
    """Return words that are all meant: a, b and c."""
    *most, last = words
    return say("{words} and {last}", words=most, last=last) if most else last
