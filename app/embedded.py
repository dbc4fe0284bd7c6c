"""What a page in a frame brings along: the answers to what it will ask, so that it need not ask.

A frame that is sandboxed has no origin of its own, and an address of this site is foreign to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.graph_models import GraphRequest
from app.lessons import Lesson
from app.limits import DOOR
from app.player import records
from engine.errors import EngineError

Row = dict[str, Any]
# Lessons in all languages are fewer.
_KEPT = 64


def of_lesson(lesson: Lesson, language: str) -> orjson.Fragment | None:
    """Return the records of all graphs of a lesson as JSON; None where they would be too long."""
    return _kept(orjson.dumps(list(lesson["graphs"].values())), language)


@lru_cache(_KEPT)
def _kept(graphs: bytes, language: str) -> orjson.Fragment | None:
    return _written([GraphRequest(**graph) for graph in orjson.loads(graphs)], language)


def of_address(query: Mapping[str, str], language: str) -> orjson.Fragment | None:
    """Return the records of the program in an address as JSON.

    None where there is none, where it cannot be evaluated, and where they would be too long: then
    the page asks by itself, and says what is wrong.
    """
    try:
        return _written([GraphRequest.model_validate(_asked(query))], language)
    except (ValueError, ValidationError, EngineError, HTTPException):
        return None


def _asked(query: Mapping[str, str]) -> Row:
    """Return what an address asks for, read as the page does; see ROWS in `static/state.js`."""
    rate = float(query.get("rate", "0.1"))
    parameters = _names(query.get("update", ""))
    asked = {
        "program": query.get("program", ""),
        "values": orjson.loads(query.get("values", "{}")),
        "constants": _names(query.get("constants", "")),
        "labels": orjson.loads(query.get("labels", "{}")),
        "update": {"learning_rate": rate, "parameters": parameters} if parameters else None,
        "detail": query.get("detail", "tensor"),
    }
    if asked["detail"] != "scalar":
        asked["expand"] = orjson.loads(query.get("expand", "[]"))
    return asked


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _written(asked: list[GraphRequest], language: str) -> orjson.Fragment | None:
    """Return what the page finds its answers in: graphs with their answers, and operations."""
    recorded = records.graphs(asked, (language,))
    text = orjson.dumps({"graphs": recorded, "ops": records.ops(recorded)})
    return orjson.Fragment(text) if len(text) <= DOOR.player_bytes else None
