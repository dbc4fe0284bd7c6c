"""`POST /comparisons`: one network with several settings, trained side by side."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app import wire
from app.body import JsonRoute
from app.comparison_stream import Comparison
from app.deps import ASKS, Site, TrainerOf
from app.streams import EventStream
from app.strict import Strict
from app.training.comparison import Contestant, contestants
from app.training.limits import TRAINING
from app.training.requests import XOR, NetworkRequest, NetworkSettings
from engine.errors import ValueProblem
from engine.sentence import say

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

RATES: JsonDict = {
    "network": XOR,
    "settings": [
        {"optimizer": {"name": "sgd", "learning_rate": 0.1}},
        {"optimizer": {"name": "sgd", "learning_rate": 1}},
    ],
    "iterations": 100,
}
EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "event": {"enum": ["progress", "done"]},
        "data": {
            "type": "string",
            "description": "JSON in one line: `runs`, one for each of the settings, with "
            "`iteration`, `of`, `epoch`, `per_epoch`, `loss` and other measures, and `curve`, "
            "complete so far and thinned; `stopped`, `at` and `node` say where a number went out "
            "of range. In `done` also `final`, over all rows with the last parameters, and "
            "`network`, the id of what was kept.",
        },
    },
    "required": ["event", "data"],
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `progress`, some each second, and at the end one `done`.",
        "content": {"text/event-stream": {"schema": EVENT}},
    }
}


class ComparisonRequest(Strict):
    """What is compared; give `iterations` or `epochs`."""

    model_config = ConfigDict(json_schema_extra={"examples": [RATES]})

    network: NetworkRequest
    settings: list[NetworkSettings] = Field(
        min_length=1,
        max_length=TRAINING.compared_runs,
        description="A training each: fields that take the place of the network's.",
    )
    iterations: Annotated[int, Field(ge=1)] | None = None
    epochs: Annotated[int, Field(ge=1)] | None = None
    keep: bool = Field(
        False,
        description="Keep each network as it ends, with its history: for two days, and as long as "
        "any other once it is used.",
    )
    x: wire.Numbers | None = Field(
        None, description="Rows of inputs: what each network answers to them is told too."
    )


@router.post(
    "/comparisons", status_code=200, response_class=EventStream, responses={**STREAM, **ASKS}
)
async def post_comparison(body: ComparisonRequest, trainer: TrainerOf, site: Site) -> Response:
    """Train one network with several settings side by side, from their beginnings.

    Nothing is kept unless `keep` says so: `POST /networks` with one of the settings makes the same
    network, bit for bit. Closing the connection stops it.
    """
    rows = await trainer.compute(_begun, body)
    return EventStream(
        Comparison(trainer, rows, body.x, site if body.keep else None).run, AsyncExitStack()
    )


def _begun(body: ComparisonRequest) -> list[Contestant]:
    if (body.iterations is None) == (body.epochs is None):
        raise ValueProblem(
            say("Give either iterations or epochs, a whole number from 1."), pointer="/iterations"
        )
    rows = contestants(body.network, body.settings, body.iterations, body.epochs, body.keep)
    if body.x is not None:
        for row in rows:
            row.answers(body.x)
    return rows
