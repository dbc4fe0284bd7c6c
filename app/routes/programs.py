"""`POST /programs`: what a program's leaves are, asked for while it is typed."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

import engine
from app import wire
from app.body import JsonRoute
from app.errors import PROBLEMS, Problem, engine_problem
from engine import EngineError

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


class Program(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

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
    workers = request.app.state.workers
    return wire.JsonResponse(await to_thread.run_sync(_read, body.program, limiter=workers))


def _read(program: str) -> dict[str, Any]:
    try:
        leaves = engine.leaves(program)
    except EngineError as error:
        return {"leaves": [], "error": engine_problem(error)}
    named = [{"name": name, "default": wire.numbers(default)} for name, default in leaves]
    return {"leaves": named, "error": None}
