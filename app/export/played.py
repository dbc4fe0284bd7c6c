"""The file that plays a pass or a lesson by itself, made without a browser or a server."""

from __future__ import annotations

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.catalogues.problems import translated
from app.complaints import complaint
from app.export.figure import NoFigure, Subject
from app.player import PlayerRequest, player
from engine.errors import EngineError

LESSONS = "/lessons/"


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
    try:
        return player(PlayerRequest.model_validate(fields)).content
    except ValidationError as error:
        first = RequestValidationError(error.errors()).errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise NoFigure(f"At {place}: {complaint(first)}.") from None
    except EngineError as error:
        raise NoFigure(translated(error.message, state["lang"])) from None
    except HTTPException as error:
        raise NoFigure(translated(str(error.detail), state["lang"])) from None
