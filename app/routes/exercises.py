"""`GET /exercises`: exercises without end, drawn from templates; never their answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from app import wire
from app.computing import in_thread
from app.deps import READS
from app.errors import Refused
from app.exercises import asked_for, row, templates
from app.graph_models import UpdateRequest
from engine.practice import LEVELS, TEMPLATES
from engine.seeds import LARGEST
from engine.sentence import say

router = APIRouter(prefix="/api/v1/exercises", tags=["tables"])


class TemplateRow(BaseModel):
    name: str
    title: dict[str, str]
    levels: int = Field(description="Levels are 1 to this.")


class TemplateList(BaseModel):
    items: list[TemplateRow]
    next: str | None = None


class ExerciseQuestion(BaseModel):
    kind: str
    step: int


class ExerciseLinks(BaseModel):
    page: str


class ExerciseBody(BaseModel):
    template: str
    title: dict[str, str]
    level: int
    seed: int
    program: str
    values: dict[str, wire.Numbers]
    constants: list[str]
    update: UpdateRequest | None
    questions: list[ExerciseQuestion] = Field(
        description="As `POST /answers` takes them, with this program as its `graph`."
    )
    address: str = Field(description="What names it in the address of the page of practice.")
    links: ExerciseLinks


@router.get("")
async def list_exercises() -> TemplateList:
    """List the templates of exercises."""
    return TemplateList(items=[TemplateRow(**one) for one in templates()])


@router.get("/{template}", response_model=ExerciseBody, responses=READS)
async def get_exercise(
    request: Request,
    template: Annotated[str, Path(examples=["fan-out"])],
    level: Annotated[int, Query(ge=1, le=LEVELS, description="How hard it is.")] = 1,
    seed: Annotated[int, Query(ge=0, le=LARGEST)] = 1,
) -> Response:
    """Return the exercise that a template, a level and a seed make: always the same.

    It has a program, values and one question per step, and no answers; `POST /answers` judges
    what is typed. Below the last level every number has at most three significant digits.
    """
    if template not in TEMPLATES:
        raise Refused(
            404,
            say("There is no template “{name}”; GET /exercises lists them.", name=template[:80]),
        )

    def made() -> Any:
        return row(asked_for(template, level, seed), request)

    return wire.JsonResponse(await in_thread(request, made))
