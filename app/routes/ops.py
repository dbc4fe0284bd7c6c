"""`GET /ops`: the operations that programs may use."""

from __future__ import annotations

import re

from fastapi import APIRouter
from pydantic import BaseModel

from engine.ops import OPS, Op

router = APIRouter(prefix="/api/v1", tags=["tables"])


class OpRow(BaseModel):
    name: str
    family: str
    arity: int | None
    elementwise: bool
    latex: str
    local_latex: list[str]
    sign: str
    doc: dict[str, str]


class OpList(BaseModel):
    items: list[OpRow]
    next: str | None = None


@router.get("/ops")
async def list_ops() -> OpList:
    """List the operations with their formulas in x, y (arguments), z (result), g (upstream).

    `local_latex` has one derivative per argument: a local factor, or the rule of the operation.
    """
    return OpList(items=[_row(op) for op in OPS.values()])


def _row(op: Op) -> OpRow:
    return OpRow(
        name=op.name,
        family=op.family,
        arity=op.arity,
        elementwise=op.elementwise,
        latex=_letters(op.latex),
        local_latex=[_letters(latex) for latex in op.local_latex or op.rule_latex],
        sign=_letters(op.sign),
        doc={"en": op.doc.en, "pt-BR": op.doc.pt},
    )


def _letters(template: str) -> str:
    return re.sub(r"«(\w+)[!+]?»", r"\1", template)
