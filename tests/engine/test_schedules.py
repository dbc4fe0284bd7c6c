"""Learning rates by iteration."""

from __future__ import annotations

from typing import Any

import pytest

import engine
from engine import SCHEDULES, EngineError, scheduled


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [({"name": "constant"}, {0: 0.5, 10**6: 0.5}),
     ({"name": "step", "every": 10, "gamma": 0.5}, {0: 0.5, 9: 0.5, 10: 0.25, 29: 0.125}),
     ({"name": "cosine", "iterations": 100}, {0: 0.5, 50: 0.25, 100: 0, 500: 0}),
     ({"name": "cosine", "iterations": 100, "floor": 0.2}, {0: 0.5, 50: 0.3, 100: 0.1}),
     ({"name": "warmup", "iterations": 5}, {0: 0.1, 1: 0.2, 4: 0.5, 9: 0.5})],
    ids=lambda value: value.get("name", ""),
)  # fmt: skip
def test_rates_follow_their_formulas(schedule: dict[str, Any], rates: dict[int, float]) -> None:
    rate = scheduled(schedule, 0.5)
    assert {k: rate(k) for k in rates} == pytest.approx(rates)


@pytest.mark.parametrize("row", SCHEDULES.values(), ids=lambda row: row.name)
def test_factors_stay_between_0_and_1(row: engine.Schedule) -> None:
    rate = scheduled({"name": row.name}, 1.0)
    assert all(0 <= rate(k) <= 1 for k in range(3000))
    assert row.doc.en != row.doc.pt
    assert row.latex


def test_a_plan_follows_a_schedule() -> None:
    plan = engine.compile(engine.parse("p * c"), {"p": 1, "c": 1}, ["p"])
    rate = scheduled({"name": "step", "every": 1, "gamma": 0.5}, 0.5)
    for _ in range(3):
        plan.configure(learning_rate=rate(plan.iteration))
        plan.train_step()
    assert plan.values["p"] == 1 - 0.5 - 0.25 - 0.125


@pytest.mark.parametrize(
    ("schedule", "pointer"),
    [({"name": "linear"}, "/schedule/name"), ({}, "/schedule/name"),
     ({"name": "step", "every": 0}, "/schedule/every"),
     ({"name": "step", "every": 1.5}, "/schedule/every"),
     ({"name": "step", "every": True}, "/schedule/every"),
     ({"name": "step", "gamma": 1.5}, "/schedule/gamma"),
     ({"name": "step", "gamma": float("nan")}, "/schedule/gamma"),
     ({"name": "constant", "every": 2}, "/schedule/every")],
)  # fmt: skip
def test_what_is_not_accepted_is_named(schedule: dict[str, Any], pointer: str) -> None:
    with pytest.raises(EngineError) as caught:
        scheduled(schedule, 0.1)
    assert caught.value.pointer == pointer


def test_a_name_that_is_missing_is_asked_for() -> None:
    with pytest.raises(EngineError, match="The schedule needs a name; accepted are constant"):
        scheduled({"every": 2}, 0.1)
