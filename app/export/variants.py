"""What a worksheet is made of: its subject on the page, and its variants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from app.catalogues import DEFAULT
from app.catalogues.problems import translated
from app.export import taught
from app.export.figure import NoFigure, Subject
from engine import EngineError
from engine.practice import TEMPLATES, exercise
from engine.practice.varied import varied


class Paper(NamedTuple):
    """What the page opens, and what the button of its worksheet is told."""

    subject: Subject
    asked: dict[str, str]


def paper(
    name: str,
    state: dict[str, str],
    seeds: Sequence[int],
    level: int,
    blank: str,
    folder: str | None = None,
) -> Paper:
    """Return the worksheet of a template, a lesson's scene or a program.

    `folder` holds lessons of one's own.

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
        found = taught.named(name, state, folder)
        graph = taught.graph(found)
        given = (graph["program"], graph.get("values", {}), graph.get("constants", ()))
        drawn = [{"seed": seed, "values": varied(*given, seed)} for seed in seeds]
    except EngineError as error:
        raise NoFigure(translated(error.message, state.get("lang", DEFAULT))) from None
    asked = {"blank": blank, **({"variants": json.dumps(drawn)} if drawn else {})}
    return Paper(found, asked)
