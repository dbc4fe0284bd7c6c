"""Every slip of the table is recognised on a graph of the lecture, and is never taken for right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.questions import SLIPS, Question, case_of, check, located
from engine.questions.digits import outcomes, reach
from tests.engine.questions.graphs import PROGRAMS, questions, run_of


def step(name: str, node: str, source: str | None = None) -> int:
    """Return the number of the step that brings a node its value, or an edge its gradient."""
    return next(
        s.index for s in run_of(name).steps
        if s.node == node and s.source == source and (source is None) == (s.edge is None)
    )  # fmt: skip


# What a learner types who slips so, worked out by hand, and where the slip is.
TYPED: dict[str, tuple[str, Question, Any, str]] = {
    "wrong_order": (
        "matrices", Question("product", step=9), [["-0.0879", "-0.0340"]], "s2",
    ),
    "pre_activation": ("chain", Question("local", step=9), "-0.5", "a1"),
    "local_forgotten": ("chain", Question("product", step=9), "-0,1123", "s2"),
    "global_forgotten": ("chain", Question("product", step=9), "0.3775", "s2"),
    "added": ("chain", Question("product", step=9), "-0.1123+0.3775", "s2"),
    "multiplied": ("function", Question("value", node="q"), "6", "q"),
    "path_forgotten": ("paths", Question("sum", node="a"), "PATH", "a"),
    "sign_turned": ("chain", Question("local", step=6), "0.453", "L"),
    "own_factor": ("chain", Question("local", step=9), "1/2", "s2"),
    "half_forgotten": ("chain", Question("value", node="L"), "0.2053", "L"),
    "two_forgotten": ("batch", Question("product", step=6), "TWO", "L"),
    "mean_forgotten": ("batch", Question("value", node="L"), "0.4936", "L"),
    "rate_forgotten": ("chain", Question("update", node="w2"), "0.5424", "w2"),
    "rate_added": ("chain", Question("update", node="w2"), "0.5-(0.1-0.0424)", "w2"),
    "step_added": ("chain", Question("update", node="w2"), "0,4958", "w2"),
    "step_alone": ("chain", Question("update", node="w2"), "0.00424", "w2"),
}  # fmt: skip


def answer_of(code: str) -> tuple[str, Question, Any, str]:
    name, question, answer, place = TYPED[code]
    run = run_of(name)
    if answer == "PATH":
        first = run.edges[run.outgoing["a"][0]].contribution
        answer = f"{float(first):.4f}" if first is not None else ""
    if answer == "TWO":
        edge = run.edges[run.steps[question.step or 0].edge or 0]
        assert edge.contribution is not None
        answer = [[f"{cell / 2:.4f}" for cell in row] for row in edge.contribution]
    return name, question, answer, place


def test_the_table_is_the_list_of_slips() -> None:
    assert list(TYPED) == [slip.code for slip in SLIPS]


@pytest.mark.parametrize("code", TYPED)
def test_a_slip_is_recognised_and_placed(code: str) -> None:
    name, question, answer, place = answer_of(code)
    verdict = check(run_of(name), question, answer)
    assert not verdict.right
    assert verdict.slips[:1] == (code,), verdict
    assert verdict.node == place


def test_the_forgotten_path_is_the_edge_that_is_pointed_at() -> None:
    name, question, answer, _ = answer_of("path_forgotten")
    run = run_of(name)
    assert check(run, question, answer).edge == run.outgoing["a"][1]


def test_the_second_factor_before_the_activation_is_recognised_in_a_product() -> None:
    verdict = check(run_of("chain"), Question("product", step=9), "-0.1123*-0.5")
    assert (verdict.slips[0], verdict.node) == ("pre_activation", "a1")


def test_a_half_forgotten_in_the_loss_is_recognised_far_from_it() -> None:
    verdict = check(run_of("chain"), Question("product", step=9), "-0.0848")
    assert (verdict.slips[0], verdict.node, verdict.edge) == ("half_forgotten", "L", None)


def test_the_batch_mean_forgotten_is_recognised_in_the_gradient_of_a_weight() -> None:
    run = run_of("rows")
    gradient = run.grads["w"]
    assert gradient is not None
    verdict = check(run, Question("sum", node="w"), f"{float(gradient) * 4:.5f}")
    assert "mean_forgotten" in verdict.slips


def test_the_erratum_of_the_slides_is_a_sign_turned() -> None:
    verdict = check(run_of("matrices"), Question("product", step=9), [["0.087"], ["0.034"]])
    assert verdict.slips == ("sign_turned",)


def typed(value: Any) -> Any:
    return [typed(part) for part in value] if np.ndim(value) else f"{float(value):.5g}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_slip_is_confused_with_a_right_answer(name: str) -> None:
    """Whatever a row gives is right where it is the true value, and else is named."""
    run, named = run_of(name), 0
    for question in questions(name):
        case = case_of(run, located(run, question))
        whole = reach(outcomes(case.operands, case.compute))
        for slip in SLIPS:
            for slipped in slip.gives(case) if question.kind in slip.kinds else ():
                result = outcomes(slipped.operands, slipped.compute)[0]
                if np.shape(result) != np.shape(case.truth) or not np.isfinite(result).all():
                    continue
                verdict = check(run, question, typed(result))
                apart = np.abs(result - case.truth) > 0.2 * np.abs(case.truth)
                close = (result >= whole.low) & (result <= whole.high)
                if np.any(apart):
                    assert slip.code in verdict.slips, (question, slip.code, verdict)
                    named += 1
                elif np.all(close):
                    assert verdict.right
    assert named > 5
