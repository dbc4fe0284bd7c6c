"""`GET /schedules`: how the learning rate can change with the iterations."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app import wire
from app.catalogues import in_all
from engine.schedules import SCHEDULES, Schedule, Setting

router = APIRouter(prefix="/api/v1", tags=["tables"])


class ScheduleSettingRow(BaseModel):
    name: str
    default: int | float
    low: wire.Numbers
    high: wire.Numbers
    whole: bool = Field(description="Whether whole numbers only are accepted.")
    doc: dict[str, str]


class ScheduleRow(BaseModel):
    name: str
    latex: str
    settings: list[ScheduleSettingRow]
    doc: dict[str, str]


class ScheduleList(BaseModel):
    items: list[ScheduleRow]
    next: str | None = None


@router.get("/schedules")
async def list_schedules() -> ScheduleList:
    """List the schedules; a network takes one as `"schedule": {"name": …}` with its settings."""
    return ScheduleList(items=[_row(row) for row in SCHEDULES.values()])


def _row(row: Schedule) -> ScheduleRow:
    return ScheduleRow(
        name=row.name,
        latex=row.latex,
        settings=[_setting(setting) for setting in row.settings],
        doc=in_all(row.doc.en, row.doc.pt),
    )


def _setting(setting: Setting) -> ScheduleSettingRow:
    return ScheduleSettingRow(
        name=setting.name,
        default=setting.default,
        low=wire.numbers(setting.low),
        high=wire.numbers(setting.high),
        whole=isinstance(setting.default, int),
        doc=in_all(setting.doc.en, setting.doc.pt),
    )
