"""Forward mode agrees with the backward pass, and says what it would cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import OPS, EngineError, evaluate, parse
from engine.costs import costs
from engine.ops import Op
from engine.ops.row import Sample
from engine.passes import unbroadcast
from engine.pushes import PUSHES, push
from engine.tangent import Forwarded, Start, tangent, tangents
from tests.engine.programs import Case, programs
from tests.engine.test_expand import CASES


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_each_push_is_the_transpose_of_its_pull(op: Op, sample: Sample) -> None:
    rng = np.random.default_rng(5)
    pairs = zip(sample.box, sample.shapes, strict=True)
    args: tuple[Any, ...] = tuple(rng.uniform(low, high, shape) for (low, high), shape in pairs)
    z = op.forward(*args, **sample.params)
    w = rng.normal(size=np.shape(z))
    for slot, arg in enumerate(args):
        v: Any = rng.normal(size=np.shape(arg))
        pushed = push(op, slot, v, z, args, sample.params)
        assert np.shape(pushed) == np.shape(z)
        pulled = unbroadcast(op.pull(slot, w, z, args, sample.params), np.shape(arg))
        np.testing.assert_allclose(np.sum(pushed * w), np.sum(v * pulled), 1e-10, 1e-12)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_way_by_elements_is_right_for_any_operation(
    op: Op, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(6)
    pairs = zip(sample.box, sample.shapes, strict=True)
    args: tuple[Any, ...] = tuple(rng.uniform(low, high, shape) for (low, high), shape in pairs)
    z = op.forward(*args, **sample.params)
    v: Any = rng.normal(size=np.shape(args[0]))
    wanted = push(op, 0, v, z, args, sample.params)
    monkeypatch.setattr("engine.pushes.PUSHES", {})
    np.testing.assert_allclose(push(op, 0, v, z, args, sample.params), wanted, 1e-10, 1e-12)


def test_pushes_are_of_rows_that_are_not_elementwise() -> None:
    assert set(PUSHES) <= {name for name, op in OPS.items() if not op.elementwise}


@settings(deadline=None, max_examples=60)
@given(programs())
def test_the_outputs_tangent_is_the_gradient_along_the_direction(case: Case) -> None:
    program, values = case
    run = evaluate(parse(program), values)
    rng = np.random.default_rng(7)
    direction = {name: rng.normal(size=np.shape(run.values[name])) for name in run.graph.leaves}
    found = tangents(run.graph, run.values, direction)
    along = sum(np.sum(np.asarray(run.grads[name]) * d) for name, d in direction.items())
    size = sum(np.sum(np.abs(np.asarray(run.grads[name]) * d)) for name, d in direction.items())
    np.testing.assert_allclose(found[run.graph.output], along, 1e-10, 1e-13 + 1e-12 * size)


def test_records_follow_the_order_of_evaluation(chain: str, chain_values: dict[str, float]) -> None:
    run = evaluate(parse(chain), chain_values)
    start, *rest = tangent(run.graph, run.values, "w1")
    assert isinstance(start, Start)
    assert (start.node, float(start.tangent)) == ("w1", 1.0)
    assert [r.target for r in rest if isinstance(r, Forwarded)] == ["s1", "a1", "s2", "a2", "L"]
    last = rest[-1]
    assert isinstance(last, Forwarded)
    assert float(last.total) == pytest.approx(float(run.grads["w1"] or 0), rel=1e-14)
    for record in rest:
        assert isinstance(record, Forwarded)
        assert record.local is not None
        assert record.contribution == record.local * record.incoming
        assert record.edge == [(e.source, e.target, e.slot) for e in run.edges].index(
            (record.source, record.target, record.slot)
        )


def test_two_edges_add_up() -> None:
    run = evaluate(parse("f = x * x + x"), {"x": 3})
    totals = [float(r.total) for r in tangent(run.graph, run.values, "x")
              if isinstance(r, Forwarded)]  # fmt: skip
    assert totals == [3, 6, 6, 7]


@pytest.mark.parametrize(
    ("direction", "words"),
    [({"s1": 1}, "no leaf"), ({"q": 1}, "no leaf"), ({"w1": [1, 2]}, "shape"), ("L", "no leaf"),
     ({"w1": True}, "numbers")],
)  # fmt: skip
def test_wrong_directions_are_refused(
    chain: str, chain_values: dict[str, float], direction: Any, words: str
) -> None:
    run = evaluate(parse(chain), chain_values)
    with pytest.raises(EngineError, match=words) as caught:
        list(tangent(run.graph, run.values, direction))
    assert str(caught.value.pointer).startswith("/tangent/")


def test_many_inputs_are_cheaper_backward_and_many_outputs_forward() -> None:
    wide = evaluate(parse("f = sum(W @ x)"), {"W": np.ones((4, 5)), "x": np.ones(5)})
    found = costs(wide.graph, wide.values)
    assert (found.inputs, found.outputs, found.evaluation) == (25, 1, 20 + 4)
    assert found.reverse == 2 * 20 + 4
    assert found.forward == 25 * (20 + 4)
    assert (found.reverse_steps, found.forward_steps) == (3, 50)
    tall = evaluate(parse("f = x * w"), {"x": 2, "w": np.ones(7)})
    found = costs(tall.graph, tall.values, ["w"])
    assert (found.inputs, found.outputs) == (1, 7)
    assert found.forward < found.reverse == 49
