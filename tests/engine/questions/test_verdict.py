"""What counts as right, and that nothing else does."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import EngineError
from engine.errors import ValueProblem
from engine.questions import Question, Verdict, case_of, check, located
from tests.engine.questions.graphs import PROGRAMS, questions, run_of

ASKED = [
    pytest.param(name, question, id=f"{name}-{question.kind}-{question.step}")
    for name in PROGRAMS
    for question in questions(name)
]
every_question = pytest.mark.parametrize(("name", "question"), ASKED)


def truth(name: str, question: Question) -> Any:
    run = run_of(name)
    return case_of(run, located(run, question)).truth


def written(value: float, digits: int, how: str) -> str:
    """Write a number with so many significant digits, by decimal arithmetic."""
    with localcontext() as context:
        context.prec, context.rounding = digits, how
        # Beyond fifteen digits stands the noise of binary arithmetic: 0.3·3 is meant to be 0.9.
        return f"{+Decimal(f'{value:.15g}'):f}"


def texts(value: Any, digits: int, how: str, mark: str) -> Any:
    if np.ndim(value):
        return [texts(part, digits, how, mark) for part in value]
    return written(value, digits, how).replace(".", mark)


@every_question
def test_the_true_value_is_what_the_run_recorded(name: str, question: Question) -> None:
    run = run_of(name)
    step = run.steps[question.step or 0]
    edge = run.edges[step.edge] if step.edge is not None else None
    recorded = {
        "value": run.values[step.node],
        "local": edge and edge.local,
        "product": edge and edge.contribution,
        "sum": run.grads[step.source or step.node],
        "update": next((u.new for u in run.updates if u.parameter == step.node), None),
    }[question.kind]
    assert recorded is not None
    np.testing.assert_allclose(truth(name, question), recorded, rtol=1e-12)


@settings(max_examples=250, deadline=None)
@given(
    asked=st.sampled_from([param.values for param in ASKED]),
    digits=st.integers(2, 15),
    how=st.sampled_from([ROUND_DOWN, ROUND_HALF_EVEN]),
    mark=st.sampled_from([".", ","]),
)
def test_the_true_value_rounded_or_cut_is_right_in_both_notations(
    asked: tuple[str, Question], digits: int, how: str, mark: str
) -> None:
    name, question = asked
    answer = texts(truth(name, question), digits, how, mark)
    assert check(run_of(name), question, answer) == Verdict(True)


@settings(max_examples=150, deadline=None)
@given(
    asked=st.sampled_from([param.values for param in ASKED]),
    factor=st.sampled_from([0.8, 0.9, 1.1, 1.25, 3.0, 10.0, -3.0]),
    data=st.data(),
)
def test_an_answer_far_off_is_not_right(
    asked: tuple[str, Question], factor: float, data: st.DataObject
) -> None:
    name, question = asked
    true = truth(name, question)
    places = [place for place in np.ndindex(np.shape(true)) if true[place] != 0]
    place = data.draw(st.sampled_from(places))
    wrong = np.array(true)
    wrong[place] *= factor
    verdict = check(run_of(name), question, texts(wrong, 4, ROUND_HALF_EVEN, "."))
    assert not verdict.right
    assert place in verdict.wrong


LECTURE = [
    # L5 with the slides' digits: cut, rounded, and from factors of three digits.
    *(("chain", Question("product", step=9), answer)
      for answer in ("-0.0423", "-0.0424", "-0.0425", "−0,0425", "-0.453*0.248*0.378")),
    *(("chain", Question("product", step=11), answer) for answer in ("-0.0131", "-0,0132")),
    ("chain", Question("value", node="s2"), "0.188"),
    ("chain", Question("value", node="s2"), "0,189"),
    ("chain", Question("value", node="L"), "0.102"),
    ("chain", Question("update", node="w2"), "0.5 - 0.1*-0.0425"),
    ("chain", Question("update", node="w1"), "−0,4986"),
    ("function", Question("product", step=5), "4*1"),
    ("function", Question("value", node="f"), "20"),
    ("function", Question("value", node="f"), "40/2"),
    ("matrices", Question("value", node="s1"), [["3.7", "-1/2"]]),
    ("matrices", Question("value", node="a2"), "0,618"),
    ("matrices", Question("product", step=9), [["-0.087"], ["-0.034"]]),
    ("matrices", Question("product", step=11, cell=(2, 1)), "-0.0318"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "question", "answer"), LECTURE)
def test_the_numbers_of_the_lecture_are_right(name: str, question: Question, answer: Any) -> None:
    assert check(run_of(name), question, answer) == Verdict(True)


@pytest.mark.parametrize("answer", ["-0.0426", "-0.0421", "-0.041", "-0.05", "0", "1", "-0.4"])
def test_neighbours_that_follow_from_nothing_are_wrong(answer: str) -> None:
    assert not check(run_of("chain"), Question("product", step=9), answer).right


def test_more_digits_of_the_operands_reach_less_far() -> None:
    run, question = run_of("chain"), Question("product", step=9)
    assert check(run, question, "-0.0425", digits=3).right
    assert not check(run, question, "-0.0425", digits=6).right


def test_one_significant_digit_is_too_few_and_is_said_to_be() -> None:
    verdict = check(run_of("chain"), Question("product", step=9), "-0.04")
    assert (verdict.right, verdict.slips) == (False, ("few_digits",))


def test_zero_is_right_where_the_answer_is_zero_only() -> None:
    run = engine.evaluate(engine.parse("z = relu(x) * y"), {"x": -2, "y": 3})
    assert check(run, Question("local", edge=0), "0").right
    assert check(run, Question("local", edge=0), "0,00").right
    assert not check(run_of("chain"), Question("product", step=9), "0.00").right


@pytest.mark.parametrize("answer", [[], [["1"]], ["1", "2", "3"], [["1", "2"], ["3"]], "1"])
def test_an_array_of_another_shape_is_no_answer(answer: Any) -> None:
    verdict = check(run_of("matrices"), Question("value", node="s1"), answer)
    assert (verdict.right, verdict.unreadable) == (False, "shape")


def test_wrong_elements_are_named() -> None:
    verdict = check(run_of("matrices"), Question("value", node="s1"), [["3.7", "0.5"]])
    assert (verdict.right, verdict.wrong) == (False, ((0, 1),))


@pytest.mark.parametrize("answer", ["3 × 2", "3x2", "(3, 2)", "[3,2]", "3 2", "3 ; 2"])
def test_a_shape_is_read_as_it_is_written(answer: str) -> None:
    assert check(run_of("matrices"), Question("shape", node="W1"), answer).right


@pytest.mark.parametrize(
    ("answer", "slips", "unreadable"),
    [("2 × 3", ("wrong_order",), None), ("3", (), None), ("3 × 3", (), None), ("", (), "size"),
     ("three", (), "size"), ("9" * 300, (), "size")],
)  # fmt: skip
def test_another_shape_is_wrong(answer: str, slips: tuple[str, ...], unreadable: str) -> None:
    verdict = check(run_of("matrices"), Question("shape", node="W1"), answer)
    assert (verdict.right, verdict.slips, verdict.unreadable) == (False, slips, unreadable)


def test_any_node_that_is_ready_may_come_next() -> None:
    run = run_of("paths")
    forward = [s.index for s in run.steps if s.phase == "forward"]
    after_a = next(s.index for s in run.steps if s.node == "a") + 1
    candidates = {n.id: check(run, Question("next", step=after_a), n.id) for n in run.graph.nodes}
    assert {name for name, verdict in candidates.items() if verdict.right} == {
        arg for name in ("b1", "b2") for arg in run.graph[name].args if arg.startswith("%")
    }
    early = candidates["o"]
    assert early.slips == ("too_early",) and early.node in run.graph["o"].args
    assert len(forward) > 5


def test_backward_the_source_of_an_edge_comes_next_once_its_target_is_whole() -> None:
    run = run_of("chain")
    assert [n.id for n in run.graph.nodes if check(run, Question("next", step=8), n.id).right] == [
        "a1", "w2",
    ]  # fmt: skip
    assert check(run, Question("next", step=8), "w1").slips == ("too_early",)
    assert check(run, Question("next", step=5), "L").right
    assert check(run, Question("next", step=5), "no such node").unreadable == "node"


REFUSED = [
    Question("riddle", step=0), Question("value", step=99), Question("value", step=-1),
    Question("value"), Question("value", step=0, node="s1"), Question("value", edge=0),
    Question("value", node="x1"), Question("value", node="nobody"), Question("local", node="s1"),
    Question("local", edge=99), Question("local", edge=0), Question("local", step=0),
    Question("local", step=5), Question("sum", node="y"), Question("sum", node="L"),
    Question("update", node="x1"), Question("update", step=0), Question("next", node="s1"),
    Question("value", node="s1", cell=(0,)), Question("shape", node="s1", cell=(0,)),
]  # fmt: skip


@pytest.mark.parametrize("question", REFUSED, ids=str)
def test_what_cannot_be_asked_is_refused_with_the_place(question: Question) -> None:
    with pytest.raises(EngineError) as caught:
        check(run_of("chain"), question, "1")
    assert (caught.value.pointer or "").startswith("/question")


def test_an_answer_that_is_not_finite_cannot_be_asked_for() -> None:
    run = engine.evaluate(engine.parse("z = log(x) * y"), {"x": 0, "y": 1})
    with pytest.raises(ValueProblem, match="no finite number"):
        check(run, Question("value", node="z"), "1")
