"""`GET /ops`: the operations that programs may use."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from app.op_rows import OpRow, op_row
from engine.ops import OPS

router = APIRouter(prefix="/api/v1", tags=["tables"])


class OpList(BaseModel):
    items: list[OpRow]
    next: str | None = None


@router.get("/ops")
async def list_ops() -> OpList:
    """List the operations with their formulas in x, y (arguments), z (result), g (upstream).

    `local_latex` has one derivative per argument: a local factor, or the rule of the operation.
    """
    return OpList(items=[op_row(op) for op in OPS.values()])
