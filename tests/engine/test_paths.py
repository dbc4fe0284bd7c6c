"""The products that the chain rule adds up."""

from __future__ import annotations

import math

import pytest

from engine import evaluate, parse, paths


def test_the_chain_has_one_path(chain: str, chain_values: dict[str, float]) -> None:
    graph = parse(chain)
    found = paths(graph, evaluate(graph, chain_values), "w1")
    assert found == (((6, 5, 3, 2, 1),), False)


def test_the_products_along_all_paths_add_up_to_the_gradient() -> None:
    graph = parse("a = x * x; b = a * x + sin(x); f = b * a")
    run = evaluate(graph, {"x": 0.7})
    found = paths(graph, run, "x", most=100)
    assert not found.more
    products = [math.prod(float(run.edges[k].local or 0) for k in path) for path in found.paths]
    assert sum(products) == pytest.approx(float(run.grads["x"] or 0))


def test_thirty_diamonds_are_cut_short() -> None:
    lines = ["a0 = x * x"] + [f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 31)]
    graph = parse("; ".join(lines))
    found = paths(graph, evaluate(graph, {"x": 1}), "x")
    assert (len(found.paths), found.more) == (4, True)


def test_nothing_leads_to_a_constant(chain: str, chain_values: dict[str, float]) -> None:
    graph = parse(chain)
    assert paths(graph, evaluate(graph, chain_values, ["y"]), "y") == ((), False)
