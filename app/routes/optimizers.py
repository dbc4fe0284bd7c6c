"""`GET /optimizers`: the rules by which parameters can be updated."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app import wire
from app.catalogues import in_all
from engine.optimizers import OPTIMIZERS, Optimizer, Setting

router = APIRouter(prefix="/api/v1", tags=["tables"])


class SettingRow(BaseModel):
    name: str
    default: Any
    low: wire.Numbers | None = Field(None, description="The least that is accepted.")
    high: wire.Numbers | None = Field(None, description="All accepted values are below this.")
    doc: dict[str, str]


class OptimizerRow(BaseModel):
    name: str
    latex: str
    program: str = Field(description="The rule with its defaults: g is the gradient, p becomes "
                                     "new_p.")  # fmt: skip
    settings: list[SettingRow]
    slots: list[str] = Field(description="What it keeps of each parameter between updates.")
    doc: dict[str, str]


class OptimizerList(BaseModel):
    items: list[OptimizerRow]
    next: str | None = None


@router.get("/optimizers")
async def list_optimizers() -> OptimizerList:
    """List the optimizers: definitions, settings and defaults of torch.optim, lr written out."""
    return OptimizerList(items=[_row(row) for row in OPTIMIZERS.values()])


def _row(row: Optimizer) -> OptimizerRow:
    defaults = {setting.name: setting.default for setting in row.settings}
    return OptimizerRow(
        name=row.name,
        latex=row.latex,
        program=row.program(defaults),
        settings=[_setting(setting) for setting in row.settings],
        slots=list(row.slots),
        doc=in_all(row.doc.en, row.doc.pt),
    )


def _setting(setting: Setting) -> SettingRow:
    bounded = not isinstance(setting.default, bool)
    default = setting.default
    return SettingRow(
        name=setting.name,
        default=list(default) if isinstance(default, tuple) else default,
        low=wire.numbers(setting.low) if bounded else None,
        high=wire.numbers(setting.high) if bounded else None,
        doc=in_all(setting.doc.en, setting.doc.pt),
    )
