"""What a learner should know about a run, though nothing is wrong with the program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from .graph import Graph, Node
from .numbers import plain
from .ops import OPS, Array, Shape
from .ops.row import written
from .passes import Backward
from .sentence import Measure, Sentence, say
from .tensor import finite

# Most nodes of a way that are all named.
LONGEST_WAY = 6
# Most characters of a number that are quoted.
LONGEST_NUMBER = 40
# What is not finite, in words.
NUMBERS = {"infinity": say("infinity"), "−infinity": say("−infinity")}
# A number with a negative power of ten, which no smaller number ends in.
_SMALL = re.compile(r"(?<![\w.])(?:\d+(?:\.\d*)?|\.\d+)[eE]-\d+")


def scalar_wanted(graph: Graph, shape: Shape) -> Sentence:
    """Return the notice for an output that is no number."""
    name = graph.output if graph[graph.output].named else say("the last line")
    return say(
        "Gradients need a number as output, and {name} has the shape {shape}: end the program "
        "with sum(...) or mean(...).",
        name=name,
        shape=written(shape),
    )


def vanished(program: str) -> tuple[Sentence, ...]:
    """Return the notice about the first number of a program that is not 0 but counts as 0."""
    for found in _SMALL.findall(program) if "-" in program else ():
        digits = found.lower().partition("e")[0]
        if float(found) == 0 and digits.strip("0_."):
            return (
                say(
                    "{number} is nearer to 0 than any float64 but 0 itself (5e-324), so it "
                    "counts as 0.",
                    number=found[:LONGEST_NUMBER],
                ),
            )
    return ()


class Broken(NamedTuple):
    """The first value or gradient that is not finite: its kinds of numbers, and how it came.

    `way` names the nodes from where the pass came, in its direction, and ends with `node`.
    `factors` are the upstream and the local gradient whose product it is, where that is known.
    """

    kind: str
    node: str
    what: tuple[str, ...]
    way: tuple[str, ...]
    factors: tuple[str, str] | None = None


def broken(graph: Graph, values: Mapping[str, Array], pulled: list[Backward]) -> tuple[Broken, ...]:
    """Return the first value, and the first gradient, that is not finite."""
    found = []
    node = next((node for node in graph.nodes if not finite(values[node.id])), None)
    if node is not None:
        way = _ancestors(graph, values, node)
        found.append(Broken("value", node.id, _kinds(values[node.id]), _ids(way)))
    record = next((one for one in pulled if not finite(one.total)), None)
    if record is not None:
        way = [*_descendants(graph, pulled, record.target), graph[record.source]]
        found.append(
            Broken("gradient", record.source, _kinds(record.total), _ids(way), _factors(record))
        )
    return tuple(found)


def non_finite(graph: Graph, found: tuple[Broken, ...]) -> tuple[Sentence, ...]:
    """Return a sentence about each: which it is, and by which way the pass came there."""
    return tuple(_sentence(graph, one) for one in found)


def _sentence(graph: Graph, one: Broken) -> Sentence:
    begin = _begin(one.kind, _named(graph[one.node]), one.what)
    way = _way([graph[name] for name in one.way])
    if one.kind == "value":
        return (
            begin
            if len(one.way) == 1
            else say("{begin} The way there: {way}.", begin=begin, way=way)
        )
    if one.factors is None:
        return say("{begin} The way back: {way}.", begin=begin, way=way)
    upstream, local = one.factors
    return say(
        "{begin} The way back: {way}, where the gradient {upstream} meets the slope {local}.",
        begin=begin,
        way=way,
        upstream=Measure(upstream),
        local=Measure(local),
    )


def _begin(kind: str, node: str, numbers: tuple[str, ...]) -> Sentence:
    names = [NUMBERS.get(one, one) for one in numbers]
    if kind == "value":
        return say("The value of {node} is not finite: {numbers}.", node=node, numbers=names)
    return say("The gradient of {node} is not finite: {numbers}.", node=node, numbers=names)


def _ancestors(graph: Graph, values: Mapping[str, Array], node: Node) -> list[Node]:
    """Return a way from a leaf, at each step by the largest argument that is no literal."""

    def rank(arg: str) -> tuple[bool, float]:
        return graph[arg].literal is None, _size(values[arg])

    way = [node]
    while way[-1].args:
        way.append(graph[max(way[-1].args, key=rank)])
    return way[::-1]


def _descendants(graph: Graph, pulled: list[Backward], node: str) -> list[Node]:
    """Return a way from the output back to a node, at each step by the largest contribution."""
    strongest: dict[str, Backward] = {}
    for record in pulled:
        known = strongest.get(record.source)
        if known is None or _size(record.contribution) > _size(known.contribution):
            strongest[record.source] = record
    way = [node]
    while way[-1] != graph.output and way[-1] in strongest:
        way.append(strongest[way[-1]].target)
    return [graph[name] for name in reversed(way)]


def _size(value: Array) -> float:
    """Return the largest magnitude, with NaN above all."""
    return float(np.max(np.nan_to_num(np.abs(value), nan=np.inf), initial=0.0))


def _way(nodes: list[Node]) -> str:
    names = [_named(node) for node in nodes]
    if len(names) > LONGEST_WAY:
        names = [*names[:2], "…", *names[-3:]]
    return " → ".join(names)


def _ids(nodes: list[Node]) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


def _factors(record: Backward) -> tuple[str, str] | None:
    """Return the two factors whose product is not finite, where there are two."""
    if record.local is None:
        return None
    upstream, local = np.broadcast_arrays(record.upstream, record.local)
    with np.errstate(all="ignore"):
        wrong = np.argwhere(~np.isfinite(upstream * local))
    if not len(wrong):
        return None
    place = tuple(wrong[0])
    return plain(upstream[place]).text, plain(local[place]).text


def _named(node: Node) -> str:
    if node.named or node.op is None:
        return node.id
    return f"{node.id} ({node.source or OPS[node.op].name})"


def _kinds(value: Array) -> tuple[str, ...]:
    """Name the kinds of non-finite numbers that occur."""
    kinds = (("NaN", np.isnan), ("infinity", np.isposinf), ("−infinity", np.isneginf))
    return tuple(name for name, test in kinds if test(value).any())
