"""Single numbers of parameters are named as nodes of the scalar graph are, and nothing else is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training import elements
from app.training.elements import Element
from engine.errors import ValueProblem
from tests.app.training.networks import LINE, begun

SHAPES: dict[str, Any] = {"W1": (2, 3), "b1": (3,), "w": ()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("W1[1,2]", Element("W1", (1, 2))),
        (" W1 [ 0 , 2 ] ", Element("W1", (0, 2))),
        ("b1[2]", Element("b1", (2,))),
        ("w", Element("w", ())),
    ],
)
def test_a_name_is_read_and_written(text: str, found: Element) -> None:
    assert elements.element(text, SHAPES, "/a") == found
    assert found.name == text.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    ["", "W1", "W1[0]", "W1[2,0]", "W1[0,3]", "W1[0,0,0]", "W1[-1,0]", "W1[0,0", "W1[]", "w[0]",
     "W2[0,0]", "x", "W1[0.5,0]", "W1[٠,0]b", "W1[99999999,0]", "W1.T[0,0]"],
)  # fmt: skip
def test_what_names_no_number_is_refused_with_names_that_do(text: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        elements.element(text, SHAPES, "/b")
    assert refused.value.pointer == "/b"
    assert "W1[0,0]" in refused.value.message or "w is the first" in refused.value.message


def test_an_element_reads_its_number() -> None:
    arrays = {"W1": np.arange(6.0).reshape(2, 3), "w": np.array(7.0)}
    assert Element("W1", (1, 2)).of(arrays) == 5.0
    assert Element("w", ()).of(arrays) == 7.0


def test_symbols_are_those_of_the_scalar_graph() -> None:
    session = begun()
    nodes = session.graph("scalar")["nodes"]
    symbols = {node["id"]: node["latex"] for node in nodes}
    for name in ("W1[1,2]", "b1[0]", "W2[2,0]"):
        shapes = {key: np.shape(session.arrays[key]) for key in session.model.trainable}
        assert elements.latex(session.model, elements.element(name, shapes, "/a")) == symbols[name]
    line = begun(LINE)
    assert elements.latex(line.model, Element("w", ())) == "w"
