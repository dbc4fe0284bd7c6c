"""Everything that can go wrong, as one shape: `application/problem+json` (RFC 9457).

Endpoints raise; the handlers here answer. Browsers that ask for a page get a page.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sized
from http import HTTPStatus
from typing import Any, TypeAlias, get_args

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from app.base_path import local_path
from app.catalogues.coded import in_code
from app.catalogues.problems import retold
from app.complaints import complaint
from app.pages import error_page, wants_page
from app.security import headers_for
from app.store.problems import StoreFull, StoreProblem
from engine.csv_cells import CellProblem
from engine.errors import EngineError, OutOfTime, Position
from engine.sentence import Sentence, foreign, say

log = logging.getLogger("gradwalk")

BROKEN = say("Something went wrong on the server's side; the request can be sent again.")
RETRY = {"Retry-After": "2"}
SHORT_OF_MEMORY = say("The server is short of memory; try again in a moment, or ask for less.")
TOO_LONG = say(
    "This would take longer than one request may compute. Ask for less at once: a smaller program, "
    "the detail tensor, or no sentences."
)


# Where Pydantic says how much a field may hold, by the kind of its complaint.
BOUNDS = {"less_than_equal": "le", "too_long": "max_length", "string_too_long": "max_length"}


class Refused(HTTPException):
    """A request that is answered with a problem; `facts` are further members of it."""

    def __init__(
        self,
        status: int,
        detail: Sentence,
        headers: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(status, detail, headers)
        self.sentence = detail
        self.facts = facts


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {"application/problem+json": {"schema": schema}}}
    for schema in ({"$ref": "#/components/schemas/Problem"},)
    for status, text in (
        (400, "The body is not JSON."),
        (413, "The body is too large."),
        (415, "The body's type is not application/json."),
        (422, "The program, a shape, a type or a value is wrong."),
        (503, "The computation would take too long, or too many are waiting."),
    )
}


def problem(status: int, detail: Sentence, **facts: Any) -> dict[str, Any]:
    """Return the members of a problem; facts that are None are left out."""
    known = {name: fact for name, fact in facts.items() if fact is not None}
    told = {"detail": detail, **in_code(detail)}
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status,
            **told, **known}  # fmt: skip


def problem_in(body: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the members of a problem with its sentence in a language."""
    detail = retold(body.get("code"), str(body["detail"]), body.get("parameters"), language)
    return {**body, "detail": detail}


def engine_problem(error: EngineError) -> dict[str, Any]:
    """Return the problem for what the engine refused."""
    limit = error.limit
    return problem(
        422,
        error.message,
        position=_place(error.position) if error.position else None,
        positions=[_place(position) for position in error.positions] or None,
        pointer=error.pointer,
        cell=_cell(error),
        limit=None if limit is None else limit._asdict(),
        missing=list(error.missing) or None,
        node=error.node,
    )


def _cell(error: EngineError) -> dict[str, int | None] | None:
    if not isinstance(error, CellProblem) or error.row is None:
        return None
    return {"row": error.row, "column": error.column}


def _place(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def answer(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that carries a problem."""
    return Response(
        orjson.dumps(body), body["status"], headers, media_type="application/problem+json"
    )


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "registered for HTTPException"
    status = error.status_code
    detail = _detail(error, request)
    if wants_page(request):
        return error_page(request, status, error.headers)
    facts = error.facts if isinstance(error, Refused) else {}
    allowed = _allowed(request) if status == 405 else ""
    headers = {"Allow": allowed} if allowed else error.headers
    return answer(problem(status, detail, **facts), headers)


def _detail(error: HTTPException, request: Request) -> Sentence:
    if isinstance(error, Refused):
        return error.sentence
    path = request.url.path.encode("utf-8", "replace").decode("utf-8")[:200]
    if error.status_code == 404:
        return say("There is nothing at {path}.", path=path)
    if error.status_code == 405:
        return say("{path} does not accept {method}; the header Allow names what it accepts.",
                   path=path, method=request.method)  # fmt: skip
    return BROKEN if error.status_code == 500 else foreign(str(error.detail))


def _allowed(request: Request) -> str:
    """Name the methods of every route with this path: the router names those of the first."""
    included = (getattr(one, "original_router", None) for one in request.app.router.routes)
    routes = [route for router in included if router for route in router.routes]
    matching = [route for route in routes if route.matches(request.scope)[0] != Match.NONE]
    # A path that is written out comes before one that it fits into, as networks/import does.
    exact = [route for route in matching if route.path == local_path(request.scope)]
    methods = {method for route in exact or matching for method in route.methods}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _store(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreProblem), "registered for StoreProblem"
    log.error("%s", error)
    if isinstance(error, StoreFull):
        return answer(problem(507, error.sentence))
    if wants_page(request):
        return error_page(request, 503, RETRY)
    again = say("{problem} Try again in a moment.", problem=error.sentence)
    return answer(problem(503, again), RETRY)


def _engine(request: Request, error: Exception) -> Response:  # noqa: ARG001
    assert isinstance(error, EngineError), "registered for EngineError"
    return answer(engine_problem(error))


def _out_of_time(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return answer(problem(503, TOO_LONG), RETRY)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError), "registered for RequestValidationError"
    first = error.errors()[0]
    place = [str(part) for part in first["loc"] if part != "body"]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in place)
    what = complaint(first)
    if first["type"] == "extra_forbidden":
        fields = _fields(request, place[:-1])
        what = (say("there is no such field; accepted are {accepted}", accepted=fields) if fields
                else say("there is no such field"))  # fmt: skip
    detail = (say("At {pointer}: {what}.", pointer=pointer, what=what) if pointer
              else say("The body: {what}.", what=what))  # fmt: skip
    return answer(problem(422, detail, pointer=pointer, limit=_bound(first, place)))


def _bound(error: Mapping[str, Any], place: list[str]) -> dict[str, Any] | None:
    """Return the limit that a field goes beyond, under the field's name; None if it is no limit."""
    most = error.get("ctx", {}).get(BOUNDS.get(error["type"], ""))
    given = error["input"]
    got = len(given) if isinstance(given, Sized) else given
    if not isinstance(most, int) or not isinstance(got, int):
        return None
    name = next((part for part in reversed(place) if not part.isdecimal()), "")
    return {"name": name, "value": most, "got": got}


def _fields(request: Request, place: list[str]) -> list[str]:
    """Return the fields of the body, or of the object inside it that `place` leads to."""
    route = request.scope["route"]
    model = _model(route.dependant.body_params[0].field_info.annotation)
    for part in place:
        if model is not None and part in model.model_fields:
            model = _model(model.model_fields[part].annotation)
    return [] if model is None else list(model.model_fields)


def _model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation names, alone or in a list or a choice."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("Unexpected error for %s", request.method, exc_info=error)
    # This answer is made outside of the middleware that adds the headers of every other.
    headers = headers_for(local_path(request.scope))
    if wants_page(request):
        return error_page(request, 500, headers)
    return answer(problem(500, BROKEN), headers)


def _short(request: Request, error: Exception) -> Response:  # noqa: ARG001
    log.error("Short of memory for %s", request.method)
    return answer(problem(503, SHORT_OF_MEMORY), RETRY)


Handler: TypeAlias = Callable[[Request, Exception], Response]
HANDLERS: dict[type[Exception], Handler] = {
    HTTPException: _refused,
    RequestValidationError: _invalid,
    EngineError: _engine,
    OutOfTime: _out_of_time,
    StoreProblem: _store,
    MemoryError: _short,
    Exception: _unexpected,
}


# What is raised on purpose.
EXPECTED = tuple(kind for kind in HANDLERS if kind is not Exception)


def respond(request: Request, error: Exception) -> Response:
    """Return the response to an error, which is one of `EXPECTED`."""
    kind = next(kind for kind in type(error).__mro__ if kind in HANDLERS)
    return HANDLERS[kind](request, error)


def install(app: FastAPI) -> None:
    """Give the application its error handlers."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, _at_once(handler))


def _at_once(handler: Handler) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return a handler that needs no thread, which a server short of memory cannot start."""

    async def handle(request: Request, error: Exception) -> Response:
        return handler(request, error)

    return handle
