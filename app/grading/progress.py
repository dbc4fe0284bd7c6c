"""The file of progress that a student saves: what was asked, and what was typed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.complaints import complaint
from app.graph_models import GraphFields
from app.question_models import QuestionRequest, Typed
from app.strict import Strict
from engine.seeds import LARGEST

BYTES = 16_000_000
ITEMS = 20_000
ATTEMPTS = 1_000
Short = Annotated[str, StringConstraints(max_length=200)]


class ExercisePlace(Strict):
    template: Short
    level: int
    seed: int


class Item(Strict):
    """A question of an exercise, a lesson's scene or any other graph, and the attempts as typed.

    With a `seed` the scene's graph had other numbers.
    """

    exercise: ExercisePlace | None = None
    lesson: Short | None = None
    scene: Short | None = None
    seed: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    graph: GraphFields | None = None
    question: QuestionRequest
    attempts: Annotated[list[Typed], Field(max_length=ATTEMPTS, fail_fast=True)]
    shown: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Item:
        told = (self.exercise, self.scene if self.lesson is not None else None, self.graph)
        if sum(one is not None for one in told) != 1:
            raise PydanticCustomError(
                "one_of", "exactly one of exercise, lesson with scene, and graph is needed"
            )
        if self.seed is not None and self.lesson is None:
            raise PydanticCustomError("of_lesson", "a seed belongs to a lesson with a scene")
        return self

    @property
    def key(self) -> str:
        """What tells one question from another."""
        return self.model_dump_json(exclude={"attempts", "shown"})


class Progress(Strict):
    format: Literal["gradwalk-progress"]
    version: Literal[1]
    name: Short
    language: Short
    saved: Short
    items: Annotated[list[Item], Field(max_length=ITEMS, fail_fast=True)]


class NoProgress(Exception):
    """A file cannot be graded; the message is a sentence that says why."""


def read(content: bytes) -> Progress:
    """Read a file of progress; raise NoProgress for what is none."""
    if len(content) > BYTES:
        raise NoProgress(f"The file is too large; at most {BYTES:,} bytes are read.")
    try:
        return Progress.model_validate_json(content)
    except ValidationError as error:
        first = RequestValidationError(error.errors()).errors()[0]
        place = "/".join(map(str, first["loc"]))
        if first["type"] == "json_invalid":
            raise NoProgress("This is no JSON; save the progress again.") from None
        raise NoProgress(f"At /{place}: {complaint(first)}.") from None
