"""The documentation: the reference of the interface, and the operations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from app import links
from app.catalogues import catalogue
from app.docs_answers import ask
from app.docs_op_entries import families
from app.docs_reference import Reader
from app.pages import language_of, page

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]
OPS = "/api/v1/ops"


@router.api_route("/docs", methods=METHODS)
async def docs(request: Request) -> Response:
    words = catalogue(language_of(request))
    answers = _kept(request)
    reader = Reader(
        request.app.openapi(),
        request.app,
        answers,
        links.site(request),
        lambda n: words["docs.more"].format(n=n),
    )
    return page(request, "docs.html", reference=await reader.reference(), words=words)


@router.api_route("/docs/ops", methods=METHODS)
async def docs_ops(request: Request) -> Response:
    language = language_of(request)
    answers = _kept(request)
    if OPS not in answers:
        answers[OPS] = (await ask(request.app, "GET", OPS)).body["items"]
    rows = families(answers[OPS], request.scope.get("root_path", ""), language)
    return page(request, "docs_ops.html", families=rows, words=catalogue(language))


def _kept(request: Request) -> dict[str, Any]:
    """Return the answers to examples; they are the same as long as the process runs."""
    state = request.app.state
    if not hasattr(state, "docs_answers"):
        state.docs_answers = {}
    kept: dict[str, Any] = state.docs_answers
    return kept
