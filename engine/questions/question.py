"""A question about a step, and where in a run it points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..errors import ValueProblem
from ..evaluate import Run, Step
from ..names import normalised
from ..ops.row import written
from ..sentence import say

# The kinds of questions, and what each is asked about.
ABOUT = {
    "value": "node", "local": "edge", "product": "edge", "sum": "node", "update": "node",
    "shape": "node", "next": "step",
}  # fmt: skip
# The phases of the steps that have each kind.
PHASES = {
    "value": ("forward", "loss"), "local": ("backward",), "product": ("backward",),
    "sum": ("backward",), "update": ("update",), "shape": ("forward", "loss", "backward"),
    "next": ("forward", "loss", "backward", "update"),
}  # fmt: skip


class Question(NamedTuple):
    """What is asked: a kind, a step of the run or a node or an edge, and perhaps one element."""

    kind: str
    step: int | None = None
    node: str | None = None
    edge: int | None = None
    cell: tuple[int, ...] | None = None


class Spot(NamedTuple):
    """Where a question points: a node, with an edge the target of it, or a step that comes next."""

    kind: str
    node: str
    edge: int | None = None
    step: int | None = None
    cell: tuple[int, ...] | None = None


def located(run: Run, question: Question) -> Spot:
    """Return where a question points; raises ValueProblem for what cannot be asked here."""
    kind = question.kind
    if kind not in ABOUT:
        raise ValueProblem(
            say(
                "There is no question {name}; accepted are {accepted}.",
                name=kind[:40],
                accepted=ABOUT,
            ),
            pointer="/question/kind",
        )
    given = [name for name in ("step", "node", "edge") if getattr(question, name) is not None]
    if len(given) != 1 or given[0] not in ("step", ABOUT[kind]):
        raise ValueProblem(
            say(
                "A question names exactly one place: a step, or for value, sum, update "
                "and shape a node, or for local and product an edge."
            ),
            pointer="/question",
        )
    if question.step is not None:
        spot = _at_step(run, kind, question.step)
    elif question.edge is not None:
        spot = _at_edge(run, kind, question.edge)
    else:
        spot = _at_node(run, kind, question.node or "")
    return spot._replace(cell=_cell(run, spot, question.cell))


def _at_step(run: Run, kind: str, number: int) -> Spot:
    if not 0 <= number < len(run.steps):
        raise ValueProblem(
            say(
                "There is no step {number}; accepted are the numbers 0 to {last}.",
                number=number,
                last=len(run.steps) - 1,
            ),
            pointer="/question/step",
        )
    step = run.steps[number]
    edge = kind in ("local", "product", "sum")
    if step.phase not in PHASES[kind] or (edge and step.edge is None):
        raise _unfit(kind, step)
    if kind == "next":
        return Spot(kind, step.node, step.edge, number)
    if edge and kind != "sum":
        return _at_edge(run, kind, step.edge or 0)
    return _at_node(run, kind, step.source or step.node)


def _unfit(kind: str, step: Step) -> ValueProblem:
    fits = [name for name, phases in PHASES.items() if step.phase in phases]
    if step.phase == "backward" and step.edge is None:
        fits = ["shape", "next"]
    return ValueProblem(
        say(
            "The step {number} has no question of the kind {kind}; accepted are {accepted}.",
            number=step.index,
            kind=kind,
            accepted=fits,
        ),
        pointer="/question/kind",
    )


def _at_edge(run: Run, kind: str, number: int) -> Spot:
    if not 0 <= number < len(run.edges):
        raise ValueProblem(
            say(
                "There is no edge {number}; accepted are the numbers 0 to {last}.",
                number=number,
                last=len(run.edges) - 1,
            ),
            pointer="/question/edge",
        )
    edge = run.edges[number]
    if edge.contribution is None:
        raise ValueProblem(
            say(
                "No gradient goes through the edge {number}; ask about one that "
                "carries a gradient.",
                number=number,
            ),
            pointer="/question/edge",
        )
    if kind == "local" and edge.local is None:
        raise ValueProblem(
            say(
                "The operation of {node} has a rule in place of a local derivative; "
                "ask for the product.",
                node=edge.target,
            ),
            pointer="/question/kind",
        )
    return Spot(kind, edge.target, number)


def _at_node(run: Run, kind: str, name: str) -> Spot:
    node = run.graph.aliases.get(normalised(name), normalised(name))
    if node not in run.graph:
        raise ValueProblem(
            say("There is no node {node}.", node=name[:40]), pointer="/question/node"
        )
    if kind == "value" and run.graph[node].op is None:
        raise ValueProblem(
            say(
                "The value of {node} is given and not computed; ask for that of an operation.",
                node=node,
            ),
            pointer="/question/node",
        )
    if kind == "sum" and (run.grads[node] is None or node not in run.outgoing):
        raise ValueProblem(
            say(
                "No gradient is added up at {node}; ask about a node that edges bring "
                "a gradient to.",
                node=node,
            ),
            pointer="/question/node",
        )
    if kind == "update" and all(one.parameter != node for one in run.updates):
        raise ValueProblem(
            say("{node} is not updated; ask about a parameter of the update.", node=node),
            pointer="/question/node",
        )
    return Spot(kind, node)


def _cell(run: Run, spot: Spot, cell: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Check the place of one element in what is asked for."""
    if cell is None:
        return None
    shape = np.shape(run.values[spot.node])
    if spot.kind == "product" and spot.edge is not None:
        shape = np.shape(run.values[run.edges[spot.edge].source])
    numeric = spot.kind not in ("shape", "next")
    inside = len(cell) == len(shape) and all(
        0 <= at < size for at, size in zip(cell, shape, strict=False)
    )
    if not numeric or not inside:
        raise ValueProblem(
            say(
                "There is no element {cell} in what is asked for, whose shape is {shape}.",
                cell=written(cell),
                shape=written(shape),
            ),
            pointer="/question/cell",
        )
    return cell
