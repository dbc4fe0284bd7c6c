"""The generated text itself: nothing of a program's text is in it, and nothing leaks out of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine.codegen import arrays, blocks, floats
from engine.codegen.expressions import CAREFUL, TINY
from engine.codegen.source import build, guarded
from engine.codegen.tuples import flattened, packed

POSITIONAL = re.compile(r"[a-zA-Z]\d*(_\d+)?")
KNOWN = {*CAREFUL, "abs", *arrays.PHASES, *(f"careful_{phase}" for phase in arrays.PHASES)}
NUMBERS = {"secret": 0.5, "hidden": 2.0, "θ": 0.1}
MATRICES = {"secret": [[0.5, 0.2]], "hidden": [[1.0], [2.0]], "θ": [[0.1]]}


@pytest.mark.parametrize("values", [NUMBERS, MATRICES], ids=["numbers", "arrays"])
@pytest.mark.parametrize("name", engine.OPTIMIZERS)
def test_generated_text_has_positions_for_names(
    values: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[str] = []

    def recorded(source: str, names: dict[str, Any], function: str) -> Callable[..., Any]:
        sources.append(source)
        return build(source, names, function)

    for module in (arrays, blocks, floats):
        monkeypatch.setattr(module, "build", recorded)
    product = "*" if values is NUMBERS else "@"
    program = (
        f"inner = tanh(secret {product} hidden); loss = sum(gelu(inner) - 3*inner**2 + log(θ))"
    )
    plan = engine.compile(engine.parse(program), values, ["secret", "θ"], {"name": name})
    plan.train_step()
    plan.update()
    assert len(sources) >= 5
    for part in (part for source in sources for part in ast.walk(ast.parse(source))):
        assert not isinstance(part, ast.Import | ast.ImportFrom | ast.Attribute | ast.JoinedStr)
        if isinstance(part, ast.Name):
            assert POSITIONAL.fullmatch(part.id) or part.id in KNOWN or part.id == "fix", part.id


def test_a_plan_leaves_numpys_error_state_alone() -> None:
    before = np.geterr()
    plan = engine.compile(engine.parse("f = sum(log(x) / x)"), {"x": [0.0, -1.0]}, ["x"])
    assert np.isnan(plan.train_step())
    assert np.geterr() == before


def test_what_python_refuses_is_computed_by_ieee() -> None:
    plan = engine.compile(engine.parse("f = exp(a) + 1 / b"), {"a": 1, "b": 2}, ["a"])
    plan.set(a=1000)
    assert plan.train_step() == np.inf
    assert plan.grads["a"] == np.inf
    plan.set(a=1, b=0)
    assert plan.run() == np.inf
    plan.set(a=0, b=2)
    assert plan.run() == 1.5


def test_divisions_are_guarded_in_the_careful_twin() -> None:
    assert guarded("v2 = v0 / (v1 / 3.0)") == "v2 = div(v0, div(v1, 3.0))"


@pytest.mark.parametrize("n", [0, 1, 30, 31, 900, 901, 5000])
def test_long_tuples_are_nested_and_come_back_flat(n: int) -> None:
    nested = ast.literal_eval(packed([str(i) for i in range(n)]))
    assert list(flattened(nested)) == list(range(n))
    assert len(nested) <= 30


def test_the_clamp_of_logarithms_is_exact() -> None:
    assert np.log(TINY) <= -100 < np.log(np.nextafter(TINY, 1))


def test_plans_that_are_alike_share_their_code_and_nothing_else() -> None:
    program = engine.parse("p = tanh(x @ w)\nL = mse(p, y)")
    given = {"x": np.eye(2), "y": np.ones((2, 1))}
    plans = [engine.compile(program, {**given, "w": np.full((2, 1), w)}, ["w"]) for w in (0.1, 0.9)]
    codes = [plan._buffers.functions["step"].__code__ for plan in plans]
    assert codes[0] is codes[1]
    alone = engine.compile(program, {**given, "w": np.full((2, 1), 0.9)}, ["w"])
    assert plans[0].train_step() != plans[1].train_step() == alone.train_step()
    plans[0].configure(learning_rate=0.5)
    assert plans[1].train_step() == alone.train_step()
