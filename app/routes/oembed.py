"""`GET /oembed`: how to put one of our pages into another one, by https://oembed.com (1.0)."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from app import links, wire
from app.catalogues import catalogue, negotiate, said
from app.deps import OwnEntries
from app.errors import Refused
from app.lessons import lessons
from engine.sentence import say

router = APIRouter(include_in_schema=False)

# Pixels of a frame where nobody says how much room there is, and the least that is of use.
WIDTH, HEIGHT = 960, 600
LEAST = 200
_PATH = re.compile(r"(?:/embed)?/(lab|lessons/([a-z0-9-]+))/?")
_FRAME = Markup(
    '<iframe src="{src}" width="{width}" height="{height}" title="{title}" loading="lazy" '
    'allow="fullscreen" style="border:0"></iframe>'
)
Most = Annotated[int | None, Query(ge=LEAST)]


@router.api_route("/oembed", methods=["GET", "HEAD"])
async def get_oembed(
    request: Request,
    own: OwnEntries,
    url: str = "",
    format: str = "json",
    maxwidth: Most = None,
    maxheight: Most = None,
) -> Response:
    """Return the frame that shows the page at `url`, no larger than is asked for."""
    if format != "json":
        raise Refused(501, say("The format is json; no other one is offered."))
    told = {slug: one.lesson["title"] for slug, one in own.items() if one.lesson is not None}
    told |= {slug: one["title"] for slug, one in lessons().items()}
    path, query = _found(links.site(request), url, told)
    language = negotiate(parse_qs(query).get("lang", [""])[0], "")
    slug = path.removeprefix("lessons/")
    title = catalogue(language)["ui.player.title"]
    if slug != path:
        title = said(told[slug], language)
    width, height = min(WIDTH, maxwidth or WIDTH), min(HEIGHT, maxheight or HEIGHT)
    src = f"{links.site(request)}/embed/{path}{'?' if query else ''}{query}"
    frame = _FRAME.format(src=src, width=width, height=height, title=f"Gradwalk: {title}")
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Gradwalk",
        "provider_url": f"{links.site(request)}/",
        "width": width,
        "height": height,
        "html": str(frame),
    }
    return wire.JsonResponse(answer)


def _found(site: str, url: str, known: Container[str]) -> tuple[str, str]:
    """Return the path below `/embed` of one of our pages, and its query."""
    own, given = urlsplit(site), _split(url)
    # Behind a proxy the scheme is the reader's, not ours.
    if given is not None and given.scheme in ("http", "https") and given.netloc == own.netloc:
        page = _PATH.fullmatch(given.path.removeprefix(own.path))
        if page and (page[2] is None or page[2] in known):
            return page[1], given.query
    raise Refused(
        404,
        say(
            "The address must be that of a lesson or of the lab on this site, such as "
            "{site}/lessons/matrices.",
            site=site,
        ),
        pointer="/url",
    )


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        return None
