"""The graph that an answer shows: arrays as they are, or taken apart into numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

import engine
from app import known
from app.graph_models import GraphRequest, UpdateRequest
from engine import Descent, Expansion, Graph, Run
from engine.errors import LimitError
from engine.names import normalised
from engine.ops import OPS
from engine.unfold import UNFOLDED


@dataclass(frozen=True, slots=True)
class Shown:
    """`run` is of the graph that is shown, `whole` of the program's own graph of arrays.

    `kinds` has every node's role, `labels` LaTeX for names; `constants` are those of the graph that
    is shown.
    """

    run: Run
    whole: Run
    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    constants: tuple[str, ...]
    expansion: Expansion | None = None


def shown(asked: GraphRequest) -> Shown:
    """Evaluate what is asked for, in the detail that is asked for."""
    program = known.graph(asked.program)
    whole = engine.evaluate(program, asked.values, asked.constants, descent(asked.update))
    opened = _opened(asked, whole)
    if opened:
        loss = program.output if OPS[program[program.output].op or "copy"].loss else None
        for name in opened:
            program = engine.unfold(program, name)
        whole = engine.evaluate(
            program, asked.values, asked.constants, descent(asked.update), loss=loss
        )
        asked = asked.model_copy(update={"expand": sorted(set(asked.expand) - opened)})
    kinds = roles(asked, program)
    if asked.detail == "tensor" and not asked.expand:
        return Shown(whole, whole, kinds, asked.labels, tuple(asked.constants))
    expansion = _expansion(asked, whole)
    given = map(normalised, asked.constants)
    constants = expansion.names(program.aliases.get(name, name) for name in given)
    step = asked.update and Descent(
        asked.update.learning_rate, expansion.names(asked.update.parameters)
    )
    run = engine.evaluate(
        expansion.graph, expansion.values, constants, step or None,
        gradients=np.size(whole.value) == 1,
        loss=expansion.graph.output if OPS[program[program.output].op or "copy"].loss else None,
    )  # fmt: skip
    names = engine.labels(program, asked.labels, asked.explain or "en")
    labels = {**asked.labels, **engine.element_labels(names, expansion.origins)}
    roles_shown = {
        node.id: _role(node.id, expansion, kinds, run.graph) for node in expansion.graph.nodes
    }
    return Shown(run, whole, roles_shown, labels, constants, expansion)


def _opened(asked: GraphRequest, whole: Run) -> frozenset[str]:
    """Return the squared errors of single numbers that are to be taken apart into their parts."""
    return frozenset(
        name for name in asked.expand
        if name in whole.graph and whole.graph[name].op in UNFOLDED
        and not any(np.shape(whole.values[arg]) for arg in whole.graph[name].args)
    )  # fmt: skip


def _expansion(asked: GraphRequest, whole: Run) -> Expansion:
    try:
        return engine.expand(whole, None if asked.detail == "scalar" else asked.expand)
    except LimitError as error:
        error.pointer = error.pointer or ("/detail" if asked.detail == "scalar" else "/expand")
        raise


def descent(update: UpdateRequest | None) -> Descent | None:
    """Return the step of gradient descent that is asked for, None if none is."""
    if update is None:
        return None
    return Descent(update.learning_rate, tuple(update.parameters))


def _role(name: str, expansion: Expansion, kinds: Mapping[str, str], graph: Graph) -> str:
    """Return an element's role: that of the node it belongs to."""
    node = graph[name]
    role = kinds.get(expansion.origins.get(name, (name,))[0], "constant")
    if node.op is None:
        return role if node.is_leaf else "constant"
    return role if (role == "output" and node.named) or name == graph.output else "intermediate"


def roles(asked: GraphRequest, program: Graph) -> dict[str, str]:
    """Return each node's kind; a leaf that is nothing but the target of losses is a target."""
    uses: dict[str, set[bool]] = {}
    for edge in program.links:
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
