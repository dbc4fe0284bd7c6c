"""The backward pass as a graph of its own, and what can be done with it: second derivatives.

The nodes of the function come first, then those of the derivative in the order of the backward
pass. What is not needed for the gradient is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from .derivatives.rules import contribution
from .derivatives.term import Term, Writer, sum_to
from .errors import EngineError, ValueProblem, over_limit
from .graph import Graph, Node
from .inputs import bind
from .limits import DEFAULT, Limits
from .names import normalised
from .ops import Array
from .ops.row import count, written
from .passes import differentiable, forward, influential
from .sentence import say
from .shapes import infer
from .tangent import tangents
from .tensor import frozen


class Gradients(NamedTuple):
    """A graph with the nodes that are the gradients of the leaves, by leaf."""

    graph: Graph
    of: Mapping[str, str]


def gradient_graph(
    graph: Graph, values: Mapping[str, Any], wrt: str, limits: Limits = DEFAULT
) -> Graph:
    """Return the graph whose output is ∂output/∂wrt; `values` give the leaves' shapes.

    Raises ValueProblem if the output is no number or an operation on the way has no such rule.
    """
    made = gradients(graph, values, [wrt], limits)
    [output] = made.of.values()
    return _needed(made.graph, output)


def gradients(
    graph: Graph, values: Mapping[str, Any], wrt: Iterable[str], limits: Limits = DEFAULT
) -> Gradients:
    """Return one graph with the gradients of several leaves, named as dL_dw."""
    names = _leaves(graph, wrt)
    leaves, _ = bind(graph, values, limits)
    shapes = infer(graph, {name: np.shape(value) for name, value in leaves.items()}, limits).shapes
    if count(shapes[graph.output]) != 1:
        raise ValueProblem(
            say(
                "Gradients need a number as output, and the output has the shape "
                "{shape}: end the program with sum(...) or mean(...).",
                shape=written(shapes[graph.output]),
            ),
            node=graph.output,
        )
    writer = Writer(graph, shapes, limits)
    totals = _backward(graph, writer, frozenset(set(graph.leaves) - set(names)))
    return _named(graph, writer, totals, names)


def _leaves(graph: Graph, wrt: Iterable[str]) -> list[str]:
    names: list[str] = []
    for given in wrt:
        name = graph.aliases.get(normalised(given), normalised(given))
        if name not in graph or not graph[name].is_leaf:
            raise ValueProblem(
                say(
                    "There is no derivative by {name}: it is no leaf of the program. "
                    "The leaves are: {leaves}.",
                    name=given,
                    leaves=graph.leaves or say("none"),
                )
            )
        if name not in names:
            names.append(name)
    return names


def _backward(graph: Graph, writer: Writer, constants: frozenset[str]) -> dict[str, Term]:
    """Write the backward pass; a node without an entry has the gradient 0."""
    wanted, live = differentiable(graph, constants), influential(graph)
    shape = writer.shapes[graph.output]
    totals: dict[str, Term] = {graph.output: writer.literal(1.0).spread(shape)}
    for node in reversed(graph.nodes):
        upstream = totals.get(node.id)
        if node.op is None or node.id not in wanted or node.id not in live or upstream is None:
            continue
        args = tuple(writer.term(arg) for arg in node.args)
        for slot, source in enumerate(node.args):
            if source not in wanted:
                continue
            z = writer.term(node.id)
            try:
                pulled = contribution(node.op, slot, upstream, z, args, node.params)
            except EngineError as error:
                raise error.at(node.id, node.position) from None
            if pulled is None:
                continue
            pulled = sum_to(pulled, writer.shapes[source]).spread(writer.shapes[source])
            totals[source] = totals[source] + pulled if source in totals else pulled
    return totals


def _named(
    graph: Graph, writer: Writer, totals: Mapping[str, Term], leaves: list[str]
) -> Gradients:
    """Name the gradients of leaves; one that is another node's too is copied."""
    found: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for leaf in leaves:
        term = totals.get(leaf) or writer.literal(0.0).spread(writer.shapes[leaf])
        name = f"d{graph.output.lstrip('%')}_d{leaf}"
        while name in writer.nodes or name in graph.aliases or name in renamed.values():
            name += "_"
        shared = sum(other.id == term.id for other in totals.values()) > 1
        if shared or term.id in graph or writer.nodes[term.id].op is None:
            term = term.to("copy")
        renamed[term.id] = found[leaf] = name
    nodes = tuple(_renamed(node, renamed) for node in writer.nodes.values())
    made = Graph(nodes, graph.output, graph.aliases, graph.defaults, graph.program)
    return Gradients(made, found)


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    if node.id not in names and not any(arg in names for arg in node.args):
        return node
    args = tuple(names.get(arg, arg) for arg in node.args)
    new = names.get(node.id)
    if new is None:
        return replace(node, args=args)
    return replace(node, id=new, args=args, named=True, source="")


def _needed(graph: Graph, output: str) -> Graph:
    """Return the part of a graph on which a node depends, with that node as output."""
    whole = Graph(graph.nodes, output)
    live = influential(whole)
    nodes = tuple(node for node in graph.nodes if node.id in live)
    aliases = {name: node for name, node in graph.aliases.items() if node in live}
    defaults = {name: value for name, value in graph.defaults.items() if name in live}
    return Graph(nodes, output, aliases, defaults, graph.program)


def _computed(graph: Graph, values: Mapping[str, Any], limits: Limits) -> dict[str, Array]:
    leaves, _ = bind(graph, values, limits)
    infer(graph, {name: np.shape(value) for name, value in leaves.items()}, limits)
    return {record.node: record.value for record in forward(graph, leaves)}


def hessian_vector(
    graph: Graph, values: Mapping[str, Any], direction: Mapping[str, Any], limits: Limits = DEFAULT
) -> dict[str, Array]:
    """Return H·v for the leaves in the direction v: forward mode through the backward pass."""
    made = gradients(graph, values, direction, limits)
    found = tangents(made.graph, _computed(made.graph, values, limits), direction)
    return {name: found[node] for name, node in made.of.items()}


def hessian(
    graph: Graph, values: Mapping[str, Any], wrt: str | Iterable[str], limits: Limits = DEFAULT
) -> Array:
    """Return the matrix of second derivatives, the leaves' elements one after the other."""
    return _second(graph, values, wrt, limits).matrix


class _Second(NamedTuple):
    names: list[str]
    values: dict[str, Array]
    gradient: Array
    matrix: Array


def _second(
    graph: Graph, values: Mapping[str, Any], wrt: str | Iterable[str], limits: Limits
) -> _Second:
    names = _leaves(graph, [wrt] if isinstance(wrt, str) else wrt)
    made = gradients(graph, values, names, limits)
    computed = _computed(made.graph, values, limits)
    size = sum(np.size(computed[name]) for name in names)
    if size * size > limits.array_elements:
        raise over_limit(
            "array_elements",
            limits.array_elements,
            size * size,
            say("The number of elements of the matrix of second derivatives is"),
        )
    columns = []
    for name in names:
        for place in np.ndindex(np.shape(computed[name])):
            direction = {other: np.zeros(np.shape(computed[other])) for other in names}
            direction[name][place] = 1.0
            found = tangents(made.graph, computed, direction)
            columns.append(np.concatenate([np.ravel(found[made.of[n]]) for n in names]))
    gradient = np.concatenate([np.ravel(computed[made.of[name]]) for name in names])
    return _Second(names, computed, gradient, frozen(np.array(columns).T))


def newton_step(
    graph: Graph, values: Mapping[str, Any], wrt: str | Iterable[str], limits: Limits = DEFAULT
) -> dict[str, Array]:
    """Return the leaves after one step of Newton's method, w − H⁻¹∇L.

    Raises ValueProblem where the matrix of second derivatives has no inverse.
    """
    second = _second(graph, values, wrt, limits)
    problem = ValueProblem(
        say(
            "Newton's method needs an invertible matrix of second derivatives, and "
            "here it is singular or not finite; start elsewhere, or take a "
            "gradient step."
        )
    )
    if not (np.isfinite(second.matrix).all() and np.isfinite(second.gradient).all()):
        raise problem
    try:
        moved = np.linalg.solve(second.matrix, -second.gradient)
    except np.linalg.LinAlgError:
        raise problem from None
    found, start = {}, 0
    for name in second.names:
        value = second.values[name]
        part = moved[start : start + np.size(value)]
        found[name] = frozen(value + np.reshape(part, np.shape(value)))
        start += np.size(value)
    return found
