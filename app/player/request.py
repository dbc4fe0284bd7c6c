"""What a player is asked for: a program with its values, or a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app import wire
from app.catalogues import Language
from app.errors import Refused
from app.graph_models import CHAIN, UpdateRequest
from app.lessons import Lesson, lessons
from app.strict import Few, Label, Names, Strict
from engine.sentence import say

STEP: JsonDict = {"lang": "pt-BR", "step": 9}


class PlayerRequest(Strict):
    model_config = ConfigDict(json_schema_extra={"examples": [{**CHAIN, **STEP}]})

    program: str | None = None
    lesson: str | None = Field(
        None, description="A lesson's slug, in place of a program and all that belongs to one."
    )
    values: Annotated[dict[str, wire.Numbers], Few] = Field(default_factory=dict)
    constants: Names = Field(
        default_factory=list, description="Leaves that are data: they get no gradient."
    )
    labels: Annotated[dict[str, Label], Few] = Field(
        default_factory=dict, description="LaTeX of a node's name."
    )
    update: UpdateRequest | None = None
    detail: Literal["tensor", "scalar"] = Field(
        "tensor", description="`scalar`: every element is a node of its own."
    )
    expand: Names = Field(
        default_factory=list, description="Nodes or elements to take apart into numbers."
    )
    title: Label | None = Field(None, description="What stands above the picture.")
    lang: Language = Field("en", description="The language it opens in; both are in the file.")
    step: Annotated[int, Field(ge=0, le=2**53, description="The step it opens at.")] = 0


# What is asked of either, and what belongs to a program.
EITHER = frozenset({"title", "lang", "step"})
OWN = frozenset(PlayerRequest.model_fields) - EITHER - {"lesson"}


def lesson_of(asked: PlayerRequest, own: Mapping[str, Lesson]) -> Lesson | None:
    """Return the lesson that is asked for, None where it is a program; refuse both and neither."""
    beside = sorted(OWN & asked.model_fields_set)
    if asked.lesson is None:
        if asked.program is None:
            raise Refused(
                422,
                say("A player needs a program, or a lesson; GET /lessons lists those."),
                pointer="/program",
            )
        return None
    if beside:
        raise Refused(
            422,
            say(
                "A lesson brings its own {field}; beside lesson are accepted lang, step, title.",
                field=beside[0],
            ),
            pointer=f"/{beside[0]}",
        )
    found = lessons().get(asked.lesson) or own.get(asked.lesson)
    if found is None:
        raise Refused(
            422,
            say("There is no lesson “{name}”; GET /lessons lists them.", name=asked.lesson[:80]),
            pointer="/lesson",
        )
    return found
