"""An exercise as the wire and the page of practice have it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from app import links
from app.catalogues import in_all
from engine.errors import EngineError
from engine.practice import LEVELS, RATE, TEMPLATES, Exercise, asked, exercise

asked_for = lru_cache(512)(exercise)


def row(one: Exercise, request: Request) -> dict[str, Any]:
    """Return what `GET /exercises/{template}` answers."""
    title = TEMPLATES[one.template].title
    return {
        "template": one.template,
        "title": in_all(title.en, title.pt),
        "level": one.level,
        "seed": one.seed,
        **graph(one),
        "questions": [{"kind": q.kind, "step": q.step} for q in asked(one.run())],
        "address": address(one),
        "links": {"page": f"{links.site(request)}/practice?{address(one)}"},
    }


def shown(request: Request) -> dict[str, Any]:
    """Return the exercise that a page's address names, and which others there are.

    What is left out is the first; raises HTTPException with 404 for what there is none of.
    """
    asked_by = request.query_params
    try:
        level, seed = (int(asked_by.get(name, "1")) for name in ("level", "seed"))
        found = asked_for(asked_by.get("template", next(iter(TEMPLATES))), level, seed)
    except (ValueError, EngineError):
        raise HTTPException(404) from None
    return {**row(found, request), "templates": templates(), "levels": LEVELS}


def templates() -> list[dict[str, Any]]:
    """Return the templates as `GET /exercises` lists them."""
    return [{"name": one.name, "title": in_all(one.title.en, one.title.pt),
             "levels": LEVELS} for one in TEMPLATES.values()]  # fmt: skip


def graph(one: Exercise) -> dict[str, Any]:
    """Return what `POST /graphs` is asked for an exercise."""
    return {
        "program": one.program,
        "values": dict(one.values),
        "constants": list(one.constants),
        "update": {"learning_rate": RATE, "parameters": list(one.update)} if one.update else None,
    }


def address(one: Exercise) -> str:
    """Return what names an exercise in an address."""
    return f"template={one.template}&level={one.level}&seed={one.seed}"
