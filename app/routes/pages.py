"""The pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app import embedded, links
from app.computing import in_thread
from app.deps import OwnEntries
from app.embedders import embedders
from app.exercises import shown
from app.lessons import Lesson, lessons
from app.lessons.own import Entry
from app.pages import language_of, page
from engine.errors import OutOfTime

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]


@router.api_route("/", methods=METHODS)
async def start(request: Request, own: OwnEntries) -> Response:
    return page(request, "start.html", own=list(own.values()))


@router.api_route("/lab", methods=METHODS)
async def lab(request: Request) -> Response:
    return page(request, "lab.html", oembed=links.oembed(request))


@router.api_route("/presenter", methods=METHODS)
async def presenter(request: Request) -> Response:
    return page(request, "presenter.html")


@router.api_route("/lessons/{slug}", methods=METHODS)
async def lesson(request: Request, slug: str, own: OwnEntries) -> Response:
    found, course = _lesson(slug, own)
    if found is None:
        return _faulty(request, own[slug])
    return page(request, "lesson.html", lesson=found, course=course, oembed=links.oembed(request))


@router.api_route("/practice", methods=METHODS)
async def practice(request: Request) -> Response:
    exercise = await in_thread(request, shown, request)
    return page(request, "practice.html", exercise=exercise)


@router.api_route("/embed/lab", methods=METHODS)
async def embedded_lab(request: Request) -> Response:
    query = dict(request.query_params)
    program = query.get("program") and not query.get("network")
    records = await _recorded(request, embedded.of_address, query) if program else None
    return _embedded(request, None, records)


@router.api_route("/embed/lessons/{slug}", methods=METHODS)
async def embedded_lesson(request: Request, slug: str, own: OwnEntries) -> Response:
    found, _ = _lesson(slug, own)
    if found is None:
        return _faulty(request, own[slug])
    return _embedded(request, found, await _recorded(request, embedded.of_lesson, found))


async def _recorded(request: Request, work: Any, subject: Any) -> Any:
    """Return the records that a page brings along; where it is too much, it asks by itself."""
    try:
        return await in_thread(request, work, subject, language_of(request))
    except (OutOfTime, HTTPException):
        return None


def _embedded(request: Request, lesson: Lesson | None, records: Any) -> Response:
    names = embedders(request.app.state.settings.embedders)
    told = {"records": records, "embedders": names}
    oembed = links.oembed(request)
    return page(request, "embed.html", lesson=lesson, told=told, oembed=oembed)


def _lesson(slug: str, own: Mapping[str, Entry]) -> tuple[Lesson | None, list[Lesson]]:
    """Return a lesson, None where its file is wrong, and the lessons that it stands among."""
    if slug in lessons():
        return lessons()[slug], list(lessons().values())
    if slug not in own:
        raise HTTPException(404)
    return own[slug].lesson, [one.lesson for one in own.values() if one.lesson is not None]


def _faulty(request: Request, entry: Entry) -> Response:
    language = language_of(request)
    faults = [(fault.line, fault.said(language)) for fault in entry.faults]
    return page(request, "faults.html", status=422, file=entry.file, faults=faults)
