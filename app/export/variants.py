"""What a worksheet is made of: its subject on the page, and its variants."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.catalogues import DEFAULT
from app.catalogues.problems import translated
from app.export.figure import NoFigure, Subject, subject
from app.lessons import lessons
from engine import EngineError
from engine.practice import TEMPLATES, exercise
from engine.practice.varied import varied


class Paper(NamedTuple):
    """What the page opens, and what the button of its worksheet is told."""

    subject: Subject
    asked: dict[str, str]


def paper(name: str, state: dict[str, str], seeds: Sequence[int], level: int, blank: str) -> Paper:
    """Return the worksheet of a template, a lesson's scene or a program.

    Without seeds, an exercise is that of seed 1, and a program has its own values. Raises NoFigure.
    """
    try:
        if name in TEMPLATES:
            all_seeds = list(seeds or (1,))
            for seed in all_seeds:
                exercise(name, level, seed)
            place = {"template": name, "level": str(level), "seed": str(all_seeds[0])}
            asked = {"blank": blank, "seeds": ",".join(map(str, all_seeds))}
            return Paper(Subject("/practice", {**state, **place}), asked)
        found = subject(name, state, set(lessons()))
        program, values, constants = _graph(found)
        drawn = [{"seed": seed, "values": varied(program, values, constants, seed)}
                 for seed in seeds]  # fmt: skip
    except EngineError as error:
        raise NoFigure(translated(error.message, state.get("lang", DEFAULT))) from None
    asked = {"blank": blank, **({"variants": json.dumps(drawn)} if drawn else {})}
    return Paper(found, asked)


def _graph(found: Subject) -> tuple[str, Mapping[str, Any], Sequence[str]]:
    """Return the program of a subject, its values, and the leaves that are data."""
    state = found.state
    if not found.path.startswith("/lessons/"):
        return state["program"], json.loads(state.get("values", "{}")), ()
    lesson = lessons()[found.path.removeprefix("/lessons/")]
    scenes = lesson["scenes"]
    index = int(state.get("scene", 0))
    if index >= len(scenes):
        raise NoFigure(f"This lesson has {len(scenes)} scenes.")
    graph = lesson["graphs"][scenes[index]["graph"]]
    return graph["program"], graph.get("values", {}), graph.get("constants", ())
