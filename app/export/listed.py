"""A program, or that of a lesson's scene, as a script of another tool."""

from __future__ import annotations

from typing import Any

import orjson

from app.export.figure import NoFigure, Subject
from app.export.played import LESSONS
from app.export.refused import refused
from app.graph_models import GraphRequest
from app.lessons import lessons
from app.listings import listing


def listed(subject: Subject, tool: str) -> bytes:
    """Return the script, the same that `POST /graphs/code` answers.

    Raises NoFigure with a sentence where there is none.
    """
    state = subject.state
    with refused(state["lang"]):
        graph = GraphRequest.model_validate(_graph(subject))
        return listing(tool, graph.program, graph.values, graph.constants).encode()


def _graph(subject: Subject) -> dict[str, Any]:
    """Return the program and its values as a request has them."""
    state = subject.state
    if not subject.path.startswith(LESSONS):
        return {"program": state["program"], "values": orjson.loads(state.get("values", "{}"))}
    lesson = lessons()[subject.path.removeprefix(LESSONS)]
    scenes, number = lesson["scenes"], int(state.get("scene", 0))
    if number >= len(scenes):
        raise NoFigure(f"The lesson has {len(scenes)} scenes.")
    found: dict[str, Any] = lesson["graphs"][scenes[number]["graph"]]
    return found
