"""`GET /networks/{id}/data`: the rows that a network learns from."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app import looks, network_answers, wire
from app.body import JsonRoute
from app.deps import READS, At, NetworkId, TrainerOf
from app.live import Live
from app.training.prediction import full

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)


class DataAnswer(BaseModel):
    """Rows in their own units, before they are standardised."""

    x: wire.Numbers
    y: wire.Numbers
    features: list[str]
    targets: list[str]
    classes: list[str] | None
    held_out: list[int] = Field(description="The numbers of the rows that are kept for testing.")
    version: int


@router.get("/networks/{network}/data", response_model=DataAnswer, responses=READS)
async def get_network_data(network: NetworkId, trainer: TrainerOf, at: At = None) -> Response:
    """Return all rows of x and y, and which of them are held out."""

    def shown(live: Live) -> wire.JsonResponse:
        model = live.session.model
        table = model.table
        answer = {
            "x": full(table.x),
            "y": full(table.y),
            "features": list(table.features),
            "targets": list(table.targets),
            "classes": None if table.classes is None else list(table.classes),
            "held_out": model.rows.held_out.tolist(),
        }
        return network_answers.versioned(answer, live.row.version)

    return await looks.look(trainer, network.stored, at, shown)
