"""A sentence as answers hold it beside its text: a code and parameters that any client can say.

All of it is JSON, and short: what is long is cut, as the text itself is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel, Field

from app.catalogues.problems import code_of
from engine import sentence as said

# Characters of a text, and of all texts of a list together.
TEXT = 400
LIST = 2_000
# What a member's name ends with that holds the sentences of another in code.
SAID = "_said"
# Beyond it, whole numbers are not exact in every client.
EXACT = 2**53


class Measure(BaseModel):
    """A number as it is printed, for languages that write it with a decimal comma."""

    number: str = Field(examples=["−0.5"])


class Said(BaseModel):
    """A sentence in English, and how to say it in another language."""

    code: str = Field(description="Dotted words that stay the same, such as `graph.no_node`.")
    text: str = Field(description="The sentence in English.")
    parameters: dict[str, Parameter] = Field(description="What is put into it, by name.")


# A number; a text, such as a name; several of them; or a sentence within the sentence.
Parameter: TypeAlias = float | str | Said | Measure | list[str | Said]
Parameters: TypeAlias = dict[str, Parameter]
Said.model_rebuild()


def in_code(sentence: said.Sentence) -> dict[str, Any]:
    """Return the code of a sentence, and what is put into it by name."""
    inside = {name: _part(one) for name, one in sentence.parameters.items()}
    return {"code": code_of(sentence), "parameters": inside}


def coded(sentence: said.Sentence) -> dict[str, Any]:
    """Return a sentence as it stands within another."""
    return {**in_code(sentence), "text": _cut(sentence)}


def in_words_and_code(member: str, sentences: Sequence[said.Sentence]) -> dict[str, Any]:
    """Return sentences as a member of an answer, and where there are any, those in code beside."""
    if not sentences:
        return {member: []}
    return {member: list(sentences), f"{member}{SAID}": [coded(one) for one in sentences]}


def _part(parameter: said.Parameter) -> Any:
    if isinstance(parameter, said.Sentence):
        return coded(parameter)
    if isinstance(parameter, said.Measure):
        return {"number": str(parameter)}
    if isinstance(parameter, tuple):
        return list(_few(parameter))
    if isinstance(parameter, int | float):
        return _number(parameter)
    return _cut(str(parameter))


def _number(number: float) -> Any:
    if isinstance(number, int):
        return int(number) if abs(number) < EXACT else _cut(str(number))
    return float(number) if math.isfinite(number) else str(number)


def _few(items: Iterable[str]) -> Iterable[Any]:
    """Yield the items that are within the bounds, and … for the rest."""
    room = LIST
    for item in items:
        room -= len(item) + 2
        if room < 0:
            yield "…"
            return
        yield _part(item)


def _cut(text: str) -> str:
    return str(text) if len(text) <= TEXT else text[: TEXT - 1] + "…"
