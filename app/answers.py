"""What `POST /graphs` answers: an engine's run, written row by row for the wire."""

from __future__ import annotations

from typing import Any

import numpy as np

import engine
from app import wire
from app.explain import Explainer
from app.graph_models import GraphRequest, NudgeRequest, UpdateRequest
from engine import Descent, EngineError, Graph, Run
from engine.ops import OPS

Row = dict[str, Any]


def graph(asked: GraphRequest) -> Row:
    """Evaluate what is asked for, and return the answer without its links."""
    program = engine.parse(asked.program)
    run = engine.evaluate(program, asked.values, asked.constants, _descent(asked.update))
    if asked.detail == "scalar" and any(np.ndim(value) for value in run.values.values()):
        raise EngineError(
            "The detail scalar is there for graphs of numbers only; ask for tensor.",
            pointer="/detail",
        )
    explainer = Explainer(run, asked.labels, asked.explain)
    kinds = roles(asked, program)
    answer = {
        "program": asked.program,
        "output": program.output,
        "value": wire.numbers(run.value),
        "detail": asked.detail,
        "nodes": [_node(run, node.id, kinds[node.id], explainer) for node in program.nodes],
        "edges": [_edge(run, index, explainer) for index in range(len(run.edges))],
        "steps": [_step(run, index, explainer) for index in range(len(run.steps))],
        "updates": [_update(update) for update in run.updates],
        "check": _check(asked, program) if asked.check else None,
        "nudge": _nudge(asked, program, asked.nudge) if asked.nudge else None,
        "notices": list(run.notices),
    }
    return answer if asked.explain is None else {**answer, "paths": _paths(run)}


def _descent(update: UpdateRequest | None) -> Descent | None:
    if update is None:
        return None
    return Descent(update.learning_rate, tuple(update.parameters))


def roles(asked: GraphRequest, program: Graph) -> dict[str, str]:
    """Return each node's kind; a leaf that is nothing but the target of losses is a target."""
    uses: dict[str, set[bool]] = {}
    for edge in program.edges():
        op = OPS[program[edge.target].op or ""]
        uses.setdefault(edge.source, set()).add(op.loss and edge.slot == 1)
    parameters = set(asked.update.parameters) if asked.update else set()
    constants = set(asked.constants)
    kinds = {}
    for node in program.nodes:
        if node.op is not None:
            kind = "output" if node.id == program.output else "intermediate"
        elif node.literal is not None:
            kind = "constant"
        elif uses.get(node.id) == {True}:
            kind = "target"
        elif node.id in parameters:
            kind = "parameter"
        else:
            kind = "constant" if node.id in constants else "input"
        kinds[node.id] = kind
    return kinds


def _node(run: Run, name: str, kind: str, explainer: Explainer) -> Row:
    node = run.graph[name]
    value = run.values[name]
    return {
        "id": name,
        "label": explainer.plain(name),
        "latex": explainer.latex(name),
        "kind": kind,
        "op": node.op,
        "args": list(node.args),
        "shape": list(np.shape(value)),
        "value": wire.numbers(value),
        "grad": wire.numbers(run.grads[name]),
        "group": None,
        "summary": wire.summary(value),
        "sign": explainer.sign(name),
        "folded": explainer.folded(name),
    }


def _edge(run: Run, index: int, explainer: Explainer) -> Row:
    edge = run.edges[index]
    return {
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "local": wire.numbers(edge.local),
        "local_kind": edge.local_kind,
        "contribution": wire.numbers(edge.contribution),
        **explainer.edge(index),
    }


def _step(run: Run, index: int, explainer: Explainer) -> Row:
    step = run.steps[index]
    row: Row = {"index": index, "phase": step.phase, "node": step.node}
    if step.source is not None:
        total = None if step.edge is None else run.totals[step.edge]
        row |= {"source": step.source, "slot": step.slot, "total": wire.numbers(total)}
    return {**row, **explainer.step(index)}


def _update(update: engine.Update) -> Row:
    return {
        "parameter": update.parameter,
        "old": wire.numbers(update.old),
        "gradient": wire.numbers(update.gradient),
        "change": wire.numbers(update.change),
        "new": wire.numbers(update.new),
    }


def _check(asked: GraphRequest, program: Graph) -> Row:
    checks = engine.check_gradients(program, asked.values, asked.constants)
    return {
        leaf: {
            "analytic": wire.numbers(check.analytic),
            "numeric": wire.numbers(check.numeric),
            "max_relative_error": wire.numbers(check.max_relative_error),
        }
        for leaf, check in checks.items()
    }


def _nudge(asked: GraphRequest, program: Graph, wish: NudgeRequest) -> Row:
    found = engine.nudge(
        program, asked.values, wish.node, wish.h, tuple(wish.index), asked.constants
    )
    return {
        "node": found.node,
        "h": found.h,
        "minus": wire.numbers(found.minus),
        "plus": wire.numbers(found.plus),
        "slope": wire.numbers(found.slope),
        "gradient": wire.numbers(found.gradient),
    }


def _paths(run: Run) -> Row:
    """Return for each leaf that has a gradient the paths from the output to it."""
    found = {
        leaf: engine.paths(run.graph, run, leaf)
        for leaf in run.graph.leaves
        if run.grads[leaf] is not None
    }
    return {leaf: {"paths": some.paths, "more": some.more} for leaf, some in found.items()}
