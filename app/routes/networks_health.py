"""How a network fares: how its numbers are spread, and what is wrong when they left their range."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from app import clinic, looks, network_answers, wire
from app.body import JsonRoute
from app.catalogues import Language
from app.deps import READS, At, NetworkId, TrainerOf
from app.live import Live
from app.store import history
from app.training.histograms import histograms

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)


class Histogram(BaseModel):
    edges: list[wire.Numbers] = Field(description="One more than counts.")
    counts: list[int]
    size: int
    not_finite: int
    mean: wire.Numbers | None
    deviation: wire.Numbers | None


class HistogramAnswer(BaseModel):
    node: str
    values: Histogram
    grads: Histogram | None = Field(description="null: data and constants have no gradient.")
    version: int


class Advice(BaseModel):
    name: str
    text: str
    change: dict[str, Any] | None = Field(description="The PATCH that does it, where one can.")


class DiagnosisAnswer(BaseModel):
    """`finite` alone if all is well."""

    finite: bool
    iteration: int = Field(description="Updates done; the next one cannot be.")
    kind: Literal["value", "gradient", "update"] | None = None
    node: str | None = Field(None, description="The first one out of range.")
    path: list[str] = Field([], description="The nodes by which the pass came there.")
    text: str | None = None
    advice: list[Advice] = []
    before: int | None = Field(None, description="An iteration from before the trouble.")
    version: int


@router.get("/networks/{network}/histogram", response_model=HistogramAnswer, responses=READS)
async def get_histogram(
    network: NetworkId,
    trainer: TrainerOf,
    node: Annotated[str, Query(max_length=200, examples=["W1"])],
    bins: Annotated[int, Query(ge=1, le=200)] = 24,
    at: At = None,
) -> Response:
    """Return how the values and the gradients of a node are spread in the pass last run."""

    def shown(live: Live) -> wire.JsonResponse:
        return network_answers.versioned(histograms(live.session, node, bins), live.row.version)

    return await looks.look(trainer, network.stored, at, shown)


@router.get("/networks/{network}/diagnosis", response_model=DiagnosisAnswer, responses=READS)
async def get_diagnosis(
    network: NetworkId, trainer: TrainerOf, explain: Language = "en"
) -> Response:
    """Return why the iteration in progress cannot be completed, and what to try."""
    chunks = await trainer.database.read(lambda c: history.blobs(c, network.stored))
    return await trainer.look(network.stored, lambda live: clinic.answer(live, chunks, explain))
