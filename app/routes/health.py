"""Whether the process answers, and whether it is ready to work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from app.deps import TrainerOf
from app.errors import PROBLEMS

router = APIRouter(tags=["health"])
UNREADY: dict[int | str, dict[str, Any]] = {
    503: {**PROBLEMS[503], "description": "The store does not answer."}
}


class Health(BaseModel):
    status: str = "ok"


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process answers."""
    return Health()


@router.get("/readyz", responses=UNREADY)
async def readyz(trainer: TrainerOf) -> Health:
    """Say that requests can be worked on: the store can be reached."""
    await trainer.database.ping()
    return Health()
