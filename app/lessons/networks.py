"""A lesson's networks: trained as far as their file says, and then drawn as a program with numbers.

The numbers are those of `GET /networks/{id}/graph` after as many iterations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.graph_models import GraphFields
from app.lessons.faults import Fault, of_engine
from app.lessons.model import GraphFile
from app.training import pass_graph, updates
from app.training.limits import TRAINING
from app.training.pass_overlay import Wish
from app.training.session import Session
from app.training.spec import Spec
from engine import deadline
from engine.errors import EngineError, ValueProblem
from engine.sentence import say

# What a network brings itself.
OWN = ("values", "constants", "update")
BESIDE = ("iterations", "rows")


def drawn(name: str, graph: GraphFile) -> GraphFields | Fault:
    """Return a graph as it is drawn, or what is wrong with it; may raise OutOfTime."""
    path = ("graphs", name)
    if (graph.network is None) == (graph.program is None):
        return Fault(say("A graph is given by a program or by a network: one of the two."), path)
    given = graph.model_fields_set
    beside = [field for field in (BESIDE if graph.network is None else OWN) if field in given]
    if beside:
        belongs = say("This belongs to a network.")
        brings = say("A network brings this itself.")
        return Fault(belongs if graph.network is None else brings, (*path, beside[0]))
    if graph.network is None:
        fields = graph.model_dump(exclude_unset=True, include=set(GraphFields.model_fields))
        return GraphFields(**fields)
    try:
        session = Session.begin(Spec.of(graph.network))
    except EngineError as error:
        return of_engine((*path, "network"), error)
    try:
        _train(session, graph.iterations)
        return _pass(session, graph)
    except EngineError as error:
        return of_engine(path, error)


def _train(session: Session, iterations: int) -> None:
    def ended() -> bool:
        deadline.look()
        return False

    while session.state.iteration < iterations:
        count = min(iterations - session.state.iteration, TRAINING.steps)
        found = session.step("iteration", count, stop=ended)
        if found.stopped:
            raise ValueProblem(
                say(
                    "In iteration {n} a number leaves its range; train less far, or with a smaller "
                    "learning rate.",
                    n=session.state.iteration + 1,
                ),
                pointer="/iterations",
            )


def _pass(session: Session, graph: GraphFile) -> GraphFields:
    whole = session.order.rows(session.last).tolist()
    rows = whole if graph.rows is None else pass_graph.checked_rows(session, graph.rows)
    asked = pass_graph.request(session, rows, Wish(graph.detail, expand=graph.expand))
    # The update of another optimizer is no plain descent.
    plain = updates.plain(session.spec.optimizer)
    return GraphFields.model_validate(
        {
            "program": asked.program,
            "values": {name: np.asarray(value).tolist() for name, value in asked.values.items()},
            "constants": asked.constants,
            "labels": {**asked.labels, **graph.labels},
            **({"update": asked.update} if plain else {}),
            **graph.model_dump(include={"detail", "expand"}, exclude_unset=True),
        }
    )


def played(lesson: Mapping[str, Any], graphs: Mapping[str, GraphFields]) -> dict[str, Any]:
    """Return a lesson that is well with the graphs of its networks, and the networks by name."""
    networks = {name: one for name, one in lesson["graphs"].items() if "network" in one}
    if not networks:
        return dict(lesson)
    told = {name: graphs[name].model_dump(exclude_unset=True) for name in networks}
    return {**lesson, "graphs": {**lesson["graphs"], **told}, "networks": networks}
