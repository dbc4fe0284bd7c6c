"""`POST /programs`: what a program's leaves are, asked for while it is typed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

import engine
from app import wire
from app.body import JsonRoute
from app.catalogues import negotiate
from app.catalogues.problems import LANGUAGES
from app.computing import in_thread
from app.errors import PROBLEMS, engine_problem, problem_in
from app.problem_models import Problem
from app.strict import Strict
from engine import EngineError

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


class Program(Strict):
    program: str = Field(examples=["q = x + y; z = 4; f = q * z"])


class Leaf(BaseModel):
    name: str
    default: wire.Numbers | None


class ProgramAnswer(BaseModel):
    leaves: list[Leaf]
    error: Problem | None


@router.post("/programs", response_model=ProgramAnswer, responses=PROBLEMS)
async def post_program(request: Request, body: Program) -> wire.JsonResponse:
    """Name the leaves of a program; a program that is wrong is answered too, with the error."""
    content = await in_thread(request, _read, body.program)
    if content["error"]:
        language = negotiate(None, request.headers.get("accept-language", ""), LANGUAGES)
        content["error"] = problem_in(content["error"], language)
    return wire.JsonResponse(content, headers={"Vary": "Accept-Language"})


def _read(program: str) -> dict[str, Any]:
    try:
        leaves = engine.leaves(program)
    except EngineError as error:
        return {"leaves": [], "error": engine_problem(error)}
    named = [{"name": name, "default": wire.numbers(default)} for name, default in leaves]
    return {"leaves": named, "error": None}
