"""An exercise as the wire and the page of practice have it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fastapi import Request

from app import links
from engine.practice import RATE, TEMPLATES, Exercise, asked, exercise

asked_for = lru_cache(512)(exercise)


def row(one: Exercise, request: Request) -> dict[str, Any]:
    """Return what `GET /exercises/{template}` answers."""
    title = TEMPLATES[one.template].title
    return {
        "template": one.template,
        "title": {"en": title.en, "pt-BR": title.pt},
        "level": one.level,
        "seed": one.seed,
        **graph(one),
        "questions": [{"kind": q.kind, "step": q.step} for q in asked(one.run())],
        "links": {"page": f"{links.site(request)}/practice?{address(one)}"},
    }


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
