"""Gradients against finite differences, on random programs too; nudges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import EngineError, Limits, check_gradients, evaluate, nudge, parse

LEAVES = st.sampled_from(["x", "y", "z", "0.5", "2", "-1.5"])
UNARY = st.sampled_from(["sigmoid", "tanh", "sin", "cos", "softplus", "exp", "gelu", "silu", "-"])
BINARY = st.sampled_from(["+", "-", "*"])
PROGRAMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(UNARY, inner).map(lambda t: f"({t[0]}({t[1]}))"),
        st.tuples(inner, BINARY, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"({t} / (2 + sin({t})))"),
    ),
    max_leaves=8,
)
NUMBERS = st.floats(-1.5, 1.5)


@settings(max_examples=150, deadline=None)
@given(PROGRAMS, NUMBERS, NUMBERS, NUMBERS)
def test_random_programs_agree_with_finite_differences(
    text: str, x: float, y: float, z: float
) -> None:
    graph = parse(f"f = {text} + x * y * z")
    values = {"x": x, "y": y, "z": z}
    run = evaluate(graph, values)
    size = max([1.0] + [abs(float(v)) for v in run.values.values()])
    slopes = [abs(float(g)) for g in run.grads.values() if g is not None]
    if size > 1e3 or max(slopes) > 1e3:
        return
    for check in check_gradients(graph, values).values():
        assert check.analytic == pytest.approx(check.numeric, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("program", ["sum(tanh(x @ W) ** 2)", "mean(x * W.T)", "max(W) + min(x)"])
def test_matrices_are_checked_element_by_element(program: str) -> None:
    rng = np.random.default_rng(0)
    checks = check_gradients(parse(program), {"x": rng.random((3, 2)), "W": rng.random((2, 3))})
    assert set(checks) == {"x", "W"}
    assert max(check.max_relative_error for check in checks.values()) < 1e-7


def test_constants_are_not_checked(chain: str, chain_values: dict[str, float]) -> None:
    checks = check_gradients(parse(chain), chain_values, ["x1", "y"])
    assert set(checks) == {"w1", "w2"}


def test_a_check_is_bounded() -> None:
    with pytest.raises(EngineError) as caught:
        check_gradients(parse("sum(x)"), {"x": np.ones(1000)}, limits=Limits(multiply_adds=10**5))
    assert caught.value.limit is not None


def test_a_nudge_moves_an_intermediate_value(chain: str, chain_values: dict[str, float]) -> None:
    found = nudge(parse(chain), chain_values, "a1", 1e-4)
    assert found.slope == pytest.approx(found.gradient, rel=1e-6)
    assert found.slope == (found.plus - found.minus) / (2 * found.h)


def test_a_nudge_moves_one_element() -> None:
    found = nudge(parse("sum(W ** 2)"), {"W": [[1, 2], [3, 4]]}, "W", 0.5, (1, 0))
    assert (found.minus, found.plus, found.slope, found.gradient) == (27.25, 33.25, 6, 6)


@pytest.mark.parametrize(
    ("node", "h", "index"),
    [("none", 0.1, (0,)), ("x", 0, (0,)), ("x", -1, (0,)), ("x", True, (0,)), ("x", 0.1, ()),
     ("x", 0.1, (2,)), ("x", 0.1, (-1,)), ("x", float("inf"), (0,))],
)  # fmt: skip
def test_a_wrong_nudge_is_refused(node: str, h: float, index: tuple[int, ...]) -> None:
    with pytest.raises(EngineError) as caught:
        nudge(parse("sum(x)"), {"x": [1, 2]}, node, h, index)
    assert str(caught.value.pointer).startswith("/nudge/")


# A program at a kink, beside one, and at points that only look like one; x = 0 throughout.
KINKS = [
    ("relu(x)", True), ("abs(x)", True), ("maximum(x, -2 * x)", True), ("step(x)", True),
    ("sign(x)", True), ("1000 * x + 0.01 * relu(x)", True), ("relu(x - 1e-6)", True),
    ("relu(x + 3e-6)", True), ("relu(x) * 1e6", True), ("sum(max(x * [1, 2]))", True),
    ("norm(x * [1, 1])", True), ("clip(x, 0, 1)", True), ("leaky_relu(x)", True),
    ("x ** 2", False), ("x ** 3", False), ("exp(100 * x)", False), ("sin(50 * x)", False),
    ("1e6 + x ** 2", False), ("x * abs(x)", False), ("relu(x) ** 2", False), ("relu(x - 1)", False),
    ("x - x", False), ("relu(x) - relu(-x)", False), ("cos(x)", False), ("2 * x + 1e9", False),
    ("sqrt(x)", False), ("log(x)", False), ("1 / x", False), ("softplus(20 * x)", False),
    ("elu(x)", False), ("sum(layer_norm([0.3, 0.7, -1.2] + x))", False),
]  # fmt: skip


@pytest.mark.parametrize(("program", "kink"), KINKS)
def test_a_kink_is_told_from_curvature(program: str, kink: bool) -> None:
    graph = parse(program)
    assert check_gradients(graph, {"x": 0.0})["x"].kink is kink
    assert nudge(graph, {"x": 0.0}, "x", 0.1).kink is kink


def test_an_element_at_a_kink_is_no_error_and_the_others_are_measured() -> None:
    check = check_gradients(parse("sum(relu(x))"), {"x": [1.0, 0.0, -1.0]})["x"]
    assert check.kink
    assert check.max_relative_error < 1e-9
    np.testing.assert_allclose(check.numeric, [1, 0.5, 0], atol=1e-9)
