"""Derivatives as graphs equal the rules on arrays, and can be differentiated again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import OPS, EngineError, Limits, evaluate, parse
from engine.derivatives.rules import RULES
from engine.gradient import gradient_graph, gradients, hessian, hessian_vector, newton_step
from engine.ops import Op
from engine.ops.row import Sample
from tests.engine.programs import Case, programs
from tests.engine.test_expand import CASES, weighted

STEP = 1e-5


# Rows without a rule in terms that cannot be asked themselves, and why.
NOT_COVERED: dict[str, str] = {}


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_every_row_can_be_written_in_terms_or_says_why_not(op: Op) -> None:
    assert op.name in RULES or op.elementwise or op.name in NOT_COVERED
    assert set(RULES) <= set(OPS)


def test_an_elementwise_row_without_a_rule_is_asked_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = {name: rule for name, rule in RULES.items() if name not in ("sin", "div", "relu")}
    monkeypatch.setattr("engine.derivatives.rules.RULES", rules)
    found = hessian(parse("f = sin(x) / x"), {"x": 0.7}, "x")
    x = 0.7
    wanted = -np.sin(x) / x - 2 * np.cos(x) / x**2 + 2 * np.sin(x) / x**3
    np.testing.assert_allclose(found, [[wanted]], 1e-12)
    with pytest.raises(EngineError, match="relu") as caught:
        hessian(parse("q = relu(x)"), {"x": 0.7}, "x")
    assert caught.value.node == "q"


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_each_rule_in_terms_equals_the_rule_on_arrays(op: Op, sample: Sample) -> None:
    graph, values = weighted(op, sample)
    run = evaluate(graph, values)
    leaves = [name for name in graph.leaves if name != "w"]
    made = gradients(graph, values, leaves)
    made.graph.check()
    found = evaluate(made.graph, values)
    for leaf in leaves:
        grad = run.grads[leaf]
        assert grad is not None
        assert np.shape(found.values[made.of[leaf]]) == np.shape(grad)
        np.testing.assert_allclose(found.values[made.of[leaf]], grad, 1e-12, 1e-13)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_second_derivatives_agree_with_differences_of_gradients(op: Op, sample: Sample) -> None:
    graph, values = weighted(op, sample)
    rng = np.random.default_rng(3)
    leaves = [name for i, name in enumerate(graph.leaves) if name != "w" and i not in sample.held]
    direction = {name: rng.uniform(-1, 1, np.shape(values[name])) for name in leaves}
    found = hessian_vector(graph, values, direction)
    ends = []
    for sign in (-1, 1):
        moved = {name: values[name] + sign * STEP * direction[name] for name in leaves}
        ends.append(evaluate(graph, {**values, **moved}).grads)
    for name in leaves:
        difference: Any = (np.asarray(ends[1][name]) - np.asarray(ends[0][name])) / (2 * STEP)
        np.testing.assert_allclose(found[name], difference, 1e-5, 1e-5)


@settings(deadline=None, max_examples=60)
@given(programs())
def test_the_gradient_graph_of_random_programs(case: Case) -> None:
    program, values = case
    graph = parse(program)
    run = evaluate(graph, values)
    made = gradients(graph, values, graph.leaves)
    found = evaluate(made.graph, values)
    sizes = [float(np.max(np.abs(g), initial=0)) for g in run.grads.values() if g is not None]
    allowed = 1e-13 * max(1.0, *sizes)
    for leaf in graph.leaves:
        wanted = np.asarray(run.grads[leaf])
        np.testing.assert_allclose(found.values[made.of[leaf]], wanted, 1e-10, allowed)


@settings(deadline=None, max_examples=25)
@given(programs(smooth=True, statements=4))
def test_hessians_are_symmetric(case: Case) -> None:
    program, values = case
    graph = parse(program)
    found = hessian(graph, values, graph.leaves)
    np.testing.assert_allclose(found, found.T, 1e-8, 1e-9 * max(1.0, float(np.max(np.abs(found)))))


def test_the_gradient_is_a_graph_like_any_other() -> None:
    graph = parse("f = sin(x) * x")
    first = gradient_graph(graph, {"x": 0.5}, "x")
    first.check()
    assert first.output == "df_dx"
    run = evaluate(first, {"x": 0.5})
    assert float(run.value) == pytest.approx(np.sin(0.5) + 0.5 * np.cos(0.5), rel=1e-14)
    second = gradient_graph(first, {"x": 0.5}, "x")
    third = gradient_graph(second, {"x": 0.5}, "x")
    wanted = 2 * np.cos(0.5) - 0.5 * np.sin(0.5)
    assert float(evaluate(second, {"x": 0.5}).value) == pytest.approx(wanted, rel=1e-13)
    wanted = -3 * np.sin(0.5) - 0.5 * np.cos(0.5)
    assert float(evaluate(third, {"x": 0.5}).value) == pytest.approx(wanted, rel=1e-13)


def test_what_does_not_matter_is_left_out() -> None:
    made = gradient_graph(parse("a = sin(y); f = x * x + a * y"), {"x": 3, "y": 1}, "x")
    assert set(made.leaves) == {"x"}
    assert evaluate(made, {"x": 3}).value == 6


def test_a_leaf_without_influence_has_gradient_zero() -> None:
    made = gradient_graph(parse("g = x * [1, 2]; f = y * y"), {"x": [1, 2], "y": 1}, "x")
    assert evaluate(made, {}).value.tolist() == [0, 0]


def test_the_hessian_of_a_known_function() -> None:
    graph = parse("f = sum(x * x * x) + x[0] * x[1] * y")
    found = hessian(graph, {"x": [1, 2], "y": 3}, ["x", "y"])
    np.testing.assert_allclose(found, [[6, 3, 2], [3, 12, 1], [2, 1, 0]], 1e-14)


def test_newton_reaches_the_minimum_of_a_square_at_once() -> None:
    graph = parse("f = (x - 3) ** 2 + 2 * (y + x) ** 2")
    moved = newton_step(graph, {"x": 10, "y": -20}, ["x", "y"])
    assert (float(moved["x"]), float(moved["y"])) == pytest.approx((3, -3))
    with pytest.raises(EngineError, match="singular"):
        newton_step(parse("f = (x + y) ** 2"), {"x": 1, "y": 1}, [*"xyx"])
    with pytest.raises(EngineError, match="singular"):
        newton_step(parse("f = x * 2"), {"x": 1}, "x")


@pytest.mark.parametrize(
    ("program", "wrt", "words"),
    [("f = x * 2", "q", "no leaf"), ("f = x * [1, 2]", "x", "number as output"),
     ("q = x * 2; f = q * q", "q", "no leaf")],
)  # fmt: skip
def test_what_has_no_gradient_graph_is_said(program: str, wrt: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        gradient_graph(parse(program), {"x": 1}, wrt)


def test_limits_hold() -> None:
    with pytest.raises(EngineError) as caught:
        gradient_graph(parse("f = sin(x) * cos(x)"), {"x": 1}, "x", Limits(nodes=6))
    assert caught.value.limit is not None
    with pytest.raises(EngineError) as caught:
        hessian(parse("f = sum(x * x)"), {"x": np.ones(500)}, "x")
    assert caught.value.limit is not None
