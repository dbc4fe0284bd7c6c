"""Values, gradients, edges and steps of whole programs."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

import engine
from engine import Descent, EngineError, Graph, Limits, Node, evaluate, parse
from tests.engine.cases import load

COLUMN = np.ones((3000, 1))


def run(program: str, **values: Any) -> engine.Run:
    return evaluate(parse(program), values)


@pytest.mark.parametrize("case", load("conformance.json")["programs"], ids=lambda c: c["program"])
def test_an_independent_framework_agrees(case: dict[str, Any]) -> None:
    found = evaluate(parse(case["program"]), case["values"])
    np.testing.assert_allclose(found.value, case["value"], 1e-9, 1e-12)
    for name, grad in case["grads"].items():
        np.testing.assert_allclose(np.asarray(found.grads[name]), grad, 1e-9, 1e-12)
    for name, named in case["named"].items():
        np.testing.assert_allclose(found.values[name], named["value"], 1e-9, 1e-12)
        np.testing.assert_allclose(np.asarray(found.grads[name]), named["grad"], 1e-9, 1e-12)


def test_the_lecture_takes_fourteen_steps(chain: str, chain_values: dict[str, float]) -> None:
    found = evaluate(parse(chain), chain_values, ("x1", "y"), Descent(0.1, ("w2", "w1")))
    assert [(s.index, s.phase, s.node, s.source) for s in found.steps] == [
        (0, "forward", "s1", None), (1, "forward", "a1", None), (2, "forward", "s2", None),
        (3, "forward", "a2", None), (4, "loss", "L", None), (5, "backward", "L", None),
        (6, "backward", "L", "a2"), (7, "backward", "a2", "s2"), (8, "backward", "s2", "a1"),
        (9, "backward", "s2", "w2"), (10, "backward", "a1", "s1"), (11, "backward", "s1", "w1"),
        (12, "update", "w2", None), (13, "update", "w1", None),
    ]  # fmt: skip
    assert [float(u.new) for u in found.updates] == pytest.approx([0.504237288, -0.498681230])
    for one in found.updates:
        assert one.new == one.old + one.change == one.old - 0.1 * one.gradient
    assert found.grads["x1"] is None
    assert found.edges[0].contribution is None


def test_fan_out_adds_in_step_order() -> None:
    found = run("f = x * x + x", x=3)
    backward = [s for s in found.steps if s.source == "x"]
    assert [(s.node, s.slot) for s in backward] == [("f", 1), ("%1", 0), ("%1", 1)]
    assert found.grads["x"] == 7
    assert [float(found.totals[s.edge or 0]) for s in backward] == [1, 4, 7]


def test_contributions_add_up_to_the_gradient() -> None:
    found = run("a = x*y; b = a*a + a; c = sin(a) * b; f = sum(c + a * x)", x=[1.5, 2.5], y=0.7)
    for node in found.graph.nodes:
        total = np.ones(()) if node.id == found.graph.output else None
        for step in found.steps:
            if step.source == node.id and step.edge is not None:
                part = found.edges[step.edge].contribution
                assert part is not None
                total = part if total is None else total + part
        if total is not None:
            np.testing.assert_array_equal(total, np.asarray(found.grads[node.id]))


def test_nothing_flows_into_constants() -> None:
    found = evaluate(parse("f = (x + 1) ** 2 * c"), {"x": 1, "c": 3}, ["c"])
    assert found.grads["c"] is None
    assert {s.source for s in found.steps if s.source} == {"x", "%2", "%4"}
    assert found.grads["%1"] is None


def test_a_dead_node_gets_exactly_zero() -> None:
    found = run("d = log(x); e = d * 0; f = x * 2", x=0)
    assert found.grads["d"] == 0
    assert found.grads["x"] == 2
    assert found.grads["e"] == 0


def test_a_leaf_without_influence_has_gradient_zero() -> None:
    assert run("f = x; g = y * 2", x=1, y=2).grads["x"] == 0


def test_aliases_read_the_same_value() -> None:
    found = run("a = x; f = a * a", x=3)
    assert found.values["a"] == 3
    assert found.grads["a"] == 6


def test_an_output_that_is_no_number_has_values_and_a_notice() -> None:
    found = run("f = x * 2", x=[1, 2])
    assert found.grads == {"x": None, "%1": None, "f": None}
    assert "sum(" in found.notices[0]
    assert {s.phase for s in found.steps} == {"forward"}


def test_one_element_is_enough() -> None:
    np.testing.assert_array_equal(np.asarray(run("f = x * 2", x=[[3]]).grads["x"]), [[2.0]])


@pytest.mark.parametrize("x", [3.0, [1.0, 2.0], [[1.0], [2.0]]])
def test_gradients_have_their_values_shape(x: Any) -> None:
    found = run("f = sum(x * W + b)", x=x, W=[[1.0, 2.0], [3.0, 4.0]], b=[0.5])
    for name in found.graph.leaves:
        assert np.shape(np.asarray(found.grads[name])) == np.shape(found.values[name])


def test_huge_powers_are_infinite_and_quick() -> None:
    start = time.perf_counter()
    found = run("f = 9**9**9**9 + 0*x", x=1)
    assert found.value == np.inf
    assert "not finite" in found.notices[0]
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize("text", ["log(x - 1)", "1 / (x - 1)", "sqrt(-x)", "(x - 1) / (x - 1)",
                                  "exp(1000 * x)", "(-x * 2) ** 0.5"])  # fmt: skip
def test_what_is_not_finite_is_kept_and_flagged(text: str) -> None:
    found = run(text, x=1)
    assert not np.isfinite(found.value)
    assert found.notices


def test_recorded_arrays_cannot_be_written() -> None:
    given = np.array([1.0, 2.0])
    found = run("f = sum(x * 2)", x=given)
    given[0] = 9
    assert found.values["x"][0] == 1
    with pytest.raises(ValueError, match="read-only"):
        found.values["%2"][0] = 1


def test_the_same_run_twice_is_bit_equal() -> None:
    one, two = (run("f = sum(tanh(x) ** 3)", x=[0.1, 0.7]) for _ in range(2))
    assert np.array_equal(np.asarray(one.grads["x"]), np.asarray(two.grads["x"]))


def linear_chain(n: int) -> Graph:
    nodes = (Node(f"n{i}", "sin", (f"n{i - 1}" if i else "x",)) for i in range(n))
    return Graph((Node("x"), *nodes), f"n{n - 1}")


def test_a_hundred_thousand_nodes_take_linear_time() -> None:
    found = evaluate(linear_chain(100_000), {"x": 0.5}, limits=Limits(nodes=200_000))
    assert len(found.steps) == 200_001


@pytest.mark.parametrize(
    ("values", "pointer"),
    [({"x": True}, "/values/x"), ({"x": "3"}, "/values/x"), ({"x": [1, True]}, "/values/x/1"),
     ({"x": [[1, 2], [3]]}, "/values/x/1"), ({"x": [1, [2]]}, "/values/x/1"),
     ({"x": None}, "/values/x"), ({"x": 10**400}, "/values/x"), ({"x": 1j}, "/values/x"),
     ({"x": [[1, 2, None]]}, "/values/x/0/2"), ({"x": np.array(["a"])}, "/values/x"),
     ({"x": [[[[[1]]]]]}, "/values/x")],
)  # fmt: skip
def test_values_are_strict(values: dict[str, Any], pointer: str) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse("sum(x)"), values)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("dtype", ["float32", "int8", ">f8", "uint16"])
def test_every_kind_of_number_becomes_float64(dtype: str) -> None:
    found = run("f = sum(x)", x=np.arange(6).astype(dtype)[::2])
    assert found.values["x"].dtype == np.float64
    assert found.value == 6


def test_missing_values_are_all_named() -> None:
    with pytest.raises(EngineError) as caught:
        run("x * y * z", y=1)
    assert caught.value.missing == ("x", "z")


def test_unused_values_are_a_notice() -> None:
    assert len(run("q = x * 2", x=1, q=3, other=4).notices) == 2


def test_values_names_are_normalised() -> None:
    assert evaluate(parse("fi * 2"), {"ﬁ": 3}).value == 6


@pytest.mark.parametrize(
    ("program", "values", "limits", "name"),
    [
        ("sum(a * b)", {"a": COLUMN, "b": COLUMN.T}, Limits(), "array_elements"),
        ("sum(a @ b)", {"a": COLUMN, "b": COLUMN.T}, Limits(), "array_elements"),
        ("sum(a @ a)", {"a": np.ones((400, 400))}, Limits(multiply_adds=10**6), "multiply_adds"),
        ("sum(a + a + a)", {"a": np.ones(100)}, Limits(total_elements=250), "total_elements"),
        ("x * x", {"x": 1}, Limits(nodes=1), "nodes"),
    ],
)  # fmt: skip
def test_limits_hold_before_anything_is_allocated(
    program: str, values: dict[str, Any], limits: Limits, name: str
) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse(program), values, limits=limits)
    assert caught.value.limit is not None
    assert caught.value.limit.name == name


@pytest.mark.parametrize(
    ("program", "node"),
    [("f = sum(x + y)", "%1"), ("q = x @ 2", "q"), ("q = mse(x, y)", "q"), ("q = x @ y", "q"),
     ("q = sum(x, axis=1)", "q"), ("q = x[5]", "q"), ("q = mean(x[1:1])", "q"),
     ("q = x[0, 0]", "q"), ("q = reshape(x, 4)", "q"), ("q = softmax(x[0])", "q")],
)  # fmt: skip
def test_shapes_that_do_not_fit_name_the_node(program: str, node: str) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse(program), {"x": [1, 2], "y": [1, 2, 3]} if "y" in program else {"x": [1, 2]})
    assert caught.value.node == node
    assert caught.value.position is not None


@pytest.mark.parametrize(
    "update", [Descent(0.1, ("q",)), Descent(0.1, ("c",)), Descent(0.1, ("x", "x")),
               Descent(float("nan"), ("x",)), Descent(True, ("x",)), Descent(1, ("none",))],
)  # fmt: skip
def test_only_leaves_with_gradients_are_updated(update: Descent) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse("q = x * c; f = q * q"), {"x": 1, "c": 2}, ["c"], update)
    assert str(caught.value.pointer).startswith("/update")


def test_constants_are_leaves() -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse("q = x * 2"), {"x": 1}, ["x", "q"])
    assert caught.value.pointer == "/constants/1"
