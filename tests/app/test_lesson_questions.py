"""Every question of a lesson accepts its own answer, and names the slips that apply to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import engine
from app.lessons import lessons
from app.lessons.questions import question as asked
from engine import Descent, Run
from engine.questions import SLIPS, case_of, check, located
from engine.questions.digits import outcomes
from tests.app.client import Client, strict

KINDS = {"value", "local", "product", "sum", "update", "shape", "next"}
ASKED = [
    pytest.param(lesson["graphs"][scene["graph"]], scene, text, id=f"{slug}-{scene['id']}-{text}")
    for slug, lesson in lessons().items()
    for scene in lesson["scenes"]
    for text in scene.get("ask", [])
]
every_question = pytest.mark.parametrize(("graph", "scene", "text"), ASKED)
MARKS = {"en": ".", "pt-BR": ","}


def evaluated(graph: dict[str, Any]) -> Run:
    update = graph.get("update")
    descent = Descent(update["learning_rate"], tuple(update["parameters"])) if update else None
    program = engine.parse(graph["program"])
    return engine.evaluate(program, graph["values"], graph.get("constants", ()), descent)


def test_every_kind_of_question_is_asked_somewhere() -> None:
    assert {str(param.values[2]).partition(" ")[0] for param in ASKED} == KINDS


def typed(value: Any, mark: str) -> Any:
    if np.ndim(value):
        return [typed(part, mark) for part in value]
    return f"{float(value):.4g}".replace(".", mark)


def test_the_lessons_ask() -> None:
    assert {str(param.id).split("-")[0] for param in ASKED} >= {
        "function",
        "two",
        "matrices",
        *(slug.split("-")[0] for slug in list(lessons())[7:]),
    }


@every_question
def test_a_question_stands_at_a_step_of_its_scene(
    graph: dict[str, Any], scene: dict[str, Any], text: str
) -> None:
    question = asked(evaluated(graph), text)
    assert question.kind in KINDS
    assert question.step is not None
    assert scene["from"] <= question.step < scene["to"]
    assert scene["view"]["reveal"] == "beats" and not scene["view"].get("symbols")


@every_question
@pytest.mark.parametrize("language", MARKS)
def test_its_own_answer_is_accepted_and_each_slip_is_named_in_both_languages(
    client: Client, graph: dict[str, Any], scene: dict[str, Any], text: str, language: str
) -> None:
    run = evaluated(graph)
    question = asked(run, text)
    body: dict[str, Any] = {
        "graph": graph, "language": language,
        "question": {"kind": question.kind, "step": question.step},
    }  # fmt: skip

    def said(answer: Any) -> dict[str, Any]:
        found = client.post("/answers", {**body, "answer": answer})
        verdict: dict[str, Any] = strict(found)
        return verdict

    if question.kind == "shape":
        spot = located(run, question)
        assert said(" × ".join(map(str, np.shape(run.values[spot.node]))))["right"], scene["id"]
        assert not said("7 × 7")["right"]
        return
    if question.kind == "next":
        step = run.steps[question.step or 0]
        names = [node.id for node in run.graph.nodes]
        verdicts = {name: said(name) for name in names}
        right = {name for name, verdict in verdicts.items() if verdict["right"]}
        early = {name for name, verdict in verdicts.items() if "too_early" in verdict["slips"]}
        assert (step.source or step.node) in right and early and right.isdisjoint(early)
        done = run.graph.output if step.source else run.graph.nodes[0].id
        assert done not in right | early
        assert all(verdict["said"] for verdict in verdicts.values())
        return
    case = case_of(run, located(run, question))
    assert said(typed(case.truth, MARKS[language]))["right"]
    for slip in SLIPS:
        for slipped in slip.gives(case) if question.kind in slip.kinds else ():
            given = typed(outcomes(slipped.operands, slipped.compute)[0], ".")
            if np.shape(given) != np.shape(case.truth) or check(run, question, given).right:
                continue
            verdict = said(typed(np.array(given, dtype=float), MARKS[language]))
            assert (verdict["right"], slip.code in verdict["slips"]) == (False, True)
            assert verdict["said"] and verdict["worked"] is None
