"""Every row of the table of conventions, and what the table must cover."""

from __future__ import annotations

import numpy as np
import pytest

from engine import OPS, EngineError, evaluate, parse
from engine.conventions import CONVENTIONS, Convention, traps


@pytest.mark.parametrize("row", CONVENTIONS, ids=lambda row: f"{row.program} {row.values}")
def test_each_convention_holds(row: Convention) -> None:
    graph = parse(row.program)
    if row.value is None:
        with pytest.raises(EngineError):
            evaluate(graph, row.values)
        return
    run = evaluate(graph, row.values)
    np.testing.assert_allclose(run.value, row.value, rtol=1e-15, atol=0)
    assert set(row.grads) == set(graph.leaves)
    for name, grad in row.grads.items():
        np.testing.assert_allclose(np.asarray(run.grads[name]), np.array(grad), 1e-15, 0)


@pytest.mark.parametrize("row", CONVENTIONS, ids=lambda row: f"{row.program} {row.values}")
def test_what_is_not_finite_is_noticed(row: Convention) -> None:
    if row.value is None:
        return
    run = evaluate(parse(row.program), row.values)
    finite = np.isfinite(run.value) and all(np.isfinite(grad).all() for grad in row.grads.values())
    assert finite or any("not finite" in notice for notice in run.notices)


@pytest.mark.parametrize("row", CONVENTIONS, ids=lambda row: f"{row.program} {row.values}")
def test_each_convention_names_its_operations_in_both_languages(row: Convention) -> None:
    assert row.ops
    assert set(row.ops) <= set(OPS)
    assert row.doc.en.endswith(".")
    assert row.doc.pt.endswith(".")


KINKS = (
    "relu", "abs", "sign", "step", "leaky_relu", "elu", "maximum", "minimum", "max", "min",
    "max_pool2d", "clip", "where", "norm", "std", "prod", "sqrt", "log", "div", "pow",
)  # fmt: skip


@pytest.mark.parametrize("name", KINKS)
def test_every_operation_with_a_kink_has_a_convention(name: str) -> None:
    assert traps(name)
