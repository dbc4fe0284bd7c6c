"""What is given with a graph, checked: values of leaves, names of constants, what to update."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from .array_words import VALUE, Given
from .errors import MissingValues, ValueProblem
from .graph import Graph
from .limits import Limits
from .names import normalised
from .ops import Array
from .sentence import Sentence, say
from .tensor import tensor


def bind(
    graph: Graph, values: Mapping[str, Any], limits: Limits
) -> tuple[dict[str, Array], tuple[Sentence, ...]]:
    """Return the value of every leaf as float64, and notices about values that nothing uses.

    Raises MissingValues for leaves with neither value nor default, ValueProblem for wrong values.
    """
    given: dict[str, tuple[str, Any]] = {}
    for key, value in values.items():
        name = normalised(key)
        if name in given:
            raise ValueProblem(
                say("The name {name} is given twice, in two spellings; give it once.", name=name),
                pointer=f"/values/{_escaped(key)}",
            )
        given[name] = (key, value)
    leaves = graph.leaves
    missing = tuple(leaf for leaf in leaves if leaf not in given and leaf not in graph.defaults)
    if missing:
        raise MissingValues(
            say(
                "There is no value for {names}; give one in values, or write {name} = "
                "1 as a line of the program.",
                names=missing,
                name=missing[0],
            ),
            missing=missing,
            position=graph[missing[0]].position,
            node=missing[0],
        )
    bound = {}
    for leaf in leaves:
        key, value = given.get(leaf, (leaf, graph.defaults.get(leaf)))
        bound[leaf] = tensor(value, limits, f"/values/{_escaped(key)}", Given(VALUE, leaf))
    unused = [name for name in given if name not in bound]
    for name in unused:
        key, value = given[name]
        tensor(value, limits, f"/values/{_escaped(key)}", Given(VALUE, name))
    notices = tuple(_unused(graph, name) for name in unused)
    return bound, notices


def _unused(graph: Graph, name: str) -> Sentence:
    if name in graph or name in graph.aliases:
        return say(
            "{name} is computed by the program; the value given for it is not used.", name=name
        )
    return say("The program does not use {name}; the value given for it is ignored.", name=name)


def _escaped(key: str) -> str:
    """Write a key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def check_constants(graph: Graph, constants: Iterable[str]) -> frozenset[str]:
    """Return the constants as ids of leaves; a second name of a leaf counts as the leaf."""
    found = set()
    for i, given in enumerate(constants):
        name = normalised(given)
        name = graph.aliases.get(name, name)
        if name not in graph or not graph[name].is_leaf:
            raise ValueProblem(
                say(
                    "{name} cannot be a constant: it is no leaf of the program. The "
                    "leaves are: {leaves}.",
                    name=given,
                    leaves=graph.leaves or say("none"),
                ),
                pointer=f"/constants/{i}",
            )
        found.add(name)
    return frozenset(found)


def check_parameters(
    graph: Graph, learning_rate: float, parameters: tuple[str, ...], wanted: frozenset[str]
) -> None:
    """Raise ValueProblem unless the rate is a finite number and every parameter has a gradient."""
    number = isinstance(learning_rate, int | float) and not isinstance(learning_rate, bool)
    if not number or not math.isfinite(learning_rate):
        raise ValueProblem(
            say("The learning rate must be a finite number."), pointer="/update/learning_rate"
        )
    for i, name in enumerate(parameters):
        pointer = f"/update/parameters/{i}"
        if name not in graph or not graph[name].is_leaf:
            raise ValueProblem(
                say("{name} cannot be updated: it is no leaf of the program.", name=name),
                pointer=pointer,
            )
        if name not in wanted:
            raise ValueProblem(
                say("{name} cannot be updated: it is a constant and has no gradient.", name=name),
                pointer=pointer,
            )
        if name in parameters[:i]:
            raise ValueProblem(say("{name} is listed twice.", name=name), pointer=pointer)
