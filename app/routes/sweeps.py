"""Sweeps: asked for, looked at, watched, cancelled."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy import Connection

from app import transactions, wire
from app.body import JsonRoute
from app.deps import CREATES, READS, Creation, Site, TrainerOf
from app.errors import Refused
from app.store import sweeps
from app.store.sweep import DAY
from app.store.sweeps import StoredSweep
from app.streams import EventStream
from app.sweeps.answers import overview
from app.sweeps.conductor import Conductor
from app.sweeps.place import SweepPlace, new_sweep_place, sweep_place
from app.sweeps.plan import SweepPlan
from app.sweeps.requests import SweepAnswer, SweepRequest, SweptNetwork
from app.sweeps.stream import Watching
from app.trainer import Trainer
from app.training.limits import TRAINING
from engine.sentence import say

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "event": {"enum": ["progress", "done"]},
        "data": {
            "type": "string",
            "description": "JSON in one line: in `progress` the `state`, and how many runs are "
            "`done` of the `total`; in `done` what `GET /sweeps/{sweep}` answers.",
        },
    },
    "required": ["event", "data"],
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An event `progress` whenever runs have ended, and at the end one `done`.",
        "content": {"text/event-stream": {"schema": EVENT}},
    }
}


async def _sweep(
    sweep: Annotated[str, Path(description="The id that POST /sweeps gave.")], site: Site
) -> SweepPlace:
    found = sweep_place(site, sweep)
    if found is None:
        raise _unknown()
    return found


async def _conductor(request: Request) -> Conductor:
    found: Conductor = request.app.state.conductor
    return found


SweepId = Annotated[SweepPlace, Depends(_sweep)]
ConductorOf = Annotated[Conductor, Depends(_conductor)]


@router.post("/sweeps", status_code=202, response_model=SweepAnswer, responses=CREATES)
async def post_sweep(
    body: SweepRequest, trainer: TrainerOf, asked: Creation, site: Site, conductor: ConductorOf
) -> Response:
    """Have a network trained with each of the settings and seeds, beside the server.

    The header Location is the address of what comes of it. It goes on whoever looks, and after a
    restart of the server too.
    """

    async def work() -> Response:
        plan = await trainer.compute(_checked, body)
        place = new_sweep_place(site)
        stored = StoredSweep(place.stored, plan.dump(), plan.total, "queued", {}, time.time())
        response = wire.JsonResponse(overview(stored, place), 202, {"Location": place.address})

        def create(connection: Connection) -> None:
            if sweeps.waiting(connection) >= TRAINING.sweeps_waiting:
                raise Refused(
                    503, say("Too many sweeps are waiting; try again."), {"Retry-After": "60"}
                )
            sweeps.create(connection, stored.id, stored.plan, stored.total, stored.used_at)
            transactions.keep_answer(connection, response, asked.ticket, stored.used_at)

        await trainer.database.write(create, heavy=True)
        conductor.wake()
        return response

    return await trainer.once(asked.ticket, work)


@router.get("/sweeps/{sweep}", response_model=SweepAnswer, responses=READS)
async def get_sweep(
    sweep: SweepId,
    trainer: TrainerOf,
    curves: Annotated[bool, Query(description="With the losses of each run on the way.")] = False,
) -> Response:
    """Return how far a sweep is, and a table of its runs."""
    stored = await _stored(trainer, sweep)
    now = time.time()
    if abs(now - stored.used_at) > DAY:
        await trainer.database.write(partial(sweeps.touch, sweep=sweep.stored, now=now))
    return wire.JsonResponse(overview(stored, sweep, curves))


@router.get("/sweeps/{sweep}/runs/{number}", response_model=SweptNetwork, responses=READS)
async def get_sweep_run(
    sweep: SweepId,
    number: Annotated[int, Path(ge=0, lt=TRAINING.sweep_runs, description="As in the table.")],
    trainer: TrainerOf,
) -> Response:
    """Return the network that a run trains, to be made by itself: it comes to the same numbers."""
    plan = SweepPlan.load((await _stored(trainer, sweep)).plan)
    if number >= plan.total:
        raise Refused(404, say("The sweep has {runs} runs, counted from 0.", runs=plan.total))
    return wire.JsonResponse({"network": plan.swept(number), "iterations": plan.iterations})


@router.get(
    "/sweeps/{sweep}/stream",
    status_code=200,
    response_class=EventStream,
    responses={**STREAM, **READS},
)
async def get_sweep_stream(sweep: SweepId, trainer: TrainerOf, conductor: ConductorOf) -> Response:
    """Watch a sweep until it ends; leaving changes nothing."""
    await _stored(trainer, sweep)
    return EventStream(Watching(trainer, conductor.news, sweep).run, AsyncExitStack())


@router.delete(
    "/sweeps/{sweep}", response_model=SweepAnswer, responses={**READS, 403: CREATES[403]}
)
async def delete_sweep(sweep: SweepId, trainer: TrainerOf, conductor: ConductorOf) -> Response:
    """Cancel a sweep: no further run begins, and what has ended can be read until it expires."""
    await trainer.database.write(partial(sweeps.cancel, sweep=sweep.stored))
    conductor.news.tell("cancelled", sweep.stored)
    return wire.JsonResponse(overview(await _stored(trainer, sweep), sweep))


def _checked(body: SweepRequest) -> SweepPlan:
    plan = SweepPlan.of(body)
    plan.check()
    return plan


async def _stored(trainer: Trainer, sweep: SweepPlace) -> StoredSweep:
    stored = await trainer.database.read(partial(sweeps.load, sweep=sweep.stored))
    if stored is None:
        raise _unknown()
    return stored


def _unknown() -> Refused:
    return Refused(
        404,
        say("There is no sweep with this id; it may have expired. POST /sweeps makes a new one."),
    )
