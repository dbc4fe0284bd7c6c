"""The pages: templates, the language of a request, and what a page is told at its start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import jinja2
import orjson
from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from app.assets import TEMPLATES
from app.base_path import local_path
from app.catalogues import catalogue, completed, language_names, negotiate, said
from app.lessons import Lesson, lessons
from app.modules import needed

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["said"] = said


def language_of(request: Request) -> str:
    """Return the language that a request asks for."""
    asked = request.query_params.get("lang")
    return negotiate(asked, request.headers.get("accept-language", ""))


def wants_page(request: Request) -> bool:
    """Tell whether an answer that is no success should be a page."""
    inside = f"{local_path(request.scope)}/".startswith("/api/")
    return not inside and "text/html" in request.headers.get("accept", "")


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    lesson: Lesson | None = None,
    course: Iterable[Lesson] | None = None,
    told: Mapping[str, Any] = MappingProxyType({}),
    **context: Any,
) -> Response:
    """Return the response for a page; `context` is for its template, `told` for its script.

    `course` are the lessons that a lesson stands among, by default the built-in ones.
    """
    language = language_of(request)
    messages = catalogue(language)
    base = request.scope.get("root_path", "")
    static = base + request.app.state.static
    name = template.removesuffix(".html")
    config = {
        "api": f"{base}/api/v1",
        "base": base,
        "static": static,
        "lang": language,
        "page": name,
        "lesson": completed(lesson, language),
        "languages": dict(language_names()),
        "keepDays": request.app.state.settings.keep_days,
        "messages": dict(messages),
        "lessons": [_listed(item, language) for item in course or lessons().values()],
        **told,
    }
    if "exercise" in context:
        config["exercise"] = context["exercise"]
    text = _ENVIRONMENT.get_template(template).render(
        {
            "base": base,
            "static": static,
            "modules": _none if request.app.state.settings.development else needed,
            "language": language,
            "languages": language_names(),
            "t": lambda key: messages.get(key, key),
            "config": script_json(config),
            "lessons": lessons().values(),
            "lesson": lesson,
            "query": request.query_params,
            **context,
        }
    )
    own = {"Cache-Control": "no-cache", "Content-Language": language, "Vary": "Accept-Language"}
    return Response(text, status, {**own, **(headers or {})}, media_type="text/html")


def rendered(template: str, **context: Any) -> str:
    """Return the text of a template."""
    return _ENVIRONMENT.get_template(template).render(context)


def error_page(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return the page that says in the reader's language what went wrong."""
    kind = "notFound" if status == 404 else "failed"
    return page(request, "error.html", status=status, headers=headers, kind=kind)


def script_json(value: Any) -> Markup:
    """Return JSON that can stand inside a script element."""
    text = orjson.dumps(value).decode().replace("<", "\\u003c")
    return Markup(text)


def _none(*_entries: str) -> tuple[str, ...]:
    """While files change, what they import is for the browser to find out."""
    return ()


def _listed(lesson: Lesson, language: str) -> dict[str, Any]:
    title = said(lesson["title"], language)
    return {"slug": lesson["slug"], "number": lesson["number"], "title": title}
