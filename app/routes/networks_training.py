"""Networks that move: stepped, trained, rewound."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Response

from app import changes, rewinds, versions
from app.access import Access, Place, access
from app.body import JsonRoute, StrictRequest, read_shortly
from app.deps import WRITES, EditedId, KnownTable, Site, TrainerOf, Write
from app.idempotency import HEADER
from app.network_models import NetworkAnswer, RewindRequest, StepAnswer, StepRequest, TrainRequest
from app.streams import EventStream
from app.trainer import Asked, Trainer
from app.training_stream import Training

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["progress", "done", "error"]},
        "data": {"type": "string", "description": "JSON in one line."},
    },
    "required": ["event", "data"],
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `progress`, at most 20 a second, and at the end one `done`.",
        "content": {"text/event-stream": {"schema": EVENT}},
    }
}


@router.post("/networks/{network}/step", response_model=StepAnswer, responses=WRITES)
async def post_step(
    network: EditedId, body: StepRequest, trainer: TrainerOf, asked: Write
) -> Response:
    """Run to a phase, or some iterations or epochs further.

    The same or an earlier phase first completes the iteration begun.
    """
    return await _stepped(network, body, trainer, asked)


async def step_shortly(request: StrictRequest, network: str) -> Response | None:
    """Run a network further; decline a request that has a key, or that is wrong."""
    trainer: Trainer | None = getattr(request.app.state, "trainer", None)
    body = read_shortly(await request.body(), StepRequest)
    found = access(network)
    if trainer is None or body is None or HEADER in request.headers:
        return None
    if found is None or not found.edits:
        return None
    return await _stepped(found, body, trainer, Asked(versions.read(request.headers)))


async def _stepped(network: Access, body: StepRequest, trainer: Trainer, asked: Asked) -> Response:
    return await trainer.write(
        network.stored,
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
    network: EditedId, body: TrainRequest, trainer: TrainerOf, asked: Write
) -> Response:
    """Train, and tell of it in server-sent events; closing the connection stops it.

    What was done is kept, whoever ends it. It is stored twice a second, and every five seconds at
    least where many train: the `version` of an event is the last one stored, and after a crash of
    the server that is what is left. Other writes to the network wait or are refused meanwhile.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(trainer.running.once(asked.ticket))
        found = await trainer.answered(asked.ticket) if asked.ticket else None
        if found is not None:
            return found
        await stack.enter_async_context(trainer.turns.of(network.stored))
        live = await trainer.current(network.stored, asked.wanted)
        iterations = changes.iterations(live.session, body)
        training = Training(trainer, live, iterations, body, asked.ticket)
        return EventStream(training.run, stack.pop_all())
    raise AssertionError("the stack swallows nothing")


@router.post("/networks/{network}/rewind", response_model=NetworkAnswer, responses=WRITES)
async def post_rewind(
    network: EditedId,
    body: RewindRequest,
    trainer: TrainerOf,
    asked: Write,
    site: Site,
    known: KnownTable = None,
) -> Response:
    """Return to any iteration from 0 to the furthest reached, bit for bit; discards nothing."""
    place, until = Place(site, network), trainer.deadline
    return await trainer.write(
        network.stored,
        asked,
        lambda live, kept: rewinds.rewind(live, kept, body.iteration, until(), place, known),
        lambda connection, row: rewinds.base(connection, row, body.iteration),
    )
