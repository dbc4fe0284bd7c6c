"""Forward mode: how everything moves when the leaves move in a direction, as a stream of records.

A tangent is ∂node/∂ε for leaves + ε · direction. It flows along the edges from arguments to
results, in order of evaluation; what an edge adds is its local derivative times the tangent of its
source. One such pass gives one column of the Jacobian; a backward pass gives one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .array_words import DIRECTION, Given
from .errors import ValueProblem
from .graph import Graph
from .limits import DEFAULT, Limits
from .names import normalised
from .ops import OPS, Array
from .ops.row import written
from .pushes import push
from .sentence import say
from .tensor import frozen, tensor


@dataclass(frozen=True, slots=True)
class Start:
    """A leaf moves: its tangent is the direction."""

    node: str
    tangent: Array


@dataclass(frozen=True, slots=True)
class Forwarded:
    """An edge has carried a tangent: `contribution` is what `target` gets through it.

    `incoming` is the source's tangent; `local` is None for an operation with a rule; `before` and
    `total` are the target's running totals without and with it.
    """

    edge: int
    source: str
    target: str
    slot: int
    incoming: Array
    local: Array | None
    contribution: Array
    before: Array | None
    total: Array


def directions(
    graph: Graph,
    values: Mapping[str, Array],
    wrt: str | Mapping[str, Any],
    limits: Limits = DEFAULT,
) -> dict[str, Array]:
    """Return the direction of every leaf that moves.

    `wrt` is the name of a leaf, all of whose elements then move at the rate 1, or a direction for
    each leaf by name, in the leaf's shape. Raises ValueProblem for anything else.
    """
    if isinstance(wrt, str):
        name = graph.aliases.get(normalised(wrt), normalised(wrt))
        shape = np.shape(values[name]) if name in graph else ()
        wrt = {wrt: np.ones(shape)}
    found: dict[str, Array] = {}
    for given, direction in wrt.items():
        name = graph.aliases.get(normalised(given), normalised(given))
        if name not in graph or not graph[name].is_leaf:
            raise ValueProblem(
                say(
                    "{name} cannot be moved: it is no leaf of the program. The leaves "
                    "are: {leaves}.",
                    name=given,
                    leaves=graph.leaves or say("none"),
                ),
                pointer=f"/tangent/{given}",
            )
        value = tensor(direction, limits, f"/tangent/{given}", Given(DIRECTION, given))
        if np.shape(value) != np.shape(values[name]):
            raise ValueProblem(
                say(
                    "The direction of {name} has the shape {shape}; it must be that of "
                    "its value, {expected}.",
                    name=given,
                    shape=written(np.shape(value)),
                    expected=written(np.shape(values[name])),
                ),
                pointer=f"/tangent/{given}",
            )
        found[name] = value
    return found


def tangent(
    graph: Graph, values: Mapping[str, Array], wrt: str | Mapping[str, Any]
) -> Iterator[Start | Forwarded]:
    """Yield the leaves that move, then one record per edge whose source has a tangent.

    `values` are those of all nodes; targets come from first to last, arguments by slot.
    """
    totals = directions(graph, values, wrt)
    for name in graph.leaves:
        if name in totals:
            yield Start(name, totals[name])
    first = 0
    for node in graph.nodes:
        for slot, source in enumerate(node.args):
            if source in totals:
                record = _forwarded(graph, values, totals, node.id, slot, first + slot)
                totals[node.id] = record.total
                yield record
        first += len(node.args)


def _forwarded(
    graph: Graph,
    values: Mapping[str, Array],
    totals: Mapping[str, Array],
    target: str,
    slot: int,
    edge: int,
) -> Forwarded:
    node = graph[target]
    source = node.args[slot]
    op = OPS[node.op or ""]
    args = tuple(values[arg] for arg in node.args)
    z, incoming = values[target], totals[source]
    numeric = op.elementwise or all(np.ndim(value) == 0 for value in (*args, z))
    with np.errstate(all="ignore"):
        local = frozen(op.local(slot, z, args, node.params)) if numeric else None
        if local is not None:
            contribution = frozen(np.broadcast_to(local * incoming, np.shape(z)))
        else:
            contribution = frozen(push(op, slot, incoming, z, args, node.params))
        before = totals.get(target)
        total = contribution if before is None else frozen(before + contribution)
    return Forwarded(edge, source, target, slot, incoming, local, contribution, before, total)


def tangents(
    graph: Graph, values: Mapping[str, Array], wrt: str | Mapping[str, Any]
) -> dict[str, Array]:
    """Return the tangent of every node; 0 where a node does not depend on what moves."""
    found: dict[str, Array] = {
        node.id: np.zeros(np.shape(values[node.id]))[()] for node in graph.nodes
    }
    for record in tangent(graph, values, wrt):
        if isinstance(record, Start):
            found[record.node] = record.tangent
        else:
            found[record.target] = record.total
    return found
