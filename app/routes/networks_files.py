"""Networks as files: exported in several formats, and begun from a document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from app import changes
from app.body import JsonRoute
from app.deps import CREATES, READS, Creation, NetworkId, Site, TrainerOf
from app.live import Live
from app.network_models import NetworkAnswer
from app.training.exports import FORMATS, export
from app.training.exports.document import NetworkDocument

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A file, to be saved.",
        "content": {kind: {} for kind in sorted({row.media_type for row in FORMATS.values()})},
    }
}


@router.get(
    "/networks/{network}/export/{format}", response_class=Response, responses={**FILE, **READS}
)
async def get_export(
    network: NetworkId,
    format: Annotated[str, Path(description=", ".join(FORMATS), examples=["pytorch"])],
    trainer: TrainerOf,
) -> Response:
    """Export a network as it stands: its parameters, itself, or a script that trains on."""

    def written(live: Live) -> Response:
        row, content = export(live.session, format)
        name = f"network-{live.row.iteration}.{row.suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, headers=headers, media_type=row.media_type)

    return await trainer.look(network, written)


@router.post("/networks/import", status_code=201, response_model=NetworkAnswer, responses=CREATES)
async def post_import(
    body: NetworkDocument, trainer: TrainerOf, asked: Creation, site: Site
) -> Response:
    """Make a new network from what the export `json` wrote; it trains on where that one stood."""

    async def work() -> Response:
        change = await trainer.compute(changes.imported, body, site)
        return await trainer.create(change, asked.ticket)

    return await trainer.once(asked.ticket, work)
