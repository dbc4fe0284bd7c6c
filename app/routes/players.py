"""`POST /players`: a file that plays a pass or a lesson where there is no server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from app.body import JsonRoute
from app.computing import in_thread
from app.deps import OwnEntries
from app.errors import PROBLEMS
from app.lessons import Lesson
from app.player import PlayerRequest, player

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)

FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A file, to be saved.", "content": {"text/html": {}}}
}


@router.post("/players", response_class=Response, responses={**FILE, **PROBLEMS})
async def post_player(request: Request, body: PlayerRequest, own: OwnEntries) -> Response:
    """Make a file that plays a pass, or a lesson, with no server and no network.

    It can be opened as it is or put into a page of your own, in a frame that is sandboxed too. All
    steps, keys and both languages are in it; `?lang=pt-BR`, `?step=9` and `?theme=dark` after its
    name open it as on the site. Values cannot be changed there. It has less than a million bytes,
    and graphs of at most 400 nodes are drawn.
    """
    lessons = {slug: one.lesson for slug, one in own.items() if one.lesson is not None}
    return await in_thread(request, _file, body, lessons)


def _file(body: PlayerRequest, own: Mapping[str, Lesson]) -> Response:
    made = player(body, own)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, headers=headers, media_type="text/html")
