"""A network that is given as a program: which leaves are data, where it predicts, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple

import engine
from engine import Graph
from engine.errors import EngineError, NameProblem, ValueProblem
from engine.network import LOSSES
from engine.ops import OPS
from engine.passes import influential
from engine.sentence import say

DATA = ("x", "y")


class Written(NamedTuple):
    """A program that ends with its loss; `prediction` is the node whose value is the answer."""

    program: str
    graph: Graph
    prediction: str | None


def written(program: str, loss: str | None) -> Written:
    """Read a program; one without the leaf y gets the loss after it, if one is named.

    Raises EngineError for a program that cannot be read, or that no loss can follow.
    """
    graph = _parsed(program)
    if loss is not None and loss not in LOSSES:
        raise ValueProblem(
            say(
                "There is no loss {name}; accepted are {accepted}.", name=loss[:40], accepted=LOSSES
            ),
            pointer="/loss",
        )
    for name in DATA:
        if name not in graph.leaves and (name in graph or name in graph.aliases):
            raise NameProblem(
                say(
                    "The program assigns {name}, which is a name of the data; the "
                    "leaves x and y take the data, so another name is needed.",
                    name=name,
                ),
                pointer="/program",
            )
    if "y" in graph.leaves or loss is None:
        return Written(program, graph, _prediction(graph))
    output = graph[graph.output]
    if not output.named:
        raise NameProblem(
            say(
                "The last line of the program is the prediction and has no name; give "
                "it one, as in p = …, so that {loss} can follow.",
                loss=loss,
            ),
            pointer="/program",
        )
    taken = {*(node.id for node in graph.nodes), *graph.aliases}
    candidates = chain(("L", "loss"), map("L{}".format, count()))
    name = next(name for name in candidates if name not in taken)
    longer = f"{program.rstrip()}\n{name} = {loss}({output.id}, y)"
    return Written(longer, engine.parse(longer), output.id)


def _parsed(program: str) -> Graph:
    try:
        return engine.parse(program)
    except EngineError as error:
        error.pointer = error.pointer or "/program"
        raise


def _prediction(graph: Graph) -> str | None:
    """Return the last node before y comes in, or the first argument of a closing loss."""
    last = graph[graph.output]
    if OPS[last.op or "copy"].loss:
        return last.args[0]
    touched = {"y"}
    for node in graph.nodes:
        if touched & set(node.args):
            touched.add(node.id)
    met = [arg for node in graph.nodes if node.id in touched for arg in node.args
           if arg not in touched and "x" in influential(Graph(graph.nodes, arg))]  # fmt: skip
    return met[-1] if met else None


def check_trainable(graph: Graph, trainable: Sequence[str]) -> tuple[str, ...]:
    """Return the trainable leaves as ids; raise ValueProblem for what is none, or is data."""
    found = engine.plan.trained(graph, trainable)
    for i, name in enumerate(found):
        if name in DATA:
            raise ValueProblem(
                say("{name} takes the data, so it cannot be trained.", name=name),
                pointer=f"/trainable/{i}",
            )
    if not found:
        raise ValueProblem(
            say(
                "No leaf is trainable: name those to be trained in trainable. The "
                "leaves are: {leaves}.",
                leaves=[name for name in graph.leaves if name not in DATA] or say("none"),
            ),
            pointer="/trainable",
        )
    return found
