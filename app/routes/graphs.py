"""`POST /graphs`: evaluate a program, with every value, gradient and step."""

from __future__ import annotations

from typing import Any

import orjson
from anyio import to_thread
from fastapi import APIRouter, Request

from app import answers, links, wire
from app.body import JsonRoute
from app.errors import PROBLEMS, Refused
from app.graph_models import GraphAnswer, GraphRequest
from app.limits import DOOR

# Characters of a program of numbers that is computed at once, in a few milliseconds at most.
BRIEF = 200

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


@router.post("/graphs", response_model=GraphAnswer, responses=PROBLEMS)
async def post_graph(request: Request, body: GraphRequest) -> wire.JsonResponse:
    """Evaluate a program: its nodes and edges with values and gradients, and the steps taken."""
    workers = request.app.state.workers
    if workers.statistics().tasks_waiting >= DOOR.computations_waiting:
        raise Refused(503, "Too many computations are waiting; try again.", {"Retry-After": "1"})
    page = page_link(links.site(request), body)
    if _is_brief(body):
        return _answer(body, page)
    return await to_thread.run_sync(_answer, body, page, limiter=workers)


def _is_brief(body: GraphRequest) -> bool:
    """Whether a thread would cost more than the computation: a short program of numbers alone."""
    plain = not (
        body.explain or body.check or body.nudge or body.expand or body.chain or "[" in body.program
    )
    numbers = all(isinstance(value, int | float) for value in body.values.values())
    return plain and numbers and len(body.program) <= BRIEF


def _answer(body: GraphRequest, page: str) -> wire.JsonResponse:
    return wire.JsonResponse({**answers.graph(body), "links": {"page": page}})


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
