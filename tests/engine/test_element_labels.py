"""Symbols of elements are made from the symbols of their arrays."""

from __future__ import annotations

import pytest

from engine.element_labels import element_labels
from engine.latex import Label

LABELS = [
    (Label("x"), (2,), "x_{3}"), (Label("W"), (0, 2), "w_{1,3}"),
    (Label("W^{(1)}"), (0, 2), "w^{(1)}_{1,3}"), (Label("W_{1}"), (0, 2), "w^{(1)}_{1,3}"),
    (Label("W_1"), (9,), "w^{(1)}_{10}"), (Label(r"\hat{y}"), (0,), r"\hat{y}_{1}"),
    (Label(r"\theta"), (1,), r"\theta_{2}"), (Label("a_{i}^{(2)}"), (0,), "a^{(2)}_{i;1}"),
    (Label("a^{(2)}_{i}"), (0,), "a^{(2)}_{i;1}"), (Label(r"\mathrm{logits}"), (0,),
    r"\mathrm{logits}_{1}"), (Label(r"x \cdot w", True), (0, 0), r"{(x \cdot w)}_{1,1}"),
    (Label(r"{A}^{\top}"), (0, 0), r"{{A}^{\top}}_{1,1}"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "place", "expected"), LABELS)
def test_an_index_counts_from_one(label: Label, place: tuple[int, ...], expected: str) -> None:
    assert element_labels({"n": label}, {"e": ("n", place)}) == {"e": expected}


def test_a_capital_stays_where_the_small_letter_is_taken() -> None:
    found = element_labels({"W": Label("W"), "w": Label("w")}, {"e": ("W", (0,)), "f": ("w", (0,))})
    assert found == {"e": "W_{1}", "f": "w_{1}"}


def test_a_number_keeps_the_label_of_its_node() -> None:
    assert element_labels({"n": Label("L")}, {"L": ("n", ())}) == {}
