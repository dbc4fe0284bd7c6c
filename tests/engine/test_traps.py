"""Where autodiff engines go wrong: odd inputs, empties, far-out numbers, shared memory, fan-out."""

from __future__ import annotations

import itertools
import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPS, EngineError, Graph, Node, Run, evaluate, parse
from engine.ops import Op
from tests.engine.programs import Case, programs
from tests.engine.row_checks import draw, samples, swallows_nan


def run(program: str, **values: Any) -> Run:
    return evaluate(parse(program), values)


def frozen(array: Any) -> Any:
    array.flags.writeable = False
    return array


BASE = np.arange(12.0).reshape(3, 4) / 4 - 1
ODD: dict[str, Any] = {
    "every second": BASE[:, ::2],
    "transposed": BASE.T,
    "turned around": BASE[::-1],
    "broadcast": np.broadcast_to(BASE[0], (3, 4)),
    "Fortran order": np.asfortranarray(BASE),
    "big-endian": BASE.astype(">f8"),
    "read-only": frozen(BASE.copy()),
    "integers": np.arange(6).reshape(2, 3) - 2,
    "bytes": np.arange(6, dtype=np.uint8).reshape(2, 3),
    "float32": BASE.astype(np.float32),
    "float16": BASE.astype(np.float16),
    "NumPy number": np.float64(0.5),
    "NumPy integer": np.int32(3),
    "0-d": np.array(0.5),
    "whole number": 3,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_arrays_are_read_as_what_they_hold(name: str) -> None:
    plain = np.array(ODD[name], dtype=np.float64, order="C")
    before = np.array(ODD[name])
    found = run("f = sum(tanh(x) * x ** 2)", x=ODD[name])
    expected = run("f = sum(tanh(x) * x ** 2)", x=plain)
    assert found.value == expected.value
    np.testing.assert_array_equal(np.asarray(found.grads["x"]), np.asarray(expected.grads["x"]))
    assert np.asarray(found.grads["x"]).dtype == np.float64
    np.testing.assert_array_equal(np.array(ODD[name]), before)


@pytest.mark.parametrize(
    "value", [np.array([True, False]), np.array([object()]), np.array(["1"]), np.array([1j]), True]
)
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(EngineError):
        run("sum(x)", x=value)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_nan_never_vanishes(op: Op) -> None:
    rng = np.random.default_rng(7)
    for sample in samples(op):
        assert not swallows_nan(op, sample, draw(sample, rng))


CALLED = [op for op in OPS.values() if op.call and op.arity == 1]
EMPTY: list[Any] = [[], [[], [], []], np.zeros((0, 3)), np.zeros((2, 0, 2))]


@pytest.mark.parametrize("op", CALLED, ids=lambda op: op.name)
@pytest.mark.parametrize("empty", EMPTY, ids=np.shape)
def test_empties_are_computed_or_refused_with_a_sentence(op: Op, empty: Any) -> None:
    rest = {"embedding": ", [0]", "reshape": ", 0, 5", "clip": ", 0, 1"}.get(op.name, "")
    try:
        found = run(f"sum({op.name}(x{rest}))", x=empty)
    except EngineError as error:
        assert error.message.endswith(".")
        return
    assert np.shape(np.asarray(found.grads["x"])) == np.shape(empty)


SATURATING = ("tanh", "sigmoid", "softplus", "silu", "gelu", "relu", "leaky_relu", "elu", "clip")
FAR = [s * x for x in (709.0, 710.0, 745.0, 746.0, 1e3, 1e5, 1e20) for s in (1, -1)]


@pytest.mark.parametrize("name", SATURATING)
@pytest.mark.parametrize("x", FAR)
def test_saturating_functions_neither_overflow_nor_warn(name: str, x: float) -> None:
    op = OPS[name]
    params = {"min": 0.0, "max": 1.0} if name == "clip" else {p.name: p.default for p in op.params}
    point: Any = np.float64(x)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        z = op.forward(point, **params)
        local = op.local(0, z, (point,), params)
    assert np.isfinite(z)
    assert np.isfinite(local)


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
@pytest.mark.parametrize("shift", [0.0, 709.0, -745.0, 1e6, -1e6])
def test_a_shift_of_all_scores_is_taken_out(name: str, shift: float) -> None:
    x = np.array([[0.5, -1.0, 2.0], [0.0, 0.25, -3.0]])
    there, here = run(f"{name}(x)", x=x + shift), run(f"{name}(x)", x=x)
    moved = shift if name == "logsumexp" else 0.0
    assert np.max(np.abs(there.value - moved - here.value)) <= 1e-15 * max(1.0, abs(shift)) * 4


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-700, 700), min_size=1, max_size=30))
def test_probabilities_add_up_to_one(x: list[float]) -> None:
    assert abs(math.fsum(run("softmax(x)", x=x).value) - 1) <= 1e-15 * len(x)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_sums_stay_near_the_exact_sum(x: list[float]) -> None:
    allowed = 1e-15 * len(x) * math.fsum(map(abs, x))
    assert abs(float(run("sum(x)", x=x).value) - math.fsum(x)) <= allowed


# An operation with a kink, where it is, and its slopes to the left and to the right.
KINKS = [
    ("relu(x)", 0.0, 0.0, 1.0), ("abs(x)", 0.0, -1.0, 1.0), ("leaky_relu(x, 0.1)", 0.0, 0.1, 1.0),
    ("clip(x, -1, 2)", -1.0, 0.0, 1.0), ("clip(x, -1, 2)", 2.0, 1.0, 0.0),
    ("maximum(x, 1)", 1.0, 0.0, 1.0), ("minimum(x, 1)", 1.0, 1.0, 0.0),
    ("sum(max(x * [1, 3]))", 0.0, 1.0, 3.0), ("sign(x)", 0.0, 0.0, 0.0),
    ("step(x)", 0.0, 0.0, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("program", "kink", "left", "right"), KINKS)
def test_beside_a_kink_the_slopes_are_one_sided(
    program: str, kink: float, left: float, right: float
) -> None:
    for x, slope in ((kink - 1e-3, left), (kink + 1e-3, right)):
        assert run(program, x=x).grads["x"] == pytest.approx(slope, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(programs())
def test_gradients_never_share_memory(case: Case) -> None:
    program, values = case
    found = run(program, **values)
    nodes = [node.id for node in found.graph.nodes if found.grads[node.id] is not None]
    arrays = [np.asarray(found.grads[name]) for name in nodes]
    for (a, one), (b, other) in itertools.combinations(zip(nodes, arrays, strict=True), 2):
        assert not np.shares_memory(one, other), f"{a} and {b} in {program}"


@pytest.mark.parametrize(
    "program",
    [
        "sum(reshape(x, 4))",
        "sum(x.T)",
        "sum(x)",
        "sum(x[0])",
        "sum(concat([x, x]))",
        "sum(x[::-1])",
    ],
)
def test_views_do_not_share_memory(program: str) -> None:
    found = run(f"y = x * 1; f = {program.replace('x', 'y')}", x=[[1.0, 2.0], [3.0, 4.0]])
    grads = [np.asarray(found.grads[node.id]) for node in found.graph.nodes if node.op]
    for one, other in itertools.combinations(grads, 2):
        assert not np.shares_memory(one, other)


@pytest.mark.parametrize(("op", "slope"), [("add", 2.0**30), ("mul", 2.0**30)])
def test_a_diamond_thirty_deep_takes_thirty_steps(op: str, slope: float) -> None:
    nodes = [Node(f"n{i}", op, (f"n{i - 1}" if i else "x",) * 2) for i in range(30)]
    start = time.perf_counter()
    found = evaluate(Graph((Node("x"), *nodes), "n29"), {"x": 1.0})
    assert found.grads["x"] == slope
    assert len(found.steps) == 30 + 1 + 60
    assert time.perf_counter() - start < 1


def test_one_matrix_in_both_slots_gets_both_gradients() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    found = run("f = sum(x @ x)", x=x)
    ones = np.ones((2, 2))
    np.testing.assert_array_equal(np.asarray(found.grads["x"]), ones @ x.T + x.T @ ones)


@settings(max_examples=60, deadline=None)
@given(programs(statements=4), st.floats(-2, 2), st.floats(-2, 2))
def test_the_backward_pass_is_linear_in_what_flows_back(case: Case, a: float, b: float) -> None:
    program, values = case
    output = parse(program).output
    name = output if not output.startswith("%") else "t0"
    one = run(f"{program}\nh = a * {name} + b * {name}", **values, a=a, b=b)
    for leaf in values:
        whole = run(program, **values).grads[leaf]
        assert whole is not None
        np.testing.assert_allclose(
            np.asarray(one.grads[leaf]), (a + b) * whole, rtol=1e-9, atol=1e-9
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_elements_changes_only_the_order_of_gradients(x: list[float], r: Any) -> None:
    order = r.sample(range(len(x)), len(x))
    for program in ("sum(log(x) ** 2)", "norm(x)", "logsumexp(x)", "var(x)", "prod(sqrt(x))"):
        straight = np.asarray(run(program, x=x).grads["x"])
        moved = np.asarray(run(program, x=[x[i] for i in order]).grads["x"])
        np.testing.assert_allclose(moved, straight[order], rtol=1e-11, atol=1e-11)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_product_is_the_exponential_of_a_sum_of_logarithms(a: float, b: float) -> None:
    product, sums = (run(text, a=a, b=b) for text in ("a * b", "exp(log(a) + log(b))"))
    for name in "ab":
        assert product.grads[name] == pytest.approx(float(sums.grads[name] or 0), rel=1e-12)


def test_a_batch_of_one_is_its_row() -> None:
    values = {"W": [[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]], "y": [0.0, 1.0, 0.0]}
    row = run("cross_entropy(x @ W, y)", x=[0.3, -0.7], **values)
    batch = run("cross_entropy(x @ W, y)", x=[[0.3, -0.7]], W=values["W"], y=[values["y"]])
    assert row.value == pytest.approx(float(batch.value), rel=1e-15)
    np.testing.assert_allclose(np.asarray(row.grads["W"]), np.asarray(batch.grads["W"]), rtol=1e-15)
