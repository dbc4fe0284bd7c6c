"""Whether the process answers, and whether it is ready to work."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str = "ok"


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process answers."""
    return Health()


@router.get("/readyz")
async def readyz() -> Health:
    """Say that requests can be worked on; nothing is stored, so that is always so."""
    return Health()
