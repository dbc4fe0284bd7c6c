"""Other numbers for a program are of its shapes, and the same for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from app.lessons import lessons
from engine.errors import EngineError
from engine.practice.varied import varied

GRAPHS = [(slug, name) for slug, lesson in lessons().items() for name in lesson["graphs"]]
FEW = [
    place for place in GRAPHS if place[0] in ("function-as-graph", "two-neuron-chain", "matrices")
]


@pytest.mark.parametrize(("slug", "name"), FEW)
def test_a_lessons_graph_gets_other_numbers(slug: str, name: str) -> None:
    graph = lessons()[slug]["graphs"][name]
    asked = (graph["program"], graph["values"], graph.get("constants", ()))
    first, again, other = varied(*asked, 1), varied(*asked, 1), varied(*asked, 2)
    assert first == again != other
    assert {n: np.shape(v) for n, v in first.items()} == {
        n: np.shape(v) for n, v in graph["values"].items()
    }
    run = engine.evaluate(engine.parse(graph["program"]), first, graph.get("constants", ()))
    assert not run.broken


@pytest.mark.parametrize(
    ("program", "values"), [("f = x *", {}), ("f = x * y", {"x": 1}), ("f = 0 * x", {"x": 1})]
)
def test_what_cannot_be_drawn_is_refused(program: str, values: dict[str, Any]) -> None:
    with pytest.raises(EngineError):
        varied(program, values, (), 1)
