"""Every optimizer against an independent framework, and its settings against wrong ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from engine import OPTIMIZERS, EngineError
from engine.codegen.updates import rule
from engine.optimizers import settings_of
from tests.engine.cases import load

DATA = load("optimizers.json")
# Settings of the independent framework that choose an implementation, not a definition.
ELSEWHERE = {"foreach", "capturable", "differentiable", "fused", "decoupled_weight_decay"}
NUMBERS = "(" + " + ".join(f"{c}*sin(p{i}*p{i})" for i, c in enumerate(DATA["c"])) + ") / d"


def name(run: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in run["optimizer"].items())


@pytest.mark.parametrize("run", DATA["runs"], ids=name)
def test_an_independent_framework_moves_parameters_alike(run: dict[str, Any]) -> None:
    given = {"p": DATA["start"], "c": DATA["c"], "d": 1}
    graph = engine.parse("sum(c * sin(p * p)) / d")
    plan = engine.compile(graph, given, ["p"], run["optimizer"])
    for i, wanted in enumerate(run["parameters"]):
        plan.set(d=1 + i % 2)
        plan.train_step()
        np.testing.assert_allclose(plan.values["p"], wanted, 1e-12, 1e-14)


@pytest.mark.parametrize("run", DATA["runs"], ids=name)
def test_numbers_move_as_arrays_do(run: dict[str, Any]) -> None:
    given = {f"p{i}": p for i, p in enumerate(DATA["start"])} | {"d": 1}
    plan = engine.compile(engine.parse(NUMBERS), given, ["p0", "p1", "p2"], run["optimizer"])
    for i, wanted in enumerate(run["parameters"]):
        plan.set(d=1 + i % 2)
        plan.train_step()
        found = [plan.values[f"p{k}"] for k in range(3)]
        np.testing.assert_allclose(found, wanted, 1e-12, 1e-14)


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=lambda row: row.name)
def test_settings_and_defaults_are_the_frameworks(row: engine.Optimizer) -> None:
    theirs = {k: v for k, v in DATA["defaults"][row.name].items() if k not in ELSEWHERE}
    theirs["learning_rate"] = theirs.pop("lr")
    ours = {s.name: list(s.default) if isinstance(s.default, tuple) else s.default
            for s in row.settings}  # fmt: skip
    assert ours == theirs


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=lambda row: row.name)
def test_every_row_documents_itself_and_uses_all_its_slots(row: engine.Optimizer) -> None:
    assert row.latex
    assert row.doc.en != row.doc.pt
    assert all(setting.doc.en and setting.doc.pt for setting in row.settings)
    full = {
        s.name: s.default if isinstance(s.default, tuple) else True if s.default is False else 0.5
        for s in row.settings
    }
    assert rule(row.program(full), row.slots).slots == row.slots


@pytest.mark.parametrize(
    ("optimizer", "pointer"),
    [({"name": "sdg"}, "/optimizer/name"), ({}, "/optimizer/name"),
     ({"name": 3}, "/optimizer/name"),
     ({"name": "sgd", "lr": 0.1}, "/optimizer/lr"),
     ({"name": "sgd", "learning_rate": -1}, "/optimizer/learning_rate"),
     ({"name": "sgd", "learning_rate": float("nan")}, "/optimizer/learning_rate"),
     ({"name": "sgd", "learning_rate": 10**400}, "/optimizer/learning_rate"),
     ({"name": "sgd", "learning_rate": True}, "/optimizer/learning_rate"),
     ({"name": "sgd", "learning_rate": "0.1"}, "/optimizer/learning_rate"),
     ({"name": "sgd", "nesterov": True}, "/optimizer"),
     ({"name": "sgd", "nesterov": 1}, "/optimizer/nesterov"),
     ({"name": "adam", "betas": [0.9, 1.0]}, "/optimizer/betas"),
     ({"name": "adam", "betas": 0.9}, "/optimizer/betas"),
     ({"name": "adam", "betas": [0.9]}, "/optimizer/betas")],
)  # fmt: skip
def test_what_is_not_accepted_is_named(optimizer: dict[str, Any], pointer: str) -> None:
    with pytest.raises(EngineError) as caught:
        engine.compile(engine.parse("p * p"), {"p": 1}, ["p"], optimizer)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


def test_a_name_that_is_missing_is_asked_for() -> None:
    with pytest.raises(EngineError, match="The optimizer needs a name; accepted are sgd"):
        settings_of({"learning_rate": 1.0})
    with pytest.raises(EngineError, match="There is no optimizer newton; accepted are sgd"):
        settings_of({"name": "newton"})
