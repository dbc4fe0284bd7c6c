"""What is wrong with a lesson's file, as sentences with the line that each is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.catalogues import DEFAULT
from app.catalogues.problems import translated
from app.complaints import complaint
from app.lessons.places import Path, Place, place_of
from engine.errors import EngineError
from engine.sentence import Sentence, say

# Complaints of JSON's objects, which are tables in a file.
OBJECTS = {"dict_type", "model_type", "model_attributes_type"}


class Fault(NamedTuple):
    """A sentence, and the path of what it is about; `down` is the line inside a text, from 0."""

    sentence: Sentence
    path: Path = ()
    down: int = 0


class Line(NamedTuple):
    """A fault as it is told: a line of the file from 1, what it is about, and a sentence."""

    line: int
    about: str
    sentence: Sentence

    def said(self, language: str = DEFAULT) -> str:
        """Return the sentence in a language, behind the name of what it is about."""
        words = translated(self.sentence, language)
        sentence = words[:1].upper() + words[1:].rstrip(".") + "."
        return f"{translated(self.about, language)}: {sentence}" if self.about else sentence


def told(faults: list[Fault], found: dict[Path, Place]) -> tuple[Line, ...]:
    """Return faults by their lines, each one once."""
    lines = {Line(_line(fault, found), _about(fault.path), fault.sentence) for fault in faults}
    return tuple(sorted(lines))


def _line(fault: Fault, found: dict[Path, Place]) -> int:
    place = place_of(fault.path, found)
    return place.text + fault.down if place.long else place.line


def _about(path: Path) -> str:
    kind, *rest = path or ("",)
    field = ".".join(map(str, rest[1:]))
    if kind == "scenes" and rest:
        number = int(rest[0]) + 1
        scene = say("Scene {number}", number=number)
        return say("{place}, {field}", place=scene, field=field) if field else scene
    if kind == "graphs" and rest:
        graph = say("Graph {name}", name=str(rest[0]))
        return say("{place}, {field}", place=graph, field=field) if field else graph
    return ".".join(map(str, path))


def of_engine(path: Path, error: EngineError) -> Fault:
    """Return the fault of what the engine refuses in the graph or the network at a path."""
    place = error.position
    inner = [int(part) if part.isdecimal() else part
             for part in (error.pointer or "").split("/") if part]  # fmt: skip
    if place is not None:
        said = say(
            "Line {line}, column {column} of the program: {problem}",
            line=place.line,
            column=place.column,
            problem=error.message,
        )
        return Fault(said, (*path, "program"), place.line - 1)
    return Fault(error.message, (*path, *(inner or ["program"])))


def of_field(error: Mapping[str, Any], fields: list[str]) -> Fault:
    """Return the fault of one of Pydantic's complaints; `fields` are those accepted there."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "extra_forbidden":
        return Fault(say("There is no such field; accepted are {accepted}.", accepted=fields), path)
    if "[key]" in error["loc"]:
        return Fault(say("There is no such language here; accepted are en, pt-BR."), path)
    if path[-1:] in (("slug",), ("id",)) and error["type"] == "string_pattern_mismatch":
        return Fault(
            say("Small letters, digits and single hyphens between them are accepted here."), path
        )
    if error["type"] in OBJECTS:
        return Fault(say("a table is accepted here"), path)
    return Fault(complaint(error), path)
