"""Every row of the table against finite differences, a second formula, and what it says itself."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest

from engine import OPS, check_gradients, parse
from engine.errors import ShapeError
from engine.ops import CALLS, Op
from engine.ops.row import Sample, broadcast
from engine.passes import unbroadcast
from tests.engine.finite import evaluate_latex
from tests.engine.references import REFERENCES
from tests.engine.row_checks import draw, off_differences, off_reference

LEAST_POINTS = 100
CASES = [
    pytest.param(op, sample, id=f"{op.name}-{i}")
    for op in OPS.values()
    for i, sample in enumerate(op.samples)
]
SCALARS = [
    pytest.param(op, sample, id=f"{op.name}-{i}")
    for op in OPS.values()
    for i, sample in enumerate(op.samples)
    if not any(sample.shapes) and op.shape(*sample.shapes, **sample.params) == ()
]


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_each_jacobian_agrees_with_finite_differences(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(1)
    for _ in range(max(20, math.ceil(LEAST_POINTS / len(op.samples)))):
        args = draw(sample, rng)
        assert off_differences(op, sample, args) <= 1, args


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_each_row_agrees_with_a_second_formula(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(2)
    for _ in range(20):
        args = draw(sample, rng)
        assert off_reference(op, sample, args) <= 1, args


def test_every_second_formula_is_of_a_row() -> None:
    assert set(REFERENCES) <= set(OPS)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_shape_is_known_before_the_value(op: Op, sample: Sample) -> None:
    args = draw(sample, np.random.default_rng(2))
    expected = op.shape(*sample.shapes, **sample.params)
    assert np.shape(op.forward(*args, **sample.params)) == expected
    assert op.cost(*sample.shapes, **sample.params) >= math.prod(expected)


@pytest.mark.parametrize(("op", "sample"), SCALARS)
def test_the_formula_shown_equals_the_rule_used(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(3)
    facts = op.facts(*sample.shapes, **sample.params) | op.words(**sample.params)
    for _ in range(20):
        args = draw(sample, rng)
        z = op.forward(*args, **sample.params)
        known = {k: v for k, v in sample.params.items() if k not in facts}
        values = dict(zip("xyw", args, strict=False)) | {"z": z} | known
        for slot in range(len(args)):
            local = op.local(slot, z, args, sample.params)
            template = op.local_latex[min(slot, len(op.local_latex) - 1)]
            shown = evaluate_latex(_filled(template, facts), values)
            assert shown == pytest.approx(float(local), rel=1e-12, abs=1e-12)


def _filled(template: str, facts: dict[str, str]) -> str:
    return re.sub("«([a-z]+)[!+]?»", lambda m: facts.get(m[1], m[0]), template)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_each_row_is_complete(op: Op) -> None:
    arity = op.arity or 1
    assert bool(op.locals) != bool(op.rules)
    assert len(op.locals or op.rules) == arity
    assert op.elementwise or len(op.rule_latex) == arity
    assert len(op.local_latex) == arity
    assert op.latex and op.sign and op.symbol and op.doc.en and op.doc.pt and op.samples
    assert op.doc.en.endswith(".") and op.doc.pt.endswith(".")
    for template in (op.latex, *op.local_latex, *op.rule_latex):
        assert template.count("{") == template.count("}")


# A call of every function in the contract, with every setting that it names, on W [2, 3].
CONTRACT = (
    *(f"{name}(W)" for name in (
        "exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "σ", "relu", "softplus",
        "gelu", "silu", "abs", "sign", "step")),
    "leaky_relu(W)", "leaky_relu(W, slope=0.2)", "leaky_relu(W, 0.2)",
    "elu(W)", "elu(W, alpha=0.5)", "elu(W, 0.5)",
    "maximum(W, W)", "minimum(W, 0)",
    *(f"{name}(W{rest})" for name in ("sum", "mean", "max", "min", "prod", "norm", "var", "std")
      for rest in ("", ", 0", ", axis=-1", ", axis=0, keepdims=True", ", axis=None")),
    *(f"{name}(W{rest})" for name in ("softmax", "log_softmax", "logsumexp")
      for rest in ("", ", 0", ", axis=0")),
    "var(W, axis=1, correction=1)", "std(W, correction=1)",
    "reshape(W, 3, 2)", "reshape(W, (3, 2))", "transpose(W)", "W.T", "array(W)",
    "concat([W, W], axis=0)", "concat([W, W], axis=1)", "concat([W, W])",
    *(f"{name}(W, {y})" for name in ("mse", "half_mse", "bce", "bce_with_logits")
      for y in ("W", "0.5")),
    "cross_entropy(W, W)",
    "clip(W, 0, 1)", "clip(W, min=0)", "clip(W, max=1)", "where(step(W), W, 0)",
    "dot(W[0], W[1])", "outer(W[0], W[1])", "embedding(W, [1, 0, 1])", "embedding(W, [[0], [1]])",
    "conv2d(reshape(W, 1, 1, 2, 3), reshape(W, 1, 1, 2, 3), stride=1, padding=(1, 0))",
    "max_pool2d(W)", "max_pool2d(W, 2)", "avg_pool2d(W, (1, 2), stride=1)",
    "layer_norm(W)", "layer_norm(W, eps=0.1)", "dropout(W, step(W))", "dropout(W, W, p=0.2)",
    "W + W", "W - W", "W * W", "W / W", "W ** W", "W @ W.T", "-W", "(W)", "pi * W",
    "W[0, 1]", "W[:, 0]", "W[0]", "W[0:1]", "W[::2]", "W[-1]", "[[1, 2], [3, 4]] @ W",
)  # fmt: skip


@pytest.mark.parametrize("text", CONTRACT)
def test_everything_in_the_contract_can_be_written_and_differentiated(text: str) -> None:
    graph = parse(f"sum({text} * 1.5)")
    values = {"W": [[0.3, 0.55, 0.2], [0.7, 0.15, 0.45]]}
    for check in check_gradients(graph, values).values():
        assert check.max_relative_error <= 1e-6
        assert np.isfinite(check.analytic).all()


def test_every_function_is_called_by_the_test_of_the_contract() -> None:
    called = {name for text in CONTRACT for name in re.findall(r"(\w+)\(", text)}
    assert set(CALLS) <= called


PAIRS = [
    ((1,), ()), ((2,), ()), ((1,), (2,)), ((2, 3), (3,)), ((2, 3), ()), ((2, 1), (3,)),
    ((1, 1, 2), (1, 3, 1)), ((2, 3), (2, 1)), ((3, 1, 2), (1, 3, 2)), ((3, 1, 2), (3, 1)),
    ((2, 3, 1), (1, 2)), ((3, 1), (1, 4)), ((), ()), ((), (1, 1, 1)), ((0, 3), (1, 3)),
]  # fmt: skip
BINARY = [op for op in OPS.values() if op.elementwise and op.arity == 2]


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_broadcast_is_numpys(x: tuple[int, ...], y: tuple[int, ...]) -> None:
    assert broadcast(x, y) == np.broadcast_shapes(x, y)
    g: Any = np.ones(broadcast(x, y))
    assert np.shape(unbroadcast(g, x)) == x
    assert np.shape(unbroadcast(g, y)) == y


@pytest.mark.parametrize("op", BINARY, ids=lambda op: op.name)
@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_gradients_of_broadcast_arguments_have_their_shapes(
    op: Op, x: tuple[int, ...], y: tuple[int, ...]
) -> None:
    like = op.samples[0]
    rng = np.random.default_rng(4)
    for shapes in ((x, y), (y, x)):
        sample = Sample(like.box, shapes, like.params)
        args = draw(sample, rng)
        assert op.cost(*shapes, **sample.params) >= math.prod(broadcast(x, y))
        assert off_differences(op, sample, args) <= 1
        assert off_reference(op, sample, args) <= 1


@pytest.mark.parametrize(("x", "y"), [((2,), (3,)), ((2, 3), (2,))])
def test_shapes_that_do_not_fit_are_named(x: tuple[int, ...], y: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match="do not fit"):
        broadcast(x, y)
