"""`GET /lessons`: the lessons, in both languages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict

from app import wire
from app.errors import PROBLEMS, Refused
from app.lessons import lessons

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
async def list_lessons() -> LessonList:
    """List the lessons in the order in which they are told."""
    return LessonList(items=[LessonRow(**_row(lesson)) for lesson in lessons().values()])


@router.get("/{slug}", response_model=WholeLesson, responses={404: PROBLEMS[422]})
async def get_lesson(
    slug: Annotated[str, Path(examples=["two-neuron-chain"])],
) -> wire.JsonResponse:
    """Return a whole lesson: its graphs, and its scenes with their texts in both languages."""
    lesson = lessons().get(slug)
    if lesson is None:
        raise Refused(404, f"There is no lesson “{slug[:80]}”; GET /lessons lists them.")
    return wire.JsonResponse(lesson)


def _row(lesson: dict[str, Any]) -> dict[str, Any]:
    return {field: lesson[field] for field in LessonRow.model_fields}
