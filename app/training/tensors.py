"""Single arrays of a network, whole: those that are too large to stand in an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.errors import ValueProblem
from engine.names import normalised
from engine.ops import Array
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session

What = Literal["value", "grad"]


def parameter(session: Session, name: str) -> Array:
    """Return a parameter as it is now; see `Session.parameter`."""
    known = session.model.trainable
    if normalised(name) not in known:
        raise ValueProblem(
            say(
                "There is no parameter {name}; the parameters are: {names}.",
                name=name[:40],
                names=known,
            )
        )
    return np.asarray(session.arrays[normalised(name)])


def tensor(session: Session, name: str, what: What) -> Array:
    """Return a value or gradient of the pass last run; see `Session.tensor`."""
    graph, loop = session.model.graph, session.loop
    node = graph.aliases.get(normalised(name), normalised(name))
    if node not in graph:
        raise ValueProblem(
            say(
                "There is no node {node}; the nodes are: {names}.",
                node=name[:40],
                names=[one.id for one in graph.nodes if one.named],
            )
        )
    loop.load(session.used)
    loop.enter(session.last)
    loop.backward()
    if what == "value":
        return np.asarray(loop.plan.values[node])
    grad = loop.plan.grads[node]
    if grad is None:
        raise ValueProblem(say("{node} is data or a constant: it has no gradient.", node=node))
    return np.asarray(grad)
