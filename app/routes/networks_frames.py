"""Passes for a page that draws them again and again: the topology once, then numbers alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response

from app import looks, network_answers, versions
from app.body import JsonRoute
from app.catalogues import Language
from app.deps import READS, At, NetworkId, TrainerOf
from app.live import Live
from app.network_models import TopologyAnswer
from app.training import frames

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

BINARY = "application/octet-stream"
FRAME: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Columns of numbers; `GET …/topology` says what stands where.",
        "content": {BINARY: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/networks/{network}/topology", response_model=TopologyAnswer, responses=READS)
async def get_topology(
    network: NetworkId,
    trainer: TrainerOf,
    explain: Language | None = None,
    at: At = None,
    if_none_match: Annotated[str | None, Header(description="The tag that is known.")] = None,
) -> Response:
    """Return the graph without numbers, and where each node's numbers stand in a frame."""

    def shown(live: Live) -> Response:
        tag = f'"{frames.tag(live.session)}"'
        if versions.unchanged({"if-none-match": if_none_match or ""}, tag):
            return Response(status_code=304, headers={"ETag": tag})
        return network_answers.tagged(frames.topology(live.session, explain), tag)

    return await looks.look(trainer, network.stored, at, shown)


@router.get("/networks/{network}/frame", response_class=Response, responses={**FRAME, **READS})
async def get_frame(
    network: NetworkId,
    trainer: TrainerOf,
    dtype: Annotated[Literal["float32", "float64"], Query()] = "float32",
    at: At = None,
) -> Response:
    """Return the values, gradients and updated parameters of the pass last run as bytes."""

    def written(live: Live) -> Response:
        content = frames.frame(live.session, dtype)
        headers = network_answers.headers_of(live.row.version)
        return Response(content, headers=headers, media_type=BINARY)

    return await looks.look(trainer, network.stored, at, written)
