"""`POST /answers`: judge a learner's answer to a question about a step, and keep nothing."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from app import looks, verdicts, wire
from app.access import access
from app.body import JsonRoute
from app.catalogues import negotiate
from app.computing import in_thread
from app.deps import ASKS, TrainerOf
from app.live import Live
from app.question_models import AnswerRequest, AnswerVerdict
from app.trainer import unknown

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


@router.post("/answers", response_model=AnswerVerdict, responses=ASKS)
async def post_answer(request: Request, body: AnswerRequest, trainer: TrainerOf) -> Response:
    """Judge the answer to a question about a step of a program, or of a pass of a network.

    The right answer is computed from the graph; a usual slip is recognised by what it would give.
    """
    language = body.language or negotiate(None, request.headers.get("accept-language", ""))
    asked = body.network
    if asked is None:
        return wire.JsonResponse(await in_thread(request, verdicts.of_graph, body, language))
    network = access(asked.id)
    if network is None:
        raise unknown()

    def shown(live: Live) -> Any:
        return wire.JsonResponse(verdicts.of_network(live.session, body, language))

    found: Response = await looks.look(trainer, network.stored, asked.iteration, shown)
    return found
