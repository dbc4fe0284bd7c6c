"""`GET /lessons`: the lessons, in both languages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict

from app import wire
from app.deps import OwnEntries
from app.errors import PROBLEMS, Refused
from app.lessons import lessons
from engine.sentence import say

router = APIRouter(prefix="/api/v1/lessons", tags=["tables"])


class LessonRow(BaseModel):
    slug: str
    number: str
    title: dict[str, str]
    summary: dict[str, str]


class LessonList(BaseModel):
    items: list[LessonRow]
    next: str | None = None


class WholeLesson(LessonRow):
    model_config = ConfigDict(extra="allow")

    order: int
    graphs: dict[str, dict[str, Any]]
    scenes: list[dict[str, Any]]


@router.get("")
async def list_lessons(own: OwnEntries) -> LessonList:
    """List the lessons in the order in which they are told, then those of the server's own folder.

    A lesson of that folder is left out while something is wrong with its file.
    """
    told = [*lessons().values(), *(one.lesson for one in own.values() if one.lesson is not None)]
    return LessonList(items=[LessonRow(**_row(lesson)) for lesson in told])


@router.get(
    "/{slug}", response_model=WholeLesson, responses=dict.fromkeys((404, 422), PROBLEMS[422])
)
async def get_lesson(
    slug: Annotated[str, Path(examples=["two-neuron-chain"])], own: OwnEntries
) -> wire.JsonResponse:
    """Return a whole lesson: its graphs, and its scenes with their texts in both languages."""
    lesson = lessons().get(slug)
    entry = own.get(slug)
    if lesson is None and entry is not None:
        if entry.lesson is None:
            first = entry.faults[0]
            raise Refused(
                422,
                say(
                    "Something is wrong with the file {file}, line {line}: {sentence}",
                    file=entry.file,
                    line=first.line,
                    sentence=first.sentence,
                ),
            )
        lesson = entry.lesson
    if lesson is None:
        raise Refused(
            404, say("There is no lesson “{name}”; GET /lessons lists them.", name=slug[:80])
        )
    return wire.JsonResponse(lesson)


def _row(lesson: dict[str, Any]) -> dict[str, Any]:
    return {field: lesson[field] for field in LessonRow.model_fields}
