"""A pass with some layers drawn together, one node each, and everything else tensor by tensor."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.training import layer_graph
from app.training.layer_graph import Row
from engine.errors import ValueProblem
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

_PLACEHOLDER = re.compile(r"«(rel:)?(\w+):([^«»!+]*)([!+]?)»")
_OF_NODES = ("value", "grad")
_OF_EDGES = ("local", "contribution", "total", "before")


@dataclass(frozen=True, slots=True)
class _Names:
    """What templates name: layers for their outputs, symbols for what is inside, and edges."""

    layers: Mapping[str, str]
    hidden: Mapping[str, str]
    numbers: Mapping[int, int]

    def renamed(self, template: str) -> str:
        return _PLACEHOLDER.sub(self._one, template)

    def _one(self, match: re.Match[str]) -> str:
        rel, kind, of, flag = match.groups()
        if kind == "label" and of in self.hidden:
            return self.hidden[of]
        if kind in _OF_NODES:
            of = self.layers.get(of, of)
        elif kind in _OF_EDGES and of.isdigit():
            of = str(self.numbers.get(int(of), of))
        return f"«{rel or ''}{kind}:{of}{flag}»"


def checked(session: Session, layers: Collection[str]) -> frozenset[str]:
    """Return the names of layers; raise ValueProblem for one that the network does not have."""
    known = sorted(set(session.model.groups.values()) - {layer_graph.LOSS})
    for i, layer in enumerate(layers):
        if layer not in known:
            raise ValueProblem(
                say(
                    "There is no layer {name} to collapse; accepted are {accepted}.",
                    name=str(layer)[:40],
                    accepted=known or say("none"),
                ),
                pointer=f"/collapse/{i}",
            )
    return frozenset(layers)


def without(session: Session, expand: Collection[str], layers: Collection[str]) -> list[str]:
    """Return what is to be taken apart outside of the layers that are drawn together."""
    groups = session.model.groups
    return [one for one in expand if groups.get(one.split("[")[0]) not in layers]


def collapsed(session: Session, answer: Row, layers: Mapping[str, Row]) -> Row:
    """Return the answer with each of these layers, given with their statistics, as one node."""
    groups = {node: layer for node, layer in session.model.groups.items() if layer in layers}
    outputs = layer_graph.outputs(answer, groups)
    inner = {output: layer for layer, output in outputs.items()}
    nodes: dict[str, Row] = {}
    for node in answer["nodes"]:
        layer = groups.get(node["id"])
        if layer is None:
            nodes[node["id"]] = {**node, "args": [inner.get(arg, arg) for arg in node["args"]]}
        elif node["id"] == outputs[layer]:
            nodes[layer] = layer_graph.layer(session, node, layer, layers[layer])
    numbers: dict[int, int] = {}
    edges: list[Row] = []
    for i, edge in enumerate(answer["edges"]):
        source, target = (groups.get(edge[end], edge[end]) for end in ("source", "target"))
        if source == target:
            continue
        numbers[i] = len(edges)
        if target in layers:
            slot = len(nodes[target]["args"])
            nodes[target]["args"].append(source)
            ends = {"source": source, "target": target, "slot": slot}
            edges.append({**edge, **ends, "factors": None})
        else:
            edges.append({**edge, "source": source})
    hidden = {node["id"]: node["latex"] for node in answer["nodes"] if node["id"] in groups}
    names = _Names(inner, hidden, numbers)
    for edge in edges:
        edge["template"] = names.renamed(edge["template"])
    steps = _steps(answer, edges, groups, names)
    found = {**answer, "nodes": list(nodes.values()), "edges": edges, "steps": steps}
    found.pop("paths", None)
    return found


def _steps(
    answer: Row,
    edges: list[Row],
    groups: Mapping[str, str],
    names: _Names,
) -> list[Row]:
    """Return the steps outside of the layers, and one for all that a layer does in a phase."""
    last: dict[tuple[str, str], int] = {}
    taken: dict[tuple[str, str], list[int]] = {}
    for step in answer["steps"]:
        if step["node"] in groups:
            key = (step["phase"], groups[step["node"]])
            last[key] = step["index"]
            taken.setdefault(key, []).append(step["index"])
    steps: list[Row] = []
    for step in answer["steps"]:
        layer = groups.get(step["node"])
        if layer is None:
            steps.append(_outside(step, groups, names))
        elif last[step["phase"], layer] == step["index"]:
            steps += _together(step["phase"], layer, taken[step["phase"], layer], edges)
    return [{**step, "index": i} for i, step in enumerate(steps)]


def _outside(step: Row, groups: Mapping[str, str], names: _Names) -> Row:
    found = dict(step)
    if step.get("source") is not None:
        found["source"] = groups.get(step["source"], step["source"])
    if step.get("lines"):
        found["lines"] = [{**line, "latex": names.renamed(line["latex"])} for line in step["lines"]]
    return found


def _together(phase: str, layer: str, taken: list[int], edges: list[Row]) -> list[Row]:
    """Return the step of a layer; backward, one for each edge that it passes a gradient along."""
    first: Row = {"phase": phase, "node": layer, "steps": taken}
    if phase != "backward":
        return [first]
    flows = [e for e in edges if e["target"] == layer and e["contribution"] is not None]
    ends = [{"source": e["source"], "slot": e["slot"], "total": e["contribution"]} for e in flows]
    return [{**first, **end} if i == 0 else {"phase": phase, "node": layer, **end}
            for i, end in enumerate(ends)] or [first]  # fmt: skip
