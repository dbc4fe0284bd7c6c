"""The file that plays a pass or a lesson by itself, made without a browser or a server."""

from __future__ import annotations

import orjson

from app.export.figure import LESSONS, NoFigure, Subject
from app.export.refused import refused
from app.export.taught import own
from app.player import PlayerRequest, player


def played(subject: Subject) -> bytes:
    """Return the file, the same that `POST /players` answers.

    Raises NoFigure with a sentence where there is none.
    """
    state = subject.state
    if "scene" in state:
        raise NoFigure("The file of a lesson holds all its scenes; leave out --scene.")
    fields = {"lang": state["lang"], "step": int(state.get("step", 0))}
    if subject.path.startswith(LESSONS):
        fields["lesson"] = subject.path.removeprefix(LESSONS)
    else:
        fields |= {"program": state["program"], "values": orjson.loads(state.get("values", "{}"))}
    with refused(state["lang"]):
        return player(PlayerRequest.model_validate(fields), own(subject.folder)).content
