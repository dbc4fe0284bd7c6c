"""What networks show: passes as graphs, histories, predictions, whole values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from app import looks, network_answers, wire
from app.accept import prefers
from app.access import Place
from app.body import JsonRoute
from app.catalogues import Language
from app.deps import ASKS, FAR, READS, At, NetworkId, Site, TrainerOf
from app.live import Live
from app.network_answers import NPY
from app.network_models import HistoryAnswer, NodeAnswer, PredictAnswer, PredictRequest, ValueAnswer
from app.store import history
from app.training import pass_graph
from app.training.graph_answer import NetworkGraphAnswer
from app.training.limits import TRAINING
from app.training.pass_overlay import MEAN, Wish
from app.training.pass_overlay import Rows as PassRows
from app.training.session import Session
from engine.errors import ValueProblem
from engine.sentence import say

router = APIRouter(prefix="/api/v1", tags=["networks"], route_class=JsonRoute)

AS_NPY: dict[int | str, dict[str, Any]] = {
    200: {"content": {NPY: {"schema": {"type": "string", "format": "binary"}}}}
}
Rows = Annotated[
    list[str] | None,
    Query(
        description="Numbers of rows, `0` or `0,2`: the pass over these alone. `mean`: every "
        "number averaged over the rows of the batch, in the shape of one row.",
        max_length=1000,
    ),
]

Collapse = Annotated[
    list[str] | None,
    Query(
        description="Layers that are one node each, as in the detail `layer`; the rest stays whole "
        "matrices.",
        max_length=100,
    ),
]


@router.get("/networks/{network}/graph", response_model=NetworkGraphAnswer, responses=READS)
async def get_network_graph(
    network: NetworkId,
    trainer: TrainerOf,
    site: Site,
    detail: Literal["layer", "tensor", "scalar"] = "tensor",
    rows: Rows = None,
    explain: Language | None = None,
    expand: Annotated[list[str] | None, Query(max_length=100)] = None,
    collapse: Collapse = None,
    at: At = None,
) -> Response:
    """Return the pass last run, with the parameters that it used, as `POST /graphs` answers."""
    numbers = _rows(rows)
    place = Place(site, network)
    url = place.node(at)

    wish = Wish(detail, numbers, explain, url, expand or (), collapse or ())

    def shown(live: Live) -> Response:
        version = live.row.version
        last = {
            "iteration": live.session.state.iteration,
            "links": {"page": place.page(at)},
            "version": version,
        }
        content = pass_graph.encoded(live.session, wish, last)
        headers = network_answers.headers_of(version)
        return Response(content, headers=headers, media_type="application/json")

    return await looks.look(trainer, network.stored, at, shown)


@router.get("/networks/{network}/nodes/{node}", response_model=NodeAnswer, responses=READS)
async def get_network_node(
    network: NetworkId,
    node: Annotated[str, Path(examples=["a1"])],
    trainer: TrainerOf,
    what: Literal["value", "grad"] = "value",
    at: At = None,
) -> Response:
    """Return one node's whole value or gradient in the pass last run, however large."""

    def shown(live: Live) -> wire.JsonResponse:
        return network_answers.whole(live, node, what)

    return await looks.look(trainer, network.stored, at, shown)


@router.get(
    "/networks/{network}/parameters/{name}",
    response_model=ValueAnswer,
    responses={**AS_NPY, **READS},
)
async def get_network_parameter(
    request: Request,
    network: NetworkId,
    name: Annotated[str, Path(examples=["W1"])],
    trainer: TrainerOf,
    at: At = None,
) -> Response:
    """Return one parameter; with `Accept: application/x-npy` as a file for `numpy.load`."""
    binary = prefers(request.headers.get("accept", ""), NPY, "application/json")

    def shown(live: Live) -> Response:
        return network_answers.parameter(live, name, binary)

    return await looks.look(trainer, network.stored, at, shown)


@router.get("/networks/{network}/history", response_model=HistoryAnswer, responses=READS)
async def get_network_history(
    network: NetworkId,
    trainer: TrainerOf,
    points: Annotated[int, Query(ge=2, le=TRAINING.history_points, description="At most.")] = 1_000,
    start: Annotated[int, Query(ge=0, le=FAR, description="Only from this iteration on.")] = 0,
    end: Annotated[int, Query(ge=0, le=FAR, description="Only up to this iteration.")] = FAR,
) -> Response:
    """Return loss, metrics and gradient norms by iteration, thinned without losing extremes."""
    chunks = await trainer.database.read(lambda c: history.blobs(c, network.stored))

    def shown(live: Live) -> wire.JsonResponse:
        return network_answers.told(live, chunks, points, start, end)

    return await trainer.look(network.stored, shown)


@router.post("/networks/{network}/predict", response_model=PredictAnswer, responses=ASKS)
async def post_predict(network: NetworkId, body: PredictRequest, trainer: TrainerOf) -> Response:
    """Return the outputs for rows of x; changes nothing."""

    def shown(live: Live) -> wire.JsonResponse:
        session: Session = live.session
        return network_answers.versioned(session.predict(body.x), live.row.version)

    return await looks.look(trainer, network.stored, body.iteration, shown)


def _rows(given: list[str] | None) -> PassRows:
    """Read numbers of rows, or `mean`; raises ValueProblem for anything else."""
    if given is None:
        return None
    if given == [MEAN]:
        return MEAN
    parts = [part.strip() for text in given for part in text.split(",")]
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise ValueProblem(
            say(
                "rows must be numbers of rows from 0 on, such as rows=0 or rows=0,2, or rows=mean."
            ),
            pointer="/rows",
        )
    return [int(part) for part in parts]
