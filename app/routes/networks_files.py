"""Networks as files: exported in several formats, and begun from a document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import WithJsonSchema

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
    format: Annotated[
        str,
        Path(examples=["pytorch"]),
        WithJsonSchema({"type": "string", "enum": list(FORMATS)}),
    ],
    trainer: TrainerOf,
) -> Response:
    """Export a network as it stands, as a file: its parameters, itself, or a script that trains on.

    `safetensors` and `npz` hold the parameters in float64, bit for bit, for
    `safetensors.numpy.load_file` and `numpy.load`.

    `pytorch` and `numpy` are scripts with the data, the parameters, the order of the batches and
    what the optimizer has kept. Run as `python FILE`, they print the losses of the next 20
    iterations, the same as here; imported, they offer `predict(x)`, `train(iterations)`, and
    `gradients(x, y)` (NumPy, line by line) or `forward(x, y)` (PyTorch). Rows held out are not in
    them.

    `onnx` computes the prediction for rows of x, in their own units and in float64, from opset 18
    on: `onnxruntime.InferenceSession(FILE).run(None, {"x": rows})`. Of a program without a
    prediction it computes the loss. The server needs the extra `onnx`.

    `json` holds everything but the history, for `POST /networks/import`.
    """

    def written(live: Live) -> Response:
        row, content = export(live.session, format)
        name = f"network-{live.row.iteration}.{row.suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, headers=headers, media_type=row.media_type)

    return await trainer.look(network.stored, written)


@router.post("/networks/import", status_code=201, response_model=NetworkAnswer, responses=CREATES)
async def post_import(
    body: NetworkDocument, trainer: TrainerOf, asked: Creation, site: Site
) -> Response:
    """Make a new network from what the export `json` wrote.

    It has an id of its own, and trains on exactly as the exported one would: parameters, what the
    optimizer has kept, the order of batches and the schedule go on. The history is not in the file:
    the new network begins at iteration 0, and cannot be rewound to before that. An iteration of
    which only some phases were run begins anew.

    Fields that the export does not write, such as an id, an owner or a time, are refused, and so is
    a body of more than 4 MB (about 150,000 numbers).
    """

    async def work() -> Response:
        change = await trainer.compute(changes.imported, body, site)
        return await trainer.create(change, asked.ticket)

    return await trainer.once(asked.ticket, work)
