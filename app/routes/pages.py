"""The pages."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.lessons import Lesson, lessons
from app.pages import page

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]


@router.api_route("/", methods=METHODS)
async def start(request: Request) -> Response:
    return page(request, "start.html")


@router.api_route("/lab", methods=METHODS)
async def lab(request: Request) -> Response:
    return page(request, "lab.html")


@router.api_route("/lessons/{slug}", methods=METHODS)
async def lesson(request: Request, slug: str) -> Response:
    return page(request, "lesson.html", lesson=_lesson(slug))


@router.api_route("/embed/lab", methods=METHODS)
async def embedded_lab(request: Request) -> Response:
    return page(request, "embed.html")


@router.api_route("/embed/lessons/{slug}", methods=METHODS)
async def embedded_lesson(request: Request, slug: str) -> Response:
    return page(request, "embed.html", lesson=_lesson(slug))


def _lesson(slug: str) -> Lesson:
    found = lessons().get(slug)
    if found is None:
        raise HTTPException(404)
    return found
