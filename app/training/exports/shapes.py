"""The shapes that an export goes by: those of a batch, and of other numbers of rows if they fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from app.training.exports.operations import Case
from engine import Graph
from engine.errors import EngineError
from engine.limits import DEFAULT
from engine.ops import Shape
from engine.shapes import infer

if TYPE_CHECKING:
    from app.training.session import Session

Shapes = Mapping[str, Shape]


def of_rows(session: Session, graph: Graph, rows: int) -> Shapes:
    """Return the shapes of all nodes for so many rows; raises EngineError if they do not fit."""
    model = session.model
    given = {**model.fixed, **model.initial}
    data = {"x": model.rows.x, "y": model.rows.y}
    leaves = {
        name: (rows, *np.shape(data[name])[1:]) if name in data else np.shape(given[name])
        for name in graph.leaves
    }
    return infer(graph, leaves, DEFAULT).shapes


def of_batch(session: Session, graph: Graph) -> Shapes:
    """Return the shapes of all nodes for a batch."""
    return of_rows(session, graph, session.order.size)


def of_others(session: Session, graph: Graph) -> Shapes | None:
    """Return the shapes for one row more than a batch has, None if that does not fit."""
    try:
        return of_rows(session, graph, session.order.size + 1)
    except EngineError:
        return None


def cases(graph: Graph, shapes: Shapes) -> dict[str, Case]:
    """Return every operation of a graph with its shapes."""
    return {
        node.id: Case(node, tuple(shapes[arg] for arg in node.args), shapes[node.id])
        for node in graph.nodes
        if node.op is not None
    }
