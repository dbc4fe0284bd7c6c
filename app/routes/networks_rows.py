"""The rows of a batch, each by itself, and how their gradients make up that of the batch."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from app import looks, network_answers, wire
from app.body import JsonRoute
from app.deps import FAR, READS, At, NetworkId, TrainerOf
from app.live import Live
from app.training import row_passes
from app.training.limits import TRAINING

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)


class RowPass(BaseModel):
    row: int = Field(description="Its number in the data.")
    x: wire.Numbers = Field(description="As it was given, before any standardising.")
    y: wire.Numbers
    prediction: wire.Numbers | None = Field(description="Probabilities, for losses of scores.")
    loss: wire.Numbers = Field(description="Of this row alone.")
    gradients: dict[str, wire.Numbers] = Field(description="Of this row's loss, by parameter.")


class RowsAnswer(BaseModel):
    """Rows of the batch of the pass last run, with the parameters that it used."""

    of: int = Field(description="How many rows the batch has.")
    start: int
    rows: list[RowPass]
    relation: Literal["mean", "sum", "other"] = Field(
        description="What the batch's gradient is of its rows' gradients. `mean`: each enters with "
        "1/of."
    )
    loss: wire.Numbers = Field(description="Of the batch.")
    gradients: dict[str, wire.Numbers] = Field(description="Of the batch's loss.")
    version: int


@router.get("/networks/{network}/rows", response_model=RowsAnswer, responses=READS)
async def get_rows(
    network: NetworkId,
    trainer: TrainerOf,
    start: Annotated[int, Query(ge=0, le=FAR, description="From this row of the batch.")] = 0,
    count: Annotated[int, Query(ge=1, le=TRAINING.rows_shown)] = 100,
    parameter: Annotated[
        list[str] | None,
        Query(max_length=100, description="Gradients of these alone; by default of all."),
    ] = None,
    at: At = None,
) -> Response:
    """Return the rows of the batch one by one: what each is answered, its loss and gradient."""

    def shown(live: Live) -> wire.JsonResponse:
        found = row_passes.listed(live.session, start, count, parameter)
        return network_answers.versioned(found, live.row.version)

    return await looks.look(trainer, network.stored, at, shown)
