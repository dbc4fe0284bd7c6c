"""The answers that a player brings along, to all that its page will ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import engine
from app import answers, details
from app.catalogues import LANGUAGES
from app.catalogues.problems import translated
from app.errors import Refused
from app.graph_models import GraphRequest
from app.limits import DOOR
from app.op_rows import op_row
from engine.ops import OPS
from engine.sentence import say

Row = dict[str, Any]


def graphs(asked: Iterable[GraphRequest], languages: Sequence[str] = LANGUAGES) -> list[Row]:
    """Return for each graph what is asked for and the answers to it, by language."""
    return [_graph(one, languages) for one in asked]


def _graph(asked: GraphRequest, languages: Sequence[str]) -> Row:
    view = details.shown(asked)
    drawn = len(view.run.graph.nodes) - len(engine.folded(view.run.graph))
    if drawn > DOOR.player_nodes:
        raise Refused(
            422,
            say(
                "The graph has {got:,} nodes to draw; a player draws at most {most:,}.",
                got=drawn,
                most=DOOR.player_nodes,
            ),
            limit={"name": "player_nodes", "value": DOOR.player_nodes, "got": drawn},
        )
    said = {
        language: _noticed(
            answers.written(asked.model_copy(update={"explain": language}), view), language
        )
        for language in languages
    }
    given = asked.model_dump(include={"program", "values", "constants", "labels", "expand"})
    update = asked.update.model_dump() if asked.update and asked.update.parameters else None
    detail = asked.detail if asked.detail != "tensor" else None
    return {"asked": {**given, "update": update, "detail": detail}, "answers": said}


def _noticed(answer: Row, language: str) -> Row:
    """Return an answer with its notices in the language of its sentences."""
    told = {name: one for name, one in answer.items() if name != "notices_said"}
    return {**told, "notices": [translated(one, language) for one in answer["notices"]]}


def ops(recorded: Iterable[Row]) -> list[Row]:
    """Return what is told of the operations that occur in these graphs."""
    used = {node["op"] for row in recorded for node in next(iter(row["answers"].values()))["nodes"]}
    return [op_row(op).model_dump(exclude={"traps"}) for op in OPS.values() if op.name in used]
