"""The chain rule of a pair of nodes, as the lecture writes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from engine import EngineError, Run, evaluate, labels, parse, print_line
from engine.chain import chain as chain_rule
from tests.engine.programs import Case, programs

OVERRIDES = {"w1": "w^{(1)}", "w2": "w^{(2)}", "s1": "s^{(1)}", "s2": "s^{(2)}",
             "a1": "a^{(1)}", "a2": "a^{(2)}", "x1": "X_1"}  # fmt: skip


def written(run: Run, node: str, top: str | None = None) -> list[str]:
    symbols = labels(run.graph, OVERRIDES)
    return [print_line(line.latex, run, symbols) for line in chain_rule(run, node, top).lines]


def partial(top: str, bottom: str) -> str:
    return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"


def test_the_lectures_products(chain: str, chain_values: dict[str, float]) -> None:
    run = evaluate(parse(chain), chain_values, ["x1", "y"])
    rule, local, numbers = written(run, "w1")
    pairs = [("L", "a^{(2)}"), ("a^{(2)}", "s^{(2)}"), ("s^{(2)}", "a^{(1)}"),
             ("a^{(1)}", "s^{(1)}"), ("s^{(1)}", "w^{(1)}")]  # fmt: skip
    left = partial("L", "w^{(1)}")
    assert rule == f"{left} = " + r" \cdot ".join(partial(*pair) for pair in pairs)
    assert local == (
        rf"{left} = (a^{{(2)}} - y) \cdot a^{{(2)}}(1 - a^{{(2)}}) \cdot w^{{(2)}}"
        r" \cdot a^{(1)}(1 - a^{(1)}) \cdot X_1"
    )
    assert numbers == (
        rf"{left} = (-0.4529) \cdot 0.2478 \cdot 0.5 \cdot 0.2350 \cdot 1 \approx -0.01319"
    )


def test_matrices_nest() -> None:
    program = "s1 = x1 @ w1; a1 = sigmoid(s1); s2 = a1 @ w2; a2 = sigmoid(s2); L = half_mse(a2, y)"
    values = {"x1": [[1, 2, 3]], "w1": [[0.1, 0.2], [0.3, 0.4], [1, -0.5]],
              "w2": [[0.3], [0.5]], "y": [[1]]}  # fmt: skip
    run = evaluate(parse(program), values, ["x1", "y"])
    _, local, _ = written(run, "w1")
    assert local.endswith(
        r"= {X_1}^{\top} \left(\left(\left((a^{(2)} - y) \odot a^{(2)} \odot (1 - a^{(2)})\right) "
        r"{w^{(2)}}^{\top}\right) \odot a^{(1)} \odot (1 - a^{(1)})\right)"
    )


def test_several_paths_are_added() -> None:
    run = evaluate(parse("f = x * x + x"), {"x": 3})
    found = chain_rule(run, "x")
    assert found.ways == 3
    assert sum(product or 0 for product in found.products) == found.total == 7
    rule, *_ = written(run, "x")
    assert rule.count(" + ") >= 2


def test_more_paths_than_are_written_end_in_dots() -> None:
    run = evaluate(parse("a = x * x; b = a * a; f = b * b"), {"x": 2})
    found = chain_rule(run, "x")
    assert (found.ways, len(found.paths), found.more) == (8, 4, True)
    assert r"\cdots" in found.lines[0].latex
    assert found.total == 8 * 2**7


def test_a_pair_that_does_not_depend_is_zero(chain: str, chain_values: dict[str, float]) -> None:
    run = evaluate(parse(chain), chain_values)
    assert written(run, "a2", "a1") == [rf"{partial('a^{(1)}', 'a^{(2)}')} = 0"]
    assert written(run, "L") == [rf"{partial('L', 'L')} = 1"]


@settings(deadline=None, max_examples=50)
@given(programs(scalar=True))
def test_the_products_add_up(case: Case) -> None:
    program, values = case
    run = evaluate(parse(program), values)
    for node in run.graph.nodes:
        if run.grads[node.id] is not None:
            found = chain_rule(run, node.id, most=500)
            np.testing.assert_allclose(found.total or 0, run.grads[node.id] or 0, 1e-9, 1e-12)
            if not found.more:
                total = sum(product or 0.0 for product in found.products)
                assert total == pytest.approx(float(found.total or 0), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("top", "node"), [("q", "x1"), ("L", "q")])
def test_unknown_nodes_are_named(
    chain: str, chain_values: dict[str, float], top: str, node: str
) -> None:
    with pytest.raises(EngineError, match="no node q"):
        chain_rule(evaluate(parse(chain), chain_values), node, top)
