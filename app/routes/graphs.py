"""`POST /graphs`: evaluate a program, with every value, gradient and step."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app import answer_bytes, answers, links, wire
from app.body import JsonRoute, StrictRequest, read_shortly
from app.computing import in_thread, refuse_if_full
from app.errors import PROBLEMS
from app.graph_models import GraphAnswer, GraphRequest, StepsAnswer

# Characters of a program of numbers that is computed at once, in a few milliseconds at most.
BRIEF = 200

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


@router.post("/graphs", response_model=GraphAnswer, responses=PROBLEMS)
async def post_graph(request: Request, body: GraphRequest) -> Response:
    """Evaluate a program: its nodes and edges with values and gradients, and the steps taken."""
    refuse_if_full(request)
    page = page_link(links.site(request), body)
    if _is_brief(body):
        return _answer(body, page)
    return await in_thread(request, _answer, body, page)


@router.post("/graphs/steps", response_model=StepsAnswer, responses=PROBLEMS)
async def post_graph_steps(request: Request, body: GraphRequest) -> wire.JsonResponse:
    """Evaluate a program and tell of the steps that `told` names: long passes are read in parts."""
    return wire.JsonResponse(await in_thread(request, answers.steps, body))


async def shortly(request: StrictRequest) -> Response | None:
    """Answer a brief request that has the right fields; decline others."""
    body = read_shortly(await request.body(), GraphRequest)
    if body is None or not _is_brief(body):
        return None
    refuse_if_full(request)
    return _answer(body, page_link(links.site(request), body))


def _is_brief(body: GraphRequest) -> bool:
    """Whether a thread would cost more than the computation: a short program of numbers alone."""
    plain = not (
        body.explain or body.check or body.nudge or body.expand or body.chain or "[" in body.program
    )
    numbers = all(isinstance(value, int | float) for value in body.values.values())
    return plain and numbers and len(body.program) <= BRIEF


def _answer(body: GraphRequest, page: str) -> Response:
    content = answer_bytes.encoded(body, {"links": {"page": page}})
    return Response(content, media_type="application/json")


def page_link(site: str, body: GraphRequest) -> str:
    """Return the address that reopens the graph of a request."""
    update = body.update
    state: dict[str, Any] = {
        "program": body.program,
        "values": body.values,
        "constants": body.constants,
        "labels": body.labels,
        "rate": update.learning_rate if update else None,
        "update": update.parameters if update else None,
        "detail": body.detail if body.detail != "tensor" else None,
        # Ids of elements hold commas, so that these are no list of names joined by commas.
        "expand": orjson.dumps(body.expand).decode() if body.expand else None,
        "lang": body.explain,
    }
    return links.lab(site, state)
