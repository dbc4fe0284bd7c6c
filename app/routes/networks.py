"""Networks: made, read, changed, copied, deleted."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app import changes, looks, network_answers, rewinds, versions, wire
from app.access import Place, new_access
from app.body import JsonRoute
from app.deps import (
    CREATES,
    READS,
    WRITES,
    At,
    Creation,
    EditedId,
    KnownTable,
    NetworkId,
    Site,
    TrainerOf,
    Write,
)
from app.live import Live
from app.network_models import CopyRequest, NetworkAnswer
from app.training.requests import NetworkPatch, NetworkRequest

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

MOVED: dict[int | str, dict[str, Any]] = {
    304: {"description": "It has not changed."},
    409: WRITES[409],
}


@router.post("/networks", status_code=201, response_model=NetworkAnswer, responses=CREATES)
async def post_network(
    body: NetworkRequest, trainer: TrainerOf, asked: Creation, site: Site
) -> Response:
    """Make a network; the header Location is its address. Who knows it may use the network."""

    async def work() -> Response:
        change = await trainer.compute(changes.begun, body, site)
        return await trainer.create(change, asked.ticket)

    return await trainer.once(asked.ticket, work)


@router.get("/networks/{network}", response_model=NetworkAnswer, responses={**MOVED, **READS})
async def get_network(
    request: Request,
    network: NetworkId,
    trainer: TrainerOf,
    site: Site,
    at: At = None,
    wait: Annotated[
        bool, Query(description="First wait for a write that goes on, such as a training left.")
    ] = False,
    known: KnownTable = None,
) -> Response:
    """Return a network as it stands, or as it stood; with If-None-Match only if it has changed."""
    place = Place(site, network)
    if wait:
        async with trainer.turns.of(network.stored):
            pass

    def shown(live: Live) -> wire.JsonResponse:
        return network_answers.answered(live.row, live.session, place, known=known)

    response = await looks.look(trainer, network.stored, at, shown)
    tag = response.headers["etag"]
    # Notices are told in the language of who asks, of which a version knows nothing.
    if versions.unchanged(request.headers, tag) and b'"notices":[]' in response.body:
        return Response(status_code=304, headers={"ETag": tag})
    return response


@router.patch("/networks/{network}", response_model=NetworkAnswer, responses=WRITES)
async def patch_network(
    network: EditedId,
    body: NetworkPatch,
    trainer: TrainerOf,
    asked: Write,
    site: Site,
    known: KnownTable = None,
) -> Response:
    """Change parameters, optimizer, batches or data from the present iteration on."""
    place = Place(site, network)
    return await trainer.write(
        network.stored, asked, lambda live, _: changes.patch(live, body, place, known)
    )


@router.post(
    "/networks/{network}/copies", status_code=201, response_model=NetworkAnswer, responses=WRITES
)
async def post_copy(
    network: NetworkId, body: CopyRequest, trainer: TrainerOf, asked: Write, site: Site
) -> Response:
    """Copy a network, as it stands or as it was at an earlier iteration, with its history."""
    gather = partial(
        rewinds.gather, network=network.stored, iteration=body.iteration, wanted=asked.wanted
    )

    async def work() -> Response:
        source = await trainer.database.read(gather)
        change = await trainer.compute(
            rewinds.copied,
            source,
            body.iteration,
            body.name,
            trainer.deadline(),
            Place(site, new_access()),
        )
        return await trainer.create(change, asked.ticket)

    return await trainer.once(asked.ticket, work)


@router.delete("/networks/{network}", status_code=204, responses=WRITES)
async def delete_network(network: EditedId, trainer: TrainerOf, asked: Write) -> Response:
    """Delete a network with its history, for good."""
    return await trainer.remove(network.stored, asked)
