"""The factors of a rule multiply to what the edge carries."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import OPS, evaluate, parse
from engine.factors import factors
from engine.ops import Op
from engine.ops.row import Sample
from engine.passes import unbroadcast
from tests.engine.test_expand import CASES, weighted

PRODUCTS = {"matmul", "transpose", "swap", "sum", "mean", "max", "min", "prod", "norm", "var",
            "std", "dot", "mse", "half_mse", "bce", "bce_with_logits", "cross_entropy"}  # fmt: skip


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_factors_multiply_to_the_contribution(op: Op, sample: Sample) -> None:
    graph, values = weighted(op, sample)
    run = evaluate(graph, values)
    for index, edge in enumerate(run.edges):
        if edge.target != "z":
            continue
        found = factors(run, index)
        if edge.local_kind == "elementwise" or op.name not in PRODUCTS:
            assert found is None or op.name in PRODUCTS or not np.shape(run.values["z"])
            continue
        assert found is not None
        product: Any = found[0].value
        for factor in found[1:]:
            with_matrix = factor.sign == "matrix"
            product = product @ factor.value if with_matrix else product * factor.value
        shape = np.shape(run.values[edge.source])
        if np.size(product) == np.prod(shape, dtype=int):
            product = np.reshape(product, shape)
        elif op.name == "matmul" and len(shape) == 1:
            product = product[..., 0] if edge.slot else product[..., 0, :]
        np.testing.assert_allclose(unbroadcast(product, shape), np.asarray(edge.contribution))


def test_the_lectures_outer_product() -> None:
    run = evaluate(parse("s = x @ W; L = half_mse(s, y)"),
                   {"x": [[1, 2, 3]], "W": [[1, 2], [3, 4], [5, 6]], "y": [[0, 1]]})  # fmt: skip
    edge = next(k for k, edge in enumerate(run.edges) if edge.source == "W")
    found = factors(run, edge)
    assert found is not None
    first, second = found
    assert (first.role, first.transposed, np.shape(first.value)) == ("argument", True, (3, 1))
    assert (second.role, second.transposed, np.shape(second.value)) == ("upstream", False, (1, 2))
    assert first.latex == r"{«label:x»}^{\top}"
    np.testing.assert_array_equal(first.value @ second.value, np.asarray(run.grads["W"]))


def test_an_elementwise_edge_has_none() -> None:
    run = evaluate(parse("f = sum(x * x)"), {"x": [1, 2]})
    assert factors(run, 0) is None
    assert set(OPS) >= PRODUCTS
