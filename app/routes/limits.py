"""`GET /limits`: how much a request may ask for."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.limit_words import MEANING
from app.limits import table

router = APIRouter(prefix="/api/v1", tags=["tables"])


class LimitRow(BaseModel):
    name: str
    value: int
    about: str


class LimitList(BaseModel):
    items: list[LimitRow]
    next: str | None = None


@router.get("/limits")
async def get_limits() -> LimitList:
    """List every limit; what goes over one is refused with the limit's name."""
    limits = table().items()
    rows = (LimitRow(name=name, value=value, about=MEANING[name]) for name, value in limits)
    return LimitList(items=list(rows))
