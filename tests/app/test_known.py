"""A program that was read before is answered as one that is new."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from app import answers, known
from app.graph_models import GraphRequest

VALUES: list[dict[str, Any]] = [
    {"x": 2, "y": 3, "z": 4}, {"x": -1.5, "y": 0, "z": 2}, {"x": [1, 2], "y": [3, 4], "z": 2},
]  # fmt: skip
LABELS: list[dict[str, str]] = [{}, {"q": "sum", "x": r"\alpha"}]
WAYS: list[dict[str, Any]] = [
    {}, {"explain": "en"}, {"explain": "pt-BR"}, {"constants": ["z"]}, {"detail": "scalar"},
]  # fmt: skip


@pytest.mark.parametrize("program", ["q = x + y\nf = sum(q * z)", "q = (x + y)**2\nsum(q*z)"])
def test_what_is_remembered_changes_no_answer(program: str) -> None:
    asked = [
        GraphRequest.model_validate({"program": program, "values": values, "labels": labels, **way})
        for values, labels, way in product(VALUES, LABELS, WAYS)
    ]
    known._graph.cache_clear()
    remembered = [answers.graph(one) for one in (*asked, *asked)][len(asked) :]
    for one, answer in zip(asked, remembered, strict=True):
        known._graph.cache_clear()
        known.edges.cache_clear()
        assert answers.graph(one) == answer


def test_long_programs_are_not_kept() -> None:
    long = "f = x" + " + x" * known.SHORT
    assert known.graph(long) is not known.graph(long)
    assert known.graph("f = x + 1") is known.graph("f = x + 1")
