"""Networks that move: stepped, trained, rewound."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Response

from app import changes, rewinds
from app.body import JsonRoute
from app.deps import WRITES, NetworkId, Site, TrainerOf, Write
from app.network_models import NetworkAnswer, RewindRequest, StepAnswer, StepRequest, TrainRequest
from app.streams import EventStream
from app.training_stream import Training

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `progress`, at most 20 a second, and at the end one `done`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post("/networks/{network}/step", response_model=StepAnswer, responses=WRITES)
async def post_step(
    network: NetworkId, body: StepRequest, trainer: TrainerOf, asked: Write
) -> Response:
    """Run to a phase, or some iterations or epochs further.

    The same or an earlier phase first completes the iteration begun.
    """
    return await trainer.write(
        network,
        asked,
        lambda live, _: changes.step(live, body.phase, body.count, trainer.deadline()),
        brief=body.count == 1 and body.phase != "epoch",
    )


@router.post(
    "/networks/{network}/train",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **WRITES},
)
async def post_train(
    network: NetworkId, body: TrainRequest, trainer: TrainerOf, asked: Write
) -> Response:
    """Train, and tell of it in server-sent events; closing the connection stops it.

    What was done is kept in any case. Other writes to the network wait or are refused meanwhile.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(trainer.running.once(asked.ticket))
        found = await trainer.answered(asked.ticket) if asked.ticket else None
        if found is not None:
            return found
        await stack.enter_async_context(trainer.turns.of(network))
        live = await trainer.current(network, asked.wanted)
        iterations = changes.iterations(live.session, body)
        training = Training(trainer, live, iterations, body.until_loss, asked.ticket)
        return EventStream(training.run, stack.pop_all())
    raise AssertionError("the stack swallows nothing")


@router.post("/networks/{network}/rewind", response_model=NetworkAnswer, responses=WRITES)
async def post_rewind(
    network: NetworkId, body: RewindRequest, trainer: TrainerOf, asked: Write, site: Site
) -> Response:
    """Return to any iteration from 0 to the furthest reached, bit for bit; discards nothing."""
    return await trainer.write(
        network,
        asked,
        lambda live, kept: rewinds.rewind(live, kept, body.iteration, trainer.deadline(), site),
        lambda connection, row: rewinds.base(connection, row, body.iteration),
    )
