"""Every row of the table against finite differences, its own formula, and the conventions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine import OPS
from engine.errors import ShapeError
from engine.ops import CALLS, Op
from engine.ops.row import Sample, broadcast
from engine.passes import unbroadcast
from tests.engine.finite import evaluate_latex, jacobian

POINTS = 20
CASES = [
    pytest.param(op, sample, id=f"{op.name}-{i}")
    for op in OPS.values()
    for i, sample in enumerate(op.samples)
]
SCALARS = [
    pytest.param(op, sample, id=f"{op.name}-{i}")
    for op in OPS.values()
    for i, sample in enumerate(op.samples)
    if not any(sample.shapes)
]


def draw(sample: Sample, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return one point of a sample's domain."""
    pairs = zip(sample.box, sample.shapes, strict=True)
    return tuple(rng.uniform(low, high, shape) for (low, high), shape in pairs)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_each_rule_agrees_with_central_differences(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(1)

    def f(*args: Any) -> Any:
        return op.forward(*args, **sample.params)

    for _ in range(POINTS):
        args = draw(sample, rng)
        z = f(*args)
        g = rng.uniform(0.5, 1.5, np.shape(z))
        for slot in range(len(args)):
            pulled = unbroadcast(op.pull(slot, g, z, args, sample.params), np.shape(args[slot]))
            numeric = jacobian(f, args, slot, g)
            np.testing.assert_allclose(pulled, numeric, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_shape_is_known_before_the_value(op: Op, sample: Sample) -> None:
    args = draw(sample, np.random.default_rng(2))
    expected = op.shape(*sample.shapes, **sample.params)
    assert np.shape(op.forward(*args, **sample.params)) == expected
    assert op.cost(*sample.shapes, **sample.params) >= math.prod(expected)


@pytest.mark.parametrize(("op", "sample"), SCALARS)
def test_the_formula_shown_equals_the_rule_used(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(3)
    for _ in range(POINTS):
        args = draw(sample, rng)
        z = op.forward(*args, **sample.params)
        values = dict(zip("xy", args, strict=False)) | {"z": z} | dict(sample.params)
        for slot in range(len(args)):
            local = op.local(slot, z, args, sample.params)
            shown = evaluate_latex(op.local_latex[slot], values)
            assert shown == pytest.approx(float(local), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_each_row_is_complete(op: Op) -> None:
    arity = op.arity or 1
    assert bool(op.locals) != bool(op.rules)
    assert len(op.locals or op.rules) == arity
    assert op.elementwise or len(op.rule_latex) == arity
    assert len(op.local_latex) == arity
    assert op.latex and op.sign and op.symbol and op.doc.en and op.doc.pt and op.samples
    for template in (op.latex, *op.local_latex, *op.rule_latex):
        assert template.count("{") == template.count("}")


def test_the_contract_names_every_function() -> None:
    names = (
        "exp log sqrt sin cos tan tanh sigmoid relu leaky_relu elu softplus gelu silu abs "
        "sign step maximum minimum sum mean max min softmax log_softmax logsumexp reshape "
        "transpose concat mse half_mse bce bce_with_logits cross_entropy σ"
    )
    assert set(names.split()) <= set(CALLS)


# Operation, arguments, value, locals: the conventions where derivatives do not exist or overflow.
CONVENTIONS: list[tuple[str, tuple[float, ...], float, tuple[float, ...]]] = [
    ("relu", (0.0,), 0.0, (0.0,)),
    ("abs", (0.0,), 0.0, (0.0,)),
    ("sign", (0.0,), 0.0, (0.0,)),
    ("step", (0.0,), 0.0, (0.0,)),
    ("sqrt", (0.0,), 0.0, (math.inf,)),
    ("sqrt", (-1.0,), math.nan, (math.nan,)),
    ("log", (0.0,), -math.inf, (math.inf,)),
    ("log", (-1.0,), math.nan, (math.nan,)),
    ("exp", (1000.0,), math.inf, (math.inf,)),
    ("sigmoid", (-800.0,), 0.0, (0.0,)),
    ("sigmoid", (800.0,), 1.0, (0.0,)),
    ("softplus", (900.0,), 900.0, (1.0,)),
    ("softplus", (-900.0,), 0.0, (0.0,)),
    ("pow", (0.0, 0.0), 1.0, (0.0, 0.0)),
    ("pow", (0.0, 2.0), 0.0, (0.0, 0.0)),
    ("pow", (-2.0, 3.0), -8.0, (12.0, math.nan)),
    ("pow", (-2.0, 0.5), math.nan, (math.nan, math.nan)),
    ("pow", (0.0, 0.5), 0.0, (math.inf, 0.0)),
    ("div", (1.0, 0.0), math.inf, (math.inf, -math.inf)),
    ("relu", (math.nan,), math.nan, (math.nan,)),
    ("maximum", (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("minimum", (2.0, 2.0), 2.0, (0.5, 0.5)),
]


@pytest.mark.parametrize(("name", "args", "value", "slopes"), CONVENTIONS)
def test_conventions_at_kinks(
    name: str, args: tuple[float, ...], value: float, slopes: tuple[float, ...]
) -> None:
    points: Any = tuple(map(np.float64, args))
    with np.errstate(all="ignore"):
        z = OPS[name].forward(*points)
        found = [float(OPS[name].local(slot, z, points, {})) for slot in range(len(args))]
    np.testing.assert_equal(float(z), value)
    np.testing.assert_equal(found, list(slopes))


PAIRS = [((1,), ()), ((2, 3), (3,)), ((3, 1), (1, 4)), ((3, 1, 2), (1, 3, 2)), ((0, 3), (1, 3))]


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_broadcast_is_numpys(x: tuple[int, ...], y: tuple[int, ...]) -> None:
    assert broadcast(x, y) == np.broadcast_shapes(x, y)
    g: Any = np.ones(broadcast(x, y))
    assert np.shape(unbroadcast(g, x)) == x
    assert np.shape(unbroadcast(g, y)) == y


@pytest.mark.parametrize(("x", "y"), [((2,), (3,)), ((2, 3), (2,))])
def test_shapes_that_do_not_fit_are_named(x: tuple[int, ...], y: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match="do not fit"):
        broadcast(x, y)
