"""The products that the chain rule adds up."""

from __future__ import annotations

import math
import time

import pytest

from engine import evaluate, parse, paths
from engine.paths import Routes


def test_the_chain_has_one_path(chain: str, chain_values: dict[str, float]) -> None:
    graph = parse(chain)
    found = paths(graph, evaluate(graph, chain_values), "w1")
    assert found == (((6, 5, 3, 2, 1),), False, 1)


def test_the_products_along_all_paths_add_up_to_the_gradient() -> None:
    graph = parse("a = x * x; b = a * x + sin(x); f = b * a")
    run = evaluate(graph, {"x": 0.7})
    found = paths(graph, run, "x", most=100)
    assert not found.more
    assert found.ways == len(found.paths)
    products = [math.prod(float(run.edges[k].local or 0) for k in path) for path in found.paths]
    assert sum(products) == pytest.approx(float(run.grads["x"] or 0))


def test_thirty_diamonds_are_cut_short_and_counted() -> None:
    lines = ["a0 = x * x"] + [f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 31)]
    graph = parse("; ".join(lines))
    found = paths(graph, evaluate(graph, {"x": 1}), "x")
    assert (len(found.paths), found.more, found.ways) == (4, True, 2**31)


def test_a_pair_may_stand_anywhere(chain: str, chain_values: dict[str, float]) -> None:
    graph = parse(chain)
    run = evaluate(graph, chain_values)
    assert paths(graph, run, "a1", top="a2") == (((5, 3),), False, 1)
    assert paths(graph, run, "a2", top="a1") == ((), False, 0)
    assert paths(graph, run, "L") == (((),), False, 1)


def test_nothing_leads_to_a_constant(chain: str, chain_values: dict[str, float]) -> None:
    graph = parse(chain)
    assert paths(graph, evaluate(graph, chain_values, ["y"]), "y") == ((), False, 0)


def test_many_leaves_share_the_routes() -> None:
    names = [f"x{i}" for i in range(400)]
    graph = parse("f = " + " + ".join(f"sin({name})" for name in names))
    run = evaluate(graph, dict.fromkeys(names, 0.5))
    start, routes = time.perf_counter(), Routes(run)
    assert all(paths(graph, run, name, routes=routes).ways == 1 for name in names)
    assert time.perf_counter() - start < 2
