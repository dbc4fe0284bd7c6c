"""A pass with one node per layer: the value and gradient of its output, and how its numbers fare.

A layer's `layer` member names its output, activation and parameters, `nodes` all that is in it, and
`statistics` tells of its values, weights and gradients.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

import engine
import engine.groups
from app import wire

if TYPE_CHECKING:
    from app.training.session import Session
    from engine import Plan

Row = dict[str, Any]
LOSS = "loss"
STATISTICS = ("min", "max", "mean", "norm", "zeros")


def folded(session: Session, answer: Row, told: Mapping[str, Row]) -> Row:
    """Return the answer with the nodes of each layer drawn together.

    `told` has the statistics of each layer. A program has no layers: it stays as it is.
    """
    groups = session.model.groups
    if not groups:
        return {**answer, "detail": "layer"}
    ends = outputs(answer, groups)
    nodes: dict[str, Row] = {}
    for node in answer["nodes"]:
        name = _place(node["id"], groups)
        if name == node["id"]:
            nodes[name] = {**node, "args": []}
        elif node["id"] == ends[name]:
            nodes[name] = layer(session, node, name, told[name])
    edges = _edges(answer, groups, ends, nodes)
    for edge in edges:
        nodes[edge["target"]]["args"].append(edge["source"])
    return {
        **answer,
        "output": _place(answer["output"], groups),
        "detail": "layer",
        "nodes": list(nodes.values()),
        "edges": edges,
        "steps": _steps(answer, nodes, edges, groups),
    }


def _place(node: str, groups: Mapping[str, str]) -> str:
    """Return where a node is drawn: in its layer, or by itself."""
    group = groups.get(node, LOSS)
    return node if group == LOSS else group


def outputs(answer: Row, groups: Mapping[str, str]) -> dict[str, str]:
    """Return the last node of each layer: what it passes on."""
    found: dict[str, str] = {}
    for node in answer["nodes"]:
        if node["op"] is not None and _place(node["id"], groups) != node["id"]:
            found[groups[node["id"]]] = node["id"]
    return found


def layer(session: Session, output: Row, name: str, told: Row) -> Row:
    """Return a layer's node: its output's, and what is told of the rest."""
    groups = session.model.groups
    members = [node.id for node in session.model.graph.nodes if groups.get(node.id) == name]
    number = name.removeprefix("layer")
    facts = {
        "output": output["id"],
        "activation": output["op"] if output["id"].startswith("a") else "linear",
        "parameters": list(session.model.layers[name]),
    }
    return {
        **output, "id": name, "label": name, "latex": rf"\mathrm{{layer}}\,{number}",
        "kind": "intermediate", "op": "layer", "args": [], "group": None, "sign": None,
        "folded": False, "nodes": members, "layer": facts, "statistics": told,
    }  # fmt: skip


def statistics(session: Session, name: str, plan: Plan) -> Row:
    """Return the statistics of a layer in the pass that `plan` holds."""
    groups = session.model.groups
    nodes = [node for node in session.model.graph.nodes if groups.get(node.id) == name]
    computed = [node.id for node in nodes if node.op is not None]
    leaves = [node.id for node in nodes if node.is_leaf]
    return {
        "values": _statistics([plan.values[one] for one in computed]),
        "grads": _statistics([plan.grads[one] for one in computed]),
        "weights": _statistics([plan.values[one] for one in leaves]),
        "weight_grads": _statistics([plan.grads[one] for one in leaves]),
    }


def _statistics(arrays: list[Any]) -> Row | None:
    known = [np.ravel(array) for array in arrays if array is not None]
    if not known:
        return None
    found = engine.groups.statistics(np.concatenate(known))
    return {**{key: wire.numbers(getattr(found, key)) for key in STATISTICS},
            "finite": found.finite, "size": found.size}  # fmt: skip


def _edges(
    answer: Row, groups: Mapping[str, str], outputs: Mapping[str, str], nodes: Mapping[str, Row]
) -> list[Row]:
    """Return the edges that leave a layer; edges inside of one are folded away."""
    found, slots = [], dict.fromkeys(nodes, 0)
    for edge in answer["edges"]:
        source, target = (_place(edge[end], groups) for end in ("source", "target"))
        if source == target:
            continue
        assert outputs.get(source, source) == edge["source"], "a layer passes on its last node"
        found.append({**edge, "source": source, "target": target, "slot": slots[target],
                      "factors": None})  # fmt: skip
        slots[target] += 1
    return found


def _steps(
    answer: Row, nodes: Mapping[str, Row], edges: list[Row], groups: Mapping[str, str]
) -> list[Row]:
    """Return the steps of layers; `steps` lists those of the tensors that each of them takes."""
    inner: dict[tuple[str, str], list[Row]] = {}
    for step in answer["steps"]:
        key = "seed" if step["phase"] == "backward" and "source" not in step else step["phase"]
        inner.setdefault((key, _place(step["node"], groups)), []).append(step)
    output = _place(answer["output"], groups)
    computed = [name for name, node in nodes.items() if node["op"] is not None]
    steps = [_step("loss" if name == output else "forward", name, inner) for name in computed]
    steps.append({**_step("seed", output, inner), "phase": "backward"})
    for name in reversed(computed):
        flows = [edge for edge in edges
                 if edge["target"] == name and edge["contribution"] is not None]  # fmt: skip
        first = _step("backward", name, inner)
        steps += [
            {**(first if i == 0 else {"phase": "backward", "node": name}),
             "source": edge["source"], "slot": edge["slot"], "total": edge["contribution"]}
            for i, edge in enumerate(flows)
        ] or [first]  # fmt: skip
    if answer["updates"]:
        steps += [_step("update", name, inner) for name in nodes if nodes[name]["op"] == "layer"]
    return [{"index": i, **step} for i, step in enumerate(steps)]


def _step(phase: str, name: str, inner: Mapping[tuple[str, str], list[Row]]) -> Row:
    """Return a step with what the steps inside of it say."""
    parts = inner.get((phase, name), [])
    step: Row = {"phase": phase, "node": name, "steps": [part["index"] for part in parts]}
    told = [part for part in parts if part.get("text")]
    if told:
        step["text"] = " ".join(part["text"] for part in told)
        lines = r" \\ ".join(part["latex"] for part in told)
        step["latex"] = rf"\begin{{gathered}} {lines} \end{{gathered}}"
        step["lines"] = [line for part in told for line in part["lines"]]
    return step
