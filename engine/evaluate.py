"""One evaluation of a graph: values, gradients, edges and the steps that led to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np

from .array_words import VALUE, Given
from .graph import Graph
from .inputs import bind, check_constants, check_parameters
from .limits import DEFAULT, Limits
from .notices import Broken, broken, non_finite, scalar_wanted, vanished
from .ops import OPS, Array
from .ops.row import is_number
from .passes import (
    Backward,
    Seed,
    Update,
    backward_aloud,
    differentiable,
    forward_aloud,
    update,
)
from .remedies import Advice, remedies, sentence
from .sentence import Sentence
from .shapes import infer
from .showing import html
from .tensor import tensor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Descent:
    """What to update after the backward pass, and how far."""

    learning_rate: float
    parameters: tuple[str, ...]


class Edge(NamedTuple):
    """`source` is argument `slot` of `target`.

    `local` is ∂target/∂source in the target's shape, None for a `rule` and where there is no
    gradient; `contribution` is what the source gets through this edge.
    """

    source: str
    target: str
    slot: int
    local: Array | None
    local_kind: str
    contribution: Array | None


class Step(NamedTuple):
    """One step of the playhead; `edge` is an index into the run's edges, `node` its target."""

    index: int  # type: ignore[assignment]
    phase: str
    node: str
    source: str | None = None
    slot: int | None = None
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The graph with everything computed.

    `values` and `grads` know nodes by name, in the graph's order, and after them aliases.
    `befores[k]` and `totals[k]` are the running totals of edge k's source before and after edge k,
    in the order of the steps; the first contribution to a node has no before. `outgoing` lists, by
    node, the edges that carry a gradient to it. `broken` tells of numbers that are not finite,
    `advice` what to write instead.
    """

    graph: Graph
    value: Array
    values: Mapping[str, Array]
    grads: Mapping[str, Array | None]
    edges: tuple[Edge, ...]
    steps: tuple[Step, ...]
    updates: tuple[Update, ...]
    befores: Mapping[int, Array]
    totals: Mapping[int, Array]
    outgoing: Mapping[str, tuple[int, ...]]
    notices: tuple[Sentence, ...]
    learning_rate: float | None = None
    broken: tuple[Broken, ...] = ()
    advice: tuple[Advice, ...] = ()

    def _repr_html_(self) -> str | None:
        """Return what a notebook shows of it, where something is installed that can."""
        return html(self)


class Computed(NamedTuple):
    """What the passes over a graph leave, by node and as records; `carried` are those of edges."""

    values: dict[str, Array]
    grads: dict[str, Array | None]
    carried: list[Backward]
    pulled: list[Seed | Backward]
    updates: tuple[Update, ...]


def evaluate(
    graph: Graph,
    values: Mapping[str, Any],
    constants: Iterable[str] = (),
    update: Descent | None = None,
    limits: Limits = DEFAULT,
    overrides: Mapping[str, Any] | None = None,
    gradients: bool = True,
    loss: str | None = None,
) -> Run:
    """Run a graph forward, backward and, with `update`, through one step of gradient descent.

    `values` holds numbers, nested lists or arrays; `constants` names leaves that get no gradient;
    `overrides` replaces the values of nodes; without `gradients` it ends with the values; `loss`
    names a node that counts as the loss though its operation is none. Raises ValueProblem,
    ShapeError or LimitError.
    """
    leaves, notices = bind(graph, values, limits)
    fixed = check_constants(graph, constants)
    plan = infer(graph, {name: np.shape(value) for name, value in leaves.items()}, limits)
    replaced = {
        name: tensor(value, limits, f"/overrides/{name}", Given(VALUE, name))
        for name, value in (overrides or {}).items()
    }
    for name, value in replaced.items():
        assert np.shape(value) == plan.shapes[name], f"the override of {name} changes its shape"
    wanted = differentiable(graph, fixed)
    if update is not None:
        check_parameters(graph, update.learning_rate, update.parameters, wanted)
    scalar = gradients and math.prod(plan.shapes[graph.output]) == 1
    found, grads, carried, pulled, updates = computed(
        graph, leaves, wanted if scalar else None, update, replaced
    )
    if gradients and not scalar:
        notices += (scalar_wanted(graph, plan.shapes[graph.output]),)
    notices += vanished(graph.program)
    wrong = broken(graph, found, carried)
    advice = remedies(graph, found, grads) if wrong else ()
    return Run(
        graph=graph,
        value=found[graph.output],
        values=_with_aliases(graph, found),
        grads=_with_aliases(graph, grads),
        edges=_edges(graph, found, carried),
        steps=_steps(graph, pulled, updates, loss),
        updates=updates,
        befores={r.edge: r.before for r in carried if r.before is not None},
        outgoing=_outgoing(carried),
        totals={r.edge: r.total for r in carried},
        notices=(*notices, *non_finite(graph, wrong), *map(sentence, advice)),
        learning_rate=None if update is None else update.learning_rate,
        broken=wrong,
        advice=advice,
    )


def computed(
    graph: Graph,
    leaves: Mapping[str, Array],
    wanted: frozenset[str] | None,
    update: Descent | None = None,
    replaced: Mapping[str, Array] | None = None,
) -> Computed:
    """Compute what `evaluate` does, of what has been checked, and say nothing about it.

    `wanted` are the nodes that have a gradient; None asks for the values alone.
    """
    with np.errstate(all="ignore"):
        found = {one.node: one.value for one in forward_aloud(graph, leaves, replaced)}
        pulled = [] if wanted is None else list(backward_aloud(graph, found, wanted))
    carried = [record for record in pulled if isinstance(record, Backward)]
    if wanted is None:
        return Computed(found, dict.fromkeys(found), carried, pulled, ())
    grads = _grads(graph, found, wanted, pulled)
    return Computed(found, grads, carried, pulled, _updates(found, grads, update))


def _with_aliases(graph: Graph, by_id: Mapping[str, T]) -> dict[str, T]:
    return {**by_id, **{name: by_id[node] for name, node in graph.aliases.items()}}


def _grads(
    graph: Graph,
    values: Mapping[str, Array],
    wanted: frozenset[str],
    records: list[Seed | Backward],
) -> dict[str, Array | None]:
    """Take the last running total of each node; 0 where the output does not depend on it."""
    grads: dict[str, Array | None] = dict.fromkeys(node.id for node in graph.nodes)
    for record in records:
        if isinstance(record, Seed):
            grads[record.node] = record.grad
        else:
            grads[record.source] = record.total
    for name in wanted:
        if grads[name] is None:
            grads[name] = np.zeros(np.shape(values[name]))[()]
    return grads


def _updates(
    values: Mapping[str, Array], grads: Mapping[str, Array | None], descent: Descent | None
) -> tuple[Update, ...]:
    if descent is None:
        return ()
    return tuple(update(values, grads, descent.learning_rate, descent.parameters))


def _outgoing(records: list[Backward]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for record in records:
        found.setdefault(record.source, []).append(record.edge)
    return {source: tuple(edges) for source, edges in found.items()}


def _edges(graph: Graph, values: Mapping[str, Array], records: list[Backward]) -> tuple[Edge, ...]:
    carried = {record.edge: record for record in records}
    scalars = {name for name, value in values.items() if is_number(value)}
    edges = []
    for index, link in enumerate(graph.links):
        target = graph[link.target]
        numeric = OPS[target.op or ""].elementwise or scalars.issuperset((*target.args, target.id))
        record = carried.get(index)
        edges.append(
            Edge(
                *link,
                local=record.local if record else None,
                local_kind="elementwise" if numeric else "rule",
                contribution=record.contribution if record else None,
            )
        )
    return tuple(edges)


def _steps(
    graph: Graph,
    records: list[Seed | Backward],
    updates: tuple[Update, ...],
    loss: str | None,
) -> tuple[Step, ...]:
    steps: list[Step] = []
    if OPS[graph[graph.output].op or "copy"].loss:
        loss = graph.output
    for node in graph.nodes:
        if node.op is not None:
            phase = "loss" if node.id == loss else "forward"
            steps.append(Step(len(steps), phase, node.id))
    for record in records:
        if isinstance(record, Seed):
            steps.append(Step(len(steps), "backward", record.node))
        else:
            where = (record.target, record.source, record.slot, record.edge)
            steps.append(Step(len(steps), "backward", *where))
    for one in updates:
        steps.append(Step(len(steps), "update", one.parameter))
    return tuple(steps)
