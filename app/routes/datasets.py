"""`GET /datasets`: the data that networks can learn from by name."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.catalogues import in_all
from app.option_rows import OptionRow, option_row
from engine.datasets import DATASETS, make

router = APIRouter(prefix="/api/v1", tags=["tables"])


class DatasetRow(BaseModel):
    name: str
    title: dict[str, str]
    kind: str = Field(description="classification or regression.")
    rows: int = Field(description="With the default settings.")
    features: list[str]
    targets: list[str]
    classes: list[str]
    settings: list[OptionRow]
    source: str
    licence: str
    doc: dict[str, str]


class DatasetList(BaseModel):
    items: list[DatasetRow]
    next: str | None = None


@router.get("/datasets")
async def list_datasets() -> DatasetList:
    """List the data sets; a network takes one as `"data": {"name": …}` with its settings."""
    return DatasetList(items=[_row(name) for name in DATASETS])


@cache
def _row(name: str) -> DatasetRow:
    row, data = DATASETS[name], make(name)
    return DatasetRow(
        name=row.name,
        title=in_all(row.title.en, row.title.pt),
        kind=row.kind,
        rows=len(data.x),
        features=list(data.features),
        targets=list(data.targets),
        classes=list(row.classes),
        settings=[option_row(option) for option in row.settings],
        source=row.source.text,
        licence=row.source.licence,
        doc=in_all(row.doc.en, row.doc.pt),
    )
