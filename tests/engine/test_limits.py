"""Every limit: what is over it is refused with a sentence, before memory or time is spent."""

from __future__ import annotations

import re
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from engine import EngineError, Graph, Limits, Node, check_gradients, evaluate, parse
from engine.limits import DEFAULT
from engine.ops import OPS

COLUMN = np.ones((100_000, 1))
ROW = np.ones((1, 100_000))
MEGABYTE = 1_000_000


def flat(n: int) -> Graph:
    """Return a graph of n nodes."""
    nodes = (Node(f"n{i}", "neg", ("x",)) for i in range(n - 1))
    return Graph((Node("x"), *nodes), f"n{n - 2}")


# For each limit: something just inside it, and something just over it.
CASES: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "program_characters": (lambda: parse("x" + " " * 7_999), lambda: parse("x" + " " * 8_000)),
    "nodes": (lambda: evaluate(flat(10_000), {"x": 1}), lambda: evaluate(flat(10_001), {"x": 1})),
    "depth": (
        lambda: parse("; ".join(f"a{i} = {'sin(' * 90}x{')' * 90}" for i in range(2))),
        lambda: parse(f"{'-' * 200}x"),
    ),
    "dimensions": (
        lambda: evaluate(parse("sum(x)"), {"x": np.ones((1, 1, 1, 1))}),
        lambda: evaluate(parse("sum(x)"), {"x": np.ones((1, 1, 1, 1, 1))}),
    ),
    "array_elements": (
        lambda: evaluate(parse("sum(x)"), {"x": np.ones(200_000)}),
        lambda: evaluate(parse("sum(x)"), {"x": np.ones(200_001)}),
    ),
    "total_elements": (
        lambda: evaluate(parse(f"sum(x{' + x' * 8})"), {"x": np.ones(200_000)}),
        lambda: evaluate(parse(f"sum(x{' + x' * 10})"), {"x": np.ones(200_000)}),
    ),
    "multiply_adds": (
        lambda: evaluate(parse("sum(x @ x)"), {"x": np.ones((40, 40))}),
        lambda: evaluate(parse("sum(x @ x @ x @ x)"), {"x": np.ones((440, 440))}),
    ),
}  # fmt: skip


def test_every_limit_is_tried() -> None:
    assert set(CASES) == {field.name for field in fields(DEFAULT)}


@pytest.mark.parametrize("name", CASES)
def test_what_is_over_a_limit_is_refused_with_a_sentence(name: str) -> None:
    inside, over = CASES[name]
    inside()
    with pytest.raises(EngineError) as caught:
        over()
    limit = caught.value.limit
    assert limit is not None
    assert limit.name == name
    assert limit.value == getattr(DEFAULT, name)
    assert limit.got > limit.value
    assert re.fullmatch(r"[A-Z].*\.", caught.value.message)
    assert f"{limit.value:,}" in caught.value.message


IMAGE = np.ones((1, 1, 400, 400))
# Programs that would need gigabytes, or hours.
BOMBS: list[tuple[str, dict[str, Any]]] = [
    ("sum(a + b)", {"a": COLUMN, "b": ROW}),
    ("sum(a * b)", {"a": COLUMN, "b": ROW}),
    ("sum(maximum(a, b))", {"a": COLUMN, "b": ROW}),
    ("sum(where(a, b, 1))", {"a": COLUMN, "b": ROW}),
    ("sum(dropout(a, b))", {"a": COLUMN, "b": ROW}),
    ("sum(a @ b)", {"a": COLUMN, "b": ROW}),
    ("sum(outer(a[:, 0], a[:, 0]))", {"a": COLUMN}),
    ("sum(concat([a, a, a]))", {"a": COLUMN}),
    (f"sum(embedding(a, [{'0, ' * 2000}0]))", {"a": np.ones((1, 1000))}),
    ("sum(conv2d(x, w, padding=100000))", {"x": IMAGE, "w": np.ones((1, 1, 1, 1))}),
    ("sum(conv2d(x, x, padding=400))", {"x": IMAGE}),
    ("sum(conv2d(x, w))", {"x": IMAGE, "w": np.ones((60, 1, 50, 50))}),
    ("sum(max_pool2d(x, 300, stride=1))", {"x": IMAGE}),
    ("sum(avg_pool2d(x, 300, stride=1))", {"x": IMAGE}),
    ("sum(reshape(x, 100000, 100000))", {"x": COLUMN}),
]


@pytest.mark.parametrize(("program", "values"), BOMBS, ids=[program[:40] for program, _ in BOMBS])
def test_bombs_are_refused_before_memory_is_taken(program: str, values: dict[str, Any]) -> None:
    graph = parse(program)
    given = 8 * sum(np.size(value) for value in values.values())
    start = time.perf_counter()
    tracemalloc.start()
    try:
        with pytest.raises(EngineError) as caught:
            evaluate(graph, values)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * given + MEGABYTE
    assert time.perf_counter() - start < 1
    assert caught.value.node is not None
    assert caught.value.message.endswith(".")


def test_a_stride_beyond_the_padding_allocates_no_padding() -> None:
    program = "sum(conv2d(x, w, stride=1000000000, padding=1000000000))"
    tracemalloc.start()
    run = evaluate(parse(program), {"x": np.ones((1, 1, 3, 3)), "w": np.ones((1, 1, 2, 2))})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert run.value == 4
    assert peak < MEGABYTE


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_a_cost_is_a_python_integer_that_cannot_overflow(op: Any) -> None:
    for sample in op.samples:
        assert type(op.cost(*sample.shapes, **sample.params)) is int
    huge = (2**33,) * len(op.samples[0].shapes[0])
    try:
        cost = op.cost(*(huge for _ in op.samples[0].shapes), **op.samples[0].params)
    except EngineError:
        return
    assert cost >= 1


def test_a_check_of_gradients_is_bounded_too() -> None:
    with pytest.raises(EngineError) as caught:
        check_gradients(parse("sum(x @ x)"), {"x": np.ones((100, 100))})
    assert caught.value.limit is not None
    assert caught.value.limit.name == "multiply_adds"


def test_limits_can_be_set() -> None:
    with pytest.raises(EngineError, match="at most 2 are accepted"):
        parse("x + y + z", Limits(nodes=2))
