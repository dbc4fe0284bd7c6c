"""`GET /initializers`: how the parameters of a network can begin."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.catalogues import in_all
from app.option_rows import OptionRow, option_row
from engine.initializers import INITIALIZERS, Initializer

router = APIRouter(prefix="/api/v1", tags=["tables"])


class InitializerRow(BaseModel):
    name: str
    latex: str
    biases: bool = Field(description="Whether it draws biases too, which are 0 otherwise.")
    settings: list[OptionRow]
    doc: dict[str, str]


class InitializerList(BaseModel):
    items: list[InitializerRow]
    next: str | None = None


@router.get("/initializers")
async def list_initializers() -> InitializerList:
    """List the initializers; a network takes one as `"init": {"name": …}` with its settings."""
    return InitializerList(items=[_row(row) for row in INITIALIZERS.values()])


def _row(row: Initializer) -> InitializerRow:
    return InitializerRow(
        name=row.name,
        latex=row.latex,
        biases=row.biases,
        settings=[option_row(option) for option in row.settings],
        doc=in_all(row.doc.en, row.doc.pt),
    )
