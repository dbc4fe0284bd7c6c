"""A squared error taken apart gives the same values and gradients."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine import EngineError, evaluate, parse, unfold


@pytest.mark.parametrize("loss", ["half_mse", "mse"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (1, 1), (2, 3, 2)])
def test_the_parts_give_the_whole(loss: str, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    graph = parse(f"L = {loss}(a * 2, y)")
    values = {"a": rng.random(shape), "y": rng.random(shape)}
    parts = unfold(graph, "L", shape)
    parts.check()
    whole, apart = evaluate(graph, values), evaluate(parts, values)
    np.testing.assert_allclose(apart.value, whole.value, 1e-14)
    for name in ("a", "y"):
        np.testing.assert_allclose(np.asarray(apart.grads[name]), np.asarray(whole.grads[name]))


def test_the_locals_of_the_parts_multiply_to_the_whole_s(
    chain: str, chain_values: dict[str, float]
) -> None:
    graph = parse(chain)
    whole = evaluate(graph, chain_values, ["y"])
    apart = evaluate(unfold(graph, "L"), chain_values, ["y"])
    parts = [e.local for e in apart.edges if e.target not in graph or e.target == "L"]
    product = math.prod(float(local) for local in parts if local is not None)
    local = whole.edges[6].local
    assert local is not None
    assert product == pytest.approx(float(local), rel=1e-15)


def test_other_operations_stay_whole() -> None:
    with pytest.raises(EngineError):
        unfold(parse("f = x * 2"), "f")
