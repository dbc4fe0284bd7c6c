"""`GET /limits`: how much a request may ask for."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.limits import table

router = APIRouter(prefix="/api/v1", tags=["tables"])


class LimitRow(BaseModel):
    name: str
    value: int


class LimitList(BaseModel):
    items: list[LimitRow]
    next: str | None = None


@router.get("/limits")
async def get_limits() -> LimitList:
    """List every limit; what goes over one is refused with the limit's name."""
    return LimitList(items=[LimitRow(name=name, value=value) for name, value in table().items()])
