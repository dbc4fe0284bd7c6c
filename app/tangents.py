"""Forward mode on the wire: tangents, the steps that lead to them, and what both modes cost."""

from __future__ import annotations

from typing import Any

import numpy as np

import engine
from app import wire
from app.catalogues import DEFAULT, catalogue
from app.details import Shown
from app.explain import Explainer
from app.graph_models import GraphRequest
from engine import Forwarded, Run, Start

Row = dict[str, Any]


def answer(asked: GraphRequest, view: Shown, explainer: Explainer) -> Row:
    """Return what a request for tangents adds to an answer, and its steps in forward mode."""
    if not asked.tangent:
        return {}
    records = list(engine.tangent(view.run.graph, view.run.values, _direction(asked, view)))
    found = _tangents(view.run, records)
    costs = engine.costs(view.whole.graph, view.whole.values, asked.constants)
    added: Row = {
        "tangents": {name: wire.numbers(value) for name, value in found.items()},
        "costs": costs._asdict(),
    }
    if asked.mode == "forward":
        added["steps"] = _steps(view.run, records, explainer)
    return added


def _direction(asked: GraphRequest, view: Shown) -> dict[str, Any]:
    """Return the direction, of single elements where leaves were taken apart."""
    given = engine.directions(view.whole.graph, view.whole.values, asked.tangent)
    if view.expansion is None:
        return dict(given)
    found: dict[str, Any] = {}
    for name, direction in given.items():
        cells = view.expansion.elements.get(name)
        if cells is None:
            found[name] = direction
            continue
        for place in np.ndindex(cells.shape):
            found[str(cells[place])] = direction[place]
    return found


def _tangents(run: Run, records: list[Start | Forwarded]) -> dict[str, Any]:
    found: dict[str, Any] = {
        node.id: np.zeros(np.shape(run.values[node.id])) for node in run.graph.nodes
    }
    for record in records:
        if isinstance(record, Start):
            found[record.node] = record.tangent
        else:
            found[record.target] = record.total
    return found


def _steps(run: Run, records: list[Start | Forwarded], explainer: Explainer) -> list[Row]:
    """Return the steps of the values, then one for each leaf that moves and each edge."""
    rows: list[Row] = []
    for step in run.steps:
        if step.phase in ("forward", "loss"):
            row = {"index": step.index, "phase": step.phase, "node": step.node}
            rows.append({**row, **explainer.step(step.index)})
    for record in records:
        row = {"index": len(rows), "phase": "tangent"}
        if isinstance(record, Start):
            row |= {"node": record.node, "total": wire.numbers(record.tangent)}
        else:
            row |= {
                "node": record.target,
                "source": record.source,
                "slot": record.slot,
                "local": wire.numbers(record.local),
                "contribution": wire.numbers(record.contribution),
                "total": wire.numbers(record.total),
            }
        rows.append({**row, **_explained(run, record, len(rows), explainer)})
    return rows


def _explained(run: Run, record: Start | Forwarded, index: int, explainer: Explainer) -> Row:
    if explainer.language is None or not explainer.tells(index):
        return {}
    lines = engine.tangent_lines(run, record, explainer.language)
    texts = catalogue(explainer.language or DEFAULT)
    if isinstance(record, Start):
        text = texts["step.tangent.start"].format_map({"node": explainer.plain(record.node)})
    else:
        names = {role: explainer.plain(getattr(record, role)) for role in ("source", "target")}
        text = texts["step.tangent"].format_map({"node": names["target"], **names})
    return {
        "text": text,
        "latex": engine.print_lines(lines, run, explainer.labels, lang=explainer.language),
        "lines": [{"name": line.name, "latex": line.latex} for line in lines],
    }
