"""The terms of an update: against an independent framework, the plan, and their own formulas."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import engine
from engine import OPTIMIZERS, Plan, Term, terms
from engine.optimizers import settings_of
from engine.plan import STEPS
from engine.update_terms import READ, SYMBOLS
from tests.engine.cases import load

DATA = load("optimizers.json")
NAMED = re.compile("«([a-z0-9_]+)[!+]?»")


def name(run: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in run["optimizer"].items())


def plan_of(run: dict[str, Any]) -> Plan:
    given = {"p": DATA["start"], "c": DATA["c"], "d": 1}
    graph = engine.parse("sum(c * sin(p * p)) / d")
    return engine.compile(graph, given, ["p"], run["optimizer"])


def updated(plan: Plan, run: dict[str, Any], i: int) -> dict[str, Term]:
    """Run one update of a plan, and return its terms by name."""
    row, settings = settings_of(run["optimizer"])
    before = plan.state()
    plan.set(d=1 + i % 2)
    plan.train_step()
    slots = {key[2:]: value for key, value in before.items() if key.startswith("p.")}
    gradient = plan.grads["p"]
    assert gradient is not None
    found = terms(row, settings, int(before[STEPS]) + 1, before["p"], gradient, slots)
    return {term.name: term for term in found}


@pytest.mark.parametrize("run", DATA["runs"], ids=name)
def test_the_last_term_is_where_an_independent_framework_goes(run: dict[str, Any]) -> None:
    plan = plan_of(run)
    for i, wanted in enumerate(run["parameters"]):
        found = updated(plan, run, i)
        np.testing.assert_allclose(found["new_p"].value, wanted, 1e-12, 1e-14)
        np.testing.assert_allclose(found["new_p"].value, plan.values["p"], 1e-12, 1e-14)
        assert list(found)[-1] == "new_p"


@pytest.mark.parametrize("run", DATA["runs"], ids=name)
def test_what_the_optimizer_keeps_is_what_the_plan_keeps(run: dict[str, Any]) -> None:
    plan = plan_of(run)
    for i in range(len(run["parameters"])):
        found = updated(plan, run, i)
        kept = {k[2:]: value for k, value in plan.state().items() if k.startswith("p.")}
        assert {f"new_{slot}" for slot in kept} <= set(found)
        for slot, value in kept.items():
            np.testing.assert_allclose(found[f"new_{slot}"].value, value, 1e-12, 1e-14)


@pytest.mark.parametrize("run", DATA["runs"], ids=name)
def test_every_formula_gives_its_value_when_it_is_read(run: dict[str, Any]) -> None:
    plan = plan_of(run)
    updated(plan, run, 0)
    found = updated(plan, run, 1)
    values = {key: term.value for key, term in found.items()}
    for term in found.values():
        if term.template is None:
            continue
        computed = eval(python(term.template), {"np": np, "v": values})
        np.testing.assert_allclose(computed, term.value, 1e-12, 1e-15)


def python(latex: str) -> str:
    """Translate a template into an expression, braces and all."""
    text = NAMED.sub(r"v['\1']", latex)
    text = text.replace(r"\operatorname{step}", "(lambda x: np.where(x > 0, 1.0, 0.0))")
    text = text.replace(r"\max", "np.maximum").replace(r"\cdot", "*").replace(r"\sqrt", "np.sqrt")
    text = text.replace(r"\frac", "(lambda x: lambda y: x / y)").replace("^", "**")
    return text.replace("{", "(").replace("}", ")")


def test_every_optimizer_is_told_with_symbols_of_its_own() -> None:
    assert set(READ) == set(OPTIMIZERS)
    for run in DATA["runs"]:
        found = updated(plan_of(run), run, 0)
        symbols = [term.symbol for term in found.values()]
        assert len(set(symbols)) == len(symbols)
        assert all(SYMBOLS[term.name] == term.symbol for term in found.values())
        seen: set[str] = set()
        for term in found.values():
            assert set(NAMED.findall(term.template or "")) <= seen
            seen.add(term.name)


def test_adam_corrects_both_averages_for_their_start() -> None:
    row, settings = settings_of({"name": "adam", "learning_rate": 0.1})
    found = {t.name: t for t in terms(row, settings, 1, np.array(1.0), np.array(0.5), {})}
    assert found["new_exp_avg"].value == pytest.approx(0.05)
    assert found["m_hat"].value == pytest.approx(0.5)
    assert found["v_hat"].value == pytest.approx(0.25)
    assert found["new_p"].value == pytest.approx(0.9, abs=1e-8)
