"""A lesson's file checked: the one place of the rules, for built-in lessons and for others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from app.graph_models import GraphFields, UpdateRequest
from app.lessons.faults import Fault, Line, of_field, told
from app.lessons.model import GraphFile, LessonFile, SceneFile, View
from app.lessons.networks import drawn, played
from app.lessons.places import places
from app.lessons.rules import Parts, faults
from app.lessons.unread import unread
from app.limits import DOOR
from app.training.requests import LayerRequest, NetworkRequest
from engine import deadline
from engine.errors import OutOfTime
from engine.sentence import say

# How long the graphs of one file may take.
SECONDS = 10.0
TAKEN = Fault(say("Another lesson has this slug already; choose another."), ("slug",))
_AT = re.compile(r"(.+) \(at (?:line (\d+), column (\d+)|end of document)\)")
_NESTED: dict[str, type[BaseModel]] = {"scenes": SceneFile, "graphs": GraphFile, "view": View,
                                      "update": UpdateRequest, "network": NetworkRequest,
                                      "layers": LayerRequest}  # fmt: skip


class Checked(NamedTuple):
    """A lesson as it stands in its file, if it is one; and all that is wrong with it."""

    lesson: dict[str, Any] | None
    faults: tuple[Line, ...]


def checked(content: bytes, taken: Collection[str] = (), seconds: float = SECONDS) -> Checked:
    """Read a lesson's file; `taken` are slugs that others have."""
    if len(content) > DOOR.lesson_bytes:
        return _refused(
            Fault(
                say(
                    "The file has {got:,} bytes, and at most {most:,} are accepted.",
                    got=len(content),
                    most=DOOR.lesson_bytes,
                )
            )
        )
    try:
        text = content.decode("utf-8")
        lesson = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(Fault(say("The file is not text in UTF-8 from here on.")), line)
    except tomllib.TOMLDecodeError as error:
        return _refused(*_unread(str(error), text))
    except RecursionError:
        return _refused(Fault(say("Lists lie in one another too deep.")))
    faults, graphs = _faults(lesson, taken, seconds)
    wrong = told(faults, places(text))
    return Checked(None if wrong else played(lesson, graphs), wrong)


def _refused(fault: Fault, line: int = 1) -> Checked:
    return Checked(None, (Line(line, "", fault.sentence),))


def _unread(message: str, text: str) -> tuple[Fault, int]:
    """Return a complaint of the standard library in our words, and the line that it names."""
    at = _AT.fullmatch(message)
    line = int(at[2]) if at and at[2] else text.count("\n") + 1
    reason = (at[1] if at else message).rstrip(".")
    reason = reason[:1].lower() + reason[1:]
    return Fault(say("This is not TOML here: {reason}.", reason=unread(reason))), line


def _faults(
    lesson: dict[str, Any], taken: Collection[str], seconds: float
) -> tuple[list[Fault], dict[str, GraphFields]]:
    """Return all that is wrong with a lesson, and its graphs as they are drawn."""
    wrong: list[Fault] = []
    graphs: dict[str, GraphFields | None] = {}
    if lesson.get("slug") in taken:
        wrong.append(TAKEN)
    try:
        LessonFile.model_validate(lesson)
    except ValidationError as error:
        wrong += [of_field(one, _accepted(one["loc"])) for one in error.errors(include_url=False)]
    try:
        with deadline.within(seconds):
            parts = _parts(lesson)
            for name, one in parts.graphs.items():
                found = drawn(name, one) if isinstance(one, GraphFile) else one
                wrong += [found] if isinstance(found, Fault) else []
                graphs[name] = None if isinstance(found, Fault) else found
            wrong += faults(parts._replace(graphs=graphs))
    except OutOfTime:
        wrong.append(
            Fault(
                say("The graphs take longer than {seconds:g} seconds to compute.", seconds=seconds)
            )
        )
    return wrong, {name: one for name, one in graphs.items() if one is not None}


def _parts(lesson: dict[str, Any]) -> Parts:
    """Return what of a lesson can be looked at further, whatever is wrong beside it."""
    named = {name: _part(field.annotation, lesson[name]) for name, field in
             LessonFile.model_fields.items() if name in lesson}  # fmt: skip
    graphs, scenes = lesson.get("graphs"), lesson.get("scenes")
    return Parts(
        named.get("languages") or ["en", "pt-BR"],
        {name: named[name] for name in ("title", "summary", "credit") if named.get(name)},
        {name: _part(GraphFile, one) for name, one in graphs.items()}
        if isinstance(graphs, dict) else {},
        [_part(SceneFile, one) for one in scenes] if isinstance(scenes, list) else [],
    )  # fmt: skip


def _part(kind: Any, given: Any) -> Any:
    """Return a part read by itself without fields that it does not have; None if it is wrong."""
    if isinstance(given, dict) and isinstance(kind, type) and issubclass(kind, BaseModel):
        known = {field.alias or name for name, field in kind.model_fields.items()}
        given = {name: one for name, one in given.items() if name in known}
    try:
        return TypeAdapter(kind).validate_python(given, strict=True)
    except ValidationError:
        return None


def _accepted(loc: tuple[int | str, ...]) -> list[str]:
    """Return the fields that stand beside the one at a place."""
    model: type[BaseModel] = LessonFile
    if len(loc) > 2:
        # The second is the name that a graph has, or the number of a scene.
        within = [str(part) for part in (loc[0], *loc[2:-1])]
        model = next((_NESTED[part] for part in reversed(within) if part in _NESTED), model)
    return [field.alias or name for name, field in model.model_fields.items()]
