"""Graphs taken apart into numbers compute what the graphs of arrays compute."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine import OPS, EngineError, Graph, Limits, Node, Run, evaluate, parse
from engine.expand import Expansion, element_id, expand
from engine.ops import Op
from engine.ops.row import Sample
from tests.engine.programs import Case, programs

CASES = [
    pytest.param(op, sample, id=f"{op.name}-{i}")
    for op in OPS.values()
    for i, sample in enumerate(op.samples)
]
# Rows that are not elementwise and have no rule on elements, and why.
WHOLE_ONLY: dict[str, str] = {}
LECTURE = "s1 = x @ W1; a1 = sigmoid(s1); s2 = a1 @ W2; a2 = sigmoid(s2); L = half_mse(a2, y)"
NUMBERS = {
    "x": [[1, 2, 3]], "W1": [[0.1, 0.2], [0.3, 0.4], [1, -0.5]], "W2": [[0.3], [0.5]], "y": [[1]],
}  # fmt: skip


def weighted(op: Op, sample: Sample, seed: int = 1) -> tuple[Graph, dict[str, Any]]:
    """Return sum(weights · op(a0, a1, …)) at one point of a sample's domain."""
    rng = np.random.default_rng(seed)
    names = tuple(f"a{i}" for i in range(len(sample.shapes)))
    pairs = zip(sample.box, sample.shapes, strict=True)
    values = {
        name: rng.uniform(low, high, shape)
        for name, ((low, high), shape) in zip(names, pairs, strict=True)
    }
    shape = op.shape(*sample.shapes, **sample.params)
    values["w"] = rng.uniform(0.5, 1.5, shape)
    nodes = (
        *map(Node, names), Node("z", op.name, names, sample.params), Node("w"),
        Node("p", "mul", ("w", "z")), Node("f", "sum", ("p",), {"axis": None, "keepdims": False}),
    )  # fmt: skip
    return Graph(nodes, "f"), values


def depends_on_nothing(graph: Graph, name: str) -> bool:
    """Whether an element is a number by itself, such as a zero of the padding."""
    return graph[name].literal is not None or (
        bool(graph[name].args) and all(depends_on_nothing(graph, arg) for arg in graph[name].args)
    )


def run_of(expansion: Expansion) -> Run:
    expansion.graph.check()
    return evaluate(expansion.graph, expansion.values)


def assert_agree(whole: Run, expansion: Expansion) -> Run:
    """Check every element and every node that is left against the graph of arrays."""
    single = run_of(expansion)
    scale = max(float(np.max(np.abs(g), initial=0)) for g in whole.grads.values() if g is not None)
    for name, (node, place) in expansion.origins.items():
        grad = whole.grads[node]
        np.testing.assert_allclose(single.values[name], whole.values[node][place], 1e-12, 1e-13)
        if expansion.graph[name].op != "index":
            found = single.grads[name]
            if found is None or grad is None:
                assert depends_on_nothing(expansion.graph, name)
                continue
            np.testing.assert_allclose(found, grad[place], 1e-12, 1e-14 * max(scale, 1))
    for name in whole.graph.index:
        if name in expansion.graph and np.shape(whole.values[name]):
            for mine, other in ((single.values, whole.values), (single.grads, whole.grads)):
                one, two = mine[name], other[name]
                if one is None or two is None:
                    assert one is two
                    continue
                np.testing.assert_allclose(one, two, 1e-12, 1e-14 * max(scale, 1))
    return single


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_every_operation_is_written_in_numbers(op: Op, sample: Sample) -> None:
    if op.name in WHOLE_ONLY:
        pytest.skip(WHOLE_ONLY[op.name])
    graph, values = weighted(op, sample)
    whole = evaluate(graph, values)
    single = assert_agree(whole, expand(whole))
    assert not any(np.ndim(value) for value in single.values.values())
    assert {edge.local_kind for edge in single.edges} == {"elementwise"}


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_one_operation_in_numbers_leaves_the_rest_whole(op: Op, sample: Sample) -> None:
    if op.name in WHOLE_ONLY:
        pytest.skip(WHOLE_ONLY[op.name])
    graph, values = weighted(op, sample)
    whole = evaluate(graph, values)
    expansion = expand(whole, ["z"])
    assert_agree(whole, expansion)
    assert set(graph.leaves) == set(expansion.graph.leaves)


@settings(deadline=None, max_examples=60)
@given(programs())
def test_random_programs_agree(case: Case) -> None:
    program, values = case
    whole = evaluate(parse(program), values)
    assert_agree(whole, expand(whole))


@settings(deadline=None, max_examples=40)
@given(programs())
def test_random_programs_agree_in_part(case: Case) -> None:
    program, values = case
    whole = evaluate(parse(program), values)
    for node in whole.graph.nodes[::2]:
        assert_agree(whole, expand(whole, [node.id]))
    last = whole.graph.nodes[-1]
    places = list(np.ndindex(np.shape(whole.values[last.id])))[:1]
    assert_agree(whole, expand(whole, [element_id(last.id, place) for place in places]))


def test_an_operation_without_a_rule_on_elements_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.scalar.rules.RULES", {})
    whole = evaluate(parse("s = x @ x"), {"x": [1, 2]})
    with pytest.raises(EngineError, match="matmul cannot be taken apart") as caught:
        expand(whole)
    assert caught.value.node == "s"


def test_every_element_is_a_node_of_its_own() -> None:
    whole = evaluate(parse(LECTURE), NUMBERS)
    expansion = expand(whole)
    for node in whole.graph.nodes:
        for place in np.ndindex(np.shape(whole.values[node.id])):
            assert element_id(node.id, place) in expansion.graph
    assert "W1[0,1]" in expansion.graph
    assert expansion.graph["s1[0,1]"].op == "total"
    assert expansion.graph.output == "L"
    assert expansion.names(["W2", "y"]) == ("W2[0,0]", "W2[1,0]", "y[0,0]")


def test_one_neuron_is_drawn_inside_the_graph_of_arrays() -> None:
    whole = evaluate(parse(LECTURE), NUMBERS)
    expansion = expand(whole, ["s1[0,1]"])
    single = assert_agree(whole, expansion)
    assert [edge.source for edge in single.edges if edge.target == "s1"] == ["%4", "s1[0,1]"]
    assert np.shape(single.values["a1"]) == (1, 2)
    assert float(single.grads["s1[0,1]"] or 0) == pytest.approx(float(whole.grads["s1"][0, 1]))  # type: ignore[index]


def test_elements_move_without_being_lost() -> None:
    whole = evaluate(parse("B = A.T; c = B[0]; d = concat([c, c]); f = sum(d * d)"),
                     {"A": [[1, 2], [3, 4]]})  # fmt: skip
    single = assert_agree(whole, expand(whole))
    assert single.graph["B[0,1]"].op == "copy"
    assert single.graph["B[0,1]"].args == ("A[1,0]",)


def test_aliases_name_elements() -> None:
    whole = evaluate(parse("a = x; f = sum(a * a)"), {"x": [1, 2]})
    assert run_of(expand(whole)).values["a[1]"] == 2


@pytest.mark.parametrize("program", ["max(x)", "min(-x)", "norm(x * 0)", "std(x * 0 + 1e9)",
                                     "max_pool2d(reshape(x, 2, 2))", "prod(x - 2)",
                                     "softmax(x + 1000)[0]", "logsumexp(x - 2000)",
                                     "sum(layer_norm(x * 1e-3 + 1e6) * x)"])  # fmt: skip
def test_conventions_agree_at_ties_and_extremes(program: str) -> None:
    whole = evaluate(parse(program), {"x": [2.0, 5.0, 5.0, 5.0]})
    single = run_of(expand(whole))
    np.testing.assert_allclose(single.value, whole.value, 1e-12)
    found = [single.grads[f"x[{i}]"] for i in range(4)]
    np.testing.assert_allclose(np.array(found), np.asarray(whole.grads["x"]), 1e-9, 1e-12)


def test_nothing_comes_of_nothing() -> None:
    whole = evaluate(parse("f = sum(x[1:1]) + sum(x)"), {"x": [1, 2]})
    assert_agree(whole, expand(whole))


def test_an_output_without_elements_is_refused() -> None:
    with pytest.raises(EngineError, match="no elements"):
        expand(evaluate(parse("f = x[1:1]"), {"x": [1, 2]}))


@pytest.mark.parametrize("shape", [(100, 101), (60, 60)])
def test_the_limit_holds_before_the_graph_is_made(shape: tuple[int, int]) -> None:
    whole = evaluate(parse("sum(x @ y)"), {"x": np.ones(shape), "y": np.ones((shape[1], 4))})
    with pytest.raises(EngineError) as caught:
        expand(whole)
    assert caught.value.limit is not None
    assert caught.value.limit.name == "nodes"


def test_limits_can_be_set() -> None:
    whole = evaluate(parse(LECTURE), NUMBERS)
    count = len(expand(whole).graph.nodes)
    assert len(expand(whole, limits=Limits(nodes=count)).graph.nodes) == count
    with pytest.raises(EngineError):
        expand(whole, limits=Limits(nodes=count - 1))


@pytest.mark.parametrize("wrong", ["q", "x[0]", "x[0,3]", "s1[a]", "W1[-1,0]", ""])
def test_what_cannot_be_expanded_is_named(wrong: str) -> None:
    whole = evaluate(parse(LECTURE), NUMBERS)
    with pytest.raises(EngineError) as caught:
        expand(whole, ["s1", wrong])
    assert caught.value.pointer == "/expand/1"


def test_engine_gives_them_by_name() -> None:
    assert engine.expand is expand
