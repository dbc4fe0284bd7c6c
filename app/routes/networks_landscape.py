"""`GET /networks/{id}/landscape`: the loss over a plane of two parameters."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from app import looks, network_answers, wire
from app.body import JsonRoute
from app.deps import READS, At, NetworkId, TrainerOf
from app.live import Live
from app.slices import in_slices
from app.store import checkpoints, networks
from app.store.ids import Hashed
from app.store.networks import Stored
from app.trainer import unknown
from app.training.landscape import Wish, landscape
from app.training.limits import TRAINING
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import Checkpoint
from engine.sentence import say

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

ADVICE = say("Ask for fewer points with size=, or for rows=batch.")
Middle = Annotated[
    float | None,
    Query(ge=-1e100, le=1e100, allow_inf_nan=False, description="By default where it is now."),
]


class Axis(BaseModel):
    name: str = Field(description="The element, as the scalar graph names it.")
    latex: str
    values: list[float] = Field(description="In growing order.")


class Current(BaseModel):
    """Where the network stands; the loss is that of the same rows."""

    iteration: int
    a: float
    b: float
    loss: wire.Numbers
    gradient: list[wire.Numbers] = Field(description="By a and by b.")


class Way(BaseModel):
    """The two parameters after each of these iterations, up to the furthest reached."""

    iterations: list[int]
    a: list[wire.Numbers]
    b: list[wire.Numbers]
    complete: bool = Field(description="Whether every iteration is here; long ways are thinned.")


class LandscapeAnswer(BaseModel):
    """The loss with two parameters moved and all others as they are."""

    a: Axis
    b: Axis
    center: list[float]
    radius: float
    losses: list[list[wire.Numbers]] = Field(description="A row for each value of b, by a.")
    lowest: wire.Numbers | None = Field(description="Of the finite ones.")
    highest: wire.Numbers | None
    rows: int = Field(description="How many rows the loss is taken over.")
    current: Current
    path: Way
    version: int


@router.get("/networks/{network}/landscape", response_model=LandscapeAnswer, responses=READS)
async def get_network_landscape(
    network: NetworkId,
    trainer: TrainerOf,
    a: Annotated[str, Query(max_length=100, examples=["W1[0,0]"], description="One element.")],
    b: Annotated[str, Query(max_length=100, examples=["W2[0,0]"], description="Another one.")],
    rows: Annotated[
        Literal["train", "batch"],
        Query(description="The loss of all rows trained on, or of the batch of the pass last run."),
    ] = "train",
    size: Annotated[
        int | None,
        Query(
            ge=2,
            le=TRAINING.landscape_size,
            description="Points a side; an odd number has the center among them.",
        ),
    ] = None,
    a_center: Middle = None,
    b_center: Middle = None,
    radius: Annotated[
        float | None,
        Query(gt=0, le=1e100, allow_inf_nan=False, description="How far from the center."),
    ] = None,
    at: At = None,
) -> Response:
    """Return the loss over a plane of two parameters, and the way of training on it."""
    wish = Wish(a, b, rows, size, a_center, b_center, radius)
    session = await looks.look(trainer, network.stored, at, _apart)
    row, kept = await trainer.database.read(partial(_gather, network=network.stored))
    answer = await in_slices(trainer, _surveyed(session, row, kept, wish), ADVICE)
    return network_answers.versioned(answer, row.version)


def _gather(connection: Connection, network: Hashed) -> tuple[Stored, list[Checkpoint]]:
    row = networks.load(connection, network)
    if row is None:
        raise unknown()
    found = checkpoints.upto(connection, network, row.furthest)
    return row, [Checkpoint(one.iteration, one.blob) for one in found]


def _apart(live: Live) -> Session:
    """Return a session of its own, so that nobody waits for what is computed with it."""
    return Session(live.session.spec, live.session.state, live.session.model)


def _surveyed(
    session: Session, row: Stored, kept: list[Checkpoint], wish: Wish
) -> Generator[None, None, dict[str, Any]]:
    segments = [(part.begins, Spec.load(part.spec)) for part in row.segments]
    return landscape(session, wish, segments, kept, row.furthest)
