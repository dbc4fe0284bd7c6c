"""A program, or that of a lesson's scene, as a script of another tool."""

from __future__ import annotations

from app.export import taught
from app.export.figure import Subject
from app.export.refused import refused
from app.graph_models import GraphRequest
from app.listings import listing


def listed(subject: Subject, tool: str) -> bytes:
    """Return the script, the same that `POST /graphs/code` answers.

    Raises NoFigure with a sentence where there is none.
    """
    state = subject.state
    with refused(state["lang"]):
        graph = GraphRequest.model_validate(taught.graph(subject))
        return listing(tool, graph.program, graph.values, graph.constants).encode()
