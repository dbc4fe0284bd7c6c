"""What is wrong with a lesson's file, as sentences with the line that each is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.catalogues import DEFAULT
from app.catalogues.problems import translated
from app.complaints import complaint
from app.lessons.places import Path, Place, place_of


class Fault(NamedTuple):
    """A sentence, and the path of what it is about; `down` is the line inside a text, from 0."""

    sentence: str
    path: Path = ()
    down: int = 0


class Line(NamedTuple):
    """A fault as it is told: a line of the file from 1, what it is about, and a sentence."""

    line: int
    about: str
    sentence: str

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
        return f"Scene {number}, {field}" if field else f"Scene {number}"
    if kind == "graphs" and rest:
        return f"Graph {rest[0]}, {field}" if field else f"Graph {rest[0]}"
    return ".".join(map(str, path))


def of_field(error: Mapping[str, Any], fields: list[str]) -> Fault:
    """Return the fault of one of Pydantic's complaints; `fields` are those accepted there."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "extra_forbidden":
        return Fault(f"There is no such field; accepted are {', '.join(fields)}.", path)
    if "[key]" in error["loc"]:
        return Fault("There is no such language here; accepted are en, pt-BR.", path)
    if path[-1:] in (("slug",), ("id",)) and error["type"] == "string_pattern_mismatch":
        return Fault(
            "Small letters, digits and single hyphens between them are accepted here.", path
        )
    what = complaint(error).replace("a JSON object", "a table")
    return Fault(what, path)
