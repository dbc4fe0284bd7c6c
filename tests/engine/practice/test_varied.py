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


@pytest.mark.parametrize(("slug", "name"), GRAPHS)
def test_a_lessons_graph_gets_other_numbers(slug: str, name: str) -> None:
    graph = lessons()[slug]["graphs"][name]
    asked = (graph["program"], graph["values"], graph.get("constants", ()))
    first, again = varied(*asked, 1), varied(*asked, 1)
    assert first == again != graph["values"]
    assert any(varied(*asked, seed) != first for seed in range(2, 9))
    assert {n: np.shape(v) for n, v in first.items()} == {
        n: np.shape(v) for n, v in graph["values"].items()
    }
    run = engine.evaluate(engine.parse(graph["program"]), first, graph.get("constants", ()))
    assert not run.broken


@pytest.mark.parametrize(
    ("program", "values"),
    [("f = x *", {}), ("f = x * y", {"x": 1}), ("f = log(0 - x * x)", {"x": 1})],
)
def test_what_cannot_be_drawn_is_refused(program: str, values: dict[str, Any]) -> None:
    with pytest.raises(EngineError):
        varied(program, values, (), 1)


def test_an_example_stays_what_it_is() -> None:
    graph = lessons()["relu-and-dead-units"]["graphs"]["dead"]
    for seed in range(5):
        found = varied(graph["program"], graph["values"], graph["constants"], seed)
        run = engine.evaluate(engine.parse(graph["program"]), found, graph["constants"])
        assert run.values["s"] < 0 == run.values["a"]
    parts = lessons()["softmax-and-cross-entropy"]["graphs"]["parts"]
    classes = [varied(parts["program"], parts["values"], ["y"], seed)["y"] for seed in range(9)]
    assert all(sorted(one) == [0, 0, 1] for one in classes)
    assert len(set(map(tuple, classes))) > 1
    adam = lessons()["momentum-and-adam"]["graphs"]["adam"]
    found = varied(adam["program"], adam["values"], adam["constants"], 1)
    assert (found["c1"], found["c2"]) == (0.1, 0.001) and 0 < found["alpha"] < 1
