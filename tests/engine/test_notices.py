"""Notices: the first number that is not finite, how it came about, and what to write instead."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import evaluate, parse
from engine.remedies import REMEDIES


def notices(program: str, **values: Any) -> str:
    return "\n".join(evaluate(parse(program), values).notices)


# A program in which the formula goes wrong, and what the notice must hold.
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("log(softmax(x))[1]", {"x": [1000.0, 0.0]}, "write log_softmax(x) instead"),
    ("p = softmax(x @ W); L = -sum(y * log(p))",
     {"x": [1.0], "W": [[1000.0, 0.0]], "y": [0.0, 1.0]}, "write log_softmax((x @ W)) instead"),
    ("s = -x; a = sigmoid(s); L = log(a)", {"x": 1000.0}, "write -softplus(-s) instead"),
    ("log(1 - sigmoid(x))", {"x": 1000.0}, "write -softplus(x) instead"),
    ("log(1 + exp(x))", {"x": 1000.0}, "write softplus(x) instead"),
    ("e = exp(x); log(e + 1)", {"x": 1000.0}, "write softplus(x) instead"),
    ("1 / (1 + exp(-x))", {"x": -1000.0}, "write sigmoid(x) instead"),
    ("exp(x) / (1 + exp(x))", {"x": 1000.0}, "write sigmoid(x) instead"),
    ("e = exp(x); e / (1 + e)", {"x": 1000.0}, "write sigmoid(x) instead"),
    ("log(sum(exp(x)))", {"x": [1000.0, 0.0]}, "write logsumexp(x) instead"),
    ("e = exp(x); (e / sum(e))[0]", {"x": [1000.0, 0.0]}, "write softmax(x) instead"),
    ("sqrt(sum(x ** 2))", {"x": [0.0, 0.0]}, "write norm(x) instead"),
    ("sqrt(sum(x * x))", {"x": [0.0, 0.0]}, "write norm(x) instead"),
    ("x * log(x)", {"x": 0.0}, "write x * log(where(x, x, 1)) instead"),
    ("sum(y * log(p))", {"y": [0.0, 1.0], "p": [0.0, 1.0]},
     "write y * log(where(y, p, 1)) instead"),
    ("where(step(x), log(x), 0)", {"x": 0.0},
     "write where(step(x), log(where(step(x), x, 1)), 0) instead"),
    ("where(c, sqrt(x), 0)", {"c": 0.0, "x": 0.0}, "mask the input"),
    ("where(x, 1 / x, 0)", {"x": 0.0}, "write where(x, 1 / where(x, x, 1), 0) instead"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "values", "expected"), CASES)
def test_the_stable_formula_is_named(program: str, values: dict[str, Any], expected: str) -> None:
    assert expected in notices(program, **values)


@pytest.mark.parametrize(("program", "values", "expected"), CASES)
def test_nothing_is_said_while_all_is_finite(
    program: str, values: dict[str, Any], expected: str
) -> None:
    mild = {name: np.full(np.shape(value), 0.5) for name, value in values.items()}
    assert evaluate(parse(program), mild).notices == (), expected


# The instead of each row, at the numbers where its formula fails.
AT = {"x": [0.0, 1000.0, -1000.0], "y": 0.0, "c": 0.0, "w": 1.0}


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy.formula)
def test_what_is_proposed_is_finite_and_equal(remedy: Any) -> None:
    proposed = parse(f"sum({remedy.instead})")
    values = {name: AT[name] for name in proposed.leaves}
    if "log(where" in remedy.instead or "sqrt(where" in remedy.instead:
        values["x"] = 0.0
    run = evaluate(proposed, values)
    for name in proposed.leaves:
        assert np.isfinite(np.asarray(run.grads[name])).all()
    assert np.isfinite(run.value)
    mild = {name: [0.3, 0.8] for name in proposed.leaves}
    same = evaluate(parse(f"sum({remedy.formula})"), mild)
    assert evaluate(proposed, mild).value == pytest.approx(float(same.value), rel=1e-12)


def test_a_formula_that_did_no_harm_is_not_blamed() -> None:
    text = notices("a = log(softmax(x)); f = sum(a) * log(y)", x=[1.0, 2.0], y=-1.0)
    assert "not finite" in text
    assert "log_softmax" not in text


def test_the_first_value_that_is_not_finite_comes_with_its_way() -> None:
    text = notices("s = x * w; e = exp(s); f = e * 2 + e", x=30.0, w=40.0)
    assert text.startswith("The value of e is not finite: infinity. The way there: w → s → e.")


def test_a_leaf_that_is_not_finite_needs_no_way() -> None:
    assert notices("f = x * 2", x=np.nan) == "The value of x is not finite: NaN."


def test_the_first_gradient_that_is_not_finite_comes_with_its_way_back() -> None:
    text = notices("e = exp(x); d = 1 + e; f = log(d)", x=1000.0)
    assert (
        "The gradient of x is not finite: NaN. The way back: f → d → e → x, "
        "where the gradient 0 meets the slope ∞." in text
    )


def test_a_way_back_through_an_array_names_the_factors_of_the_element() -> None:
    text = notices("f = sum(w * sqrt(x))", x=[1.0, 0.0], w=[1.0, 0.0])
    assert "where the gradient 0 meets the slope ∞" in text


def test_a_long_way_is_shortened() -> None:
    lines = "\n".join(f"a{i + 1} = a{i} * 1" for i in range(40))
    text = notices(f"{lines}\nf = log(a40)", a0=0.0)
    assert "a0 → a1 → … → a39 → a40 → f." in text


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("f = x * 1e-400", True), ("f = x * 2.5E-9999 + 1e-3", True), ("f = x * 0.1e-330", True),
        ("f = x * 1e-300", False), ("f = x * 0e-400", False), ("f = x # 1.1.1e-400", False),
        ("x1e = 2; f = x1e-400", False),
    ],
)  # fmt: skip
def test_a_number_that_counts_as_zero_is_noticed(program: str, told: bool) -> None:
    graph = parse(program)
    found = evaluate(graph, dict.fromkeys(set(graph.leaves) - set(graph.defaults), 3.0)).notices
    assert any("counts as 0" in one for one in found) == told
