"""`POST /answers` judges what a learner typed, says why it is wrong, and never breaks."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogues import LANGUAGES, catalogue
from engine.questions import SLIPS
from tests.app.client import Client, problem, strict
from tests.app.networks import XOR

CHAIN = {
    "program": "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); "
    "L = half_mse(a2, y)",
    "values": {"x1": 1, "w1": -0.5, "w2": 0.5, "y": 1},
    "constants": ["x1", "y"],
    "labels": {"w2": "w^{(2)}", "s2": "s^{(2)}"},
    "update": {"learning_rate": 0.1, "parameters": ["w2", "w1"]},
}
PRODUCT = {"kind": "product", "step": 9}


def answered(client: Client, answer: Any, **more: Any) -> dict[str, Any]:
    body = {"graph": CHAIN, "question": PRODUCT, "answer": answer, **more}
    found = client.post("/answers", body)
    assert found.status_code == 200, found.text
    verdict: dict[str, Any] = strict(found)
    return verdict


@pytest.mark.parametrize("answer", ["-0.0423", "−0,0424", "-0.0425", "-0.453*0.248*0.378"])
def test_a_right_answer_is_right_and_the_step_is_worked(client: Client, answer: str) -> None:
    verdict = answered(client, answer)
    assert (verdict["right"], verdict["slip"], verdict["place"]) == (True, None, None)
    assert verdict["worked"]["value"] == pytest.approx(-0.04237288, rel=1e-6)
    assert verdict["worked"]["answer"] == "−0.04237"
    assert [line["name"] for line in verdict["worked"]["lines"]] == ["rule", "local", "product"]


def test_a_slip_is_named_and_placed_and_nothing_is_given_away(client: Client) -> None:
    verdict = answered(client, "-0.1123")
    assert (verdict["right"], verdict["slip"]) == (False, "local_forgotten")
    assert verdict["place"] == {"node": "s2", "edge": 4, "cells": []}
    assert "∂s⁽²⁾/∂w⁽²⁾" in verdict["said"]
    assert verdict["worked"] is None
    assert "0.0423" not in str(verdict)


def test_after_two_tries_the_step_is_worked(client: Client) -> None:
    assert answered(client, "1", attempt=2)["worked"]["answer"] == "−0.04237"
    unreadable = answered(client, "one", attempt=2)
    assert (unreadable["unreadable"], unreadable["worked"]) == ("letters", None)


def test_on_show_the_step_is_worked_without_an_answer(client: Client) -> None:
    verdict = answered(client, "", show=True, language="pt-BR")
    assert (verdict["right"], verdict["slip"]) == (False, None)
    assert verdict["worked"]["answer"] == "−0,04237"
    assert verdict["said"] == catalogue("pt-BR")["answer.shown"]


def test_the_language_is_the_one_asked_for_or_that_of_the_browser(client: Client) -> None:
    assert answered(client, "0.0424", language="pt-BR")["said"].startswith("O tamanho está certo")
    assert answered(client, "0.0424")["said"].startswith("The size is right")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_has_its_sentence(language: str) -> None:
    texts = catalogue(language)
    assert {f"answer.slip.{slip.code}" for slip in SLIPS} <= texts.keys()


KINDS = [
    ({"kind": "value", "node": "s2"}, "0,189", "0.1888"),
    ({"kind": "local", "step": 9}, "0.378", "0.3775"),
    ({"kind": "sum", "node": "w2"}, "-0.0424", "−0.04237"),
    ({"kind": "update", "node": "w2"}, "0.5042", "0.5042"),
    ({"kind": "shape", "node": "s2"}, "1", "[]"),
    ({"kind": "next", "step": 1}, "a1", "a₁"),
]


@pytest.mark.parametrize(("question", "answer", "worked"), KINDS)
def test_every_kind_can_be_asked(
    client: Client, question: dict[str, Any], answer: str, worked: str
) -> None:
    verdict = answered(client, answer, question=question)
    assert (verdict["right"], verdict["worked"]["answer"]) == (True, worked)
    wrong = answered(client, "7", question=question)
    assert not wrong["right"]
    assert wrong["said"]


HOSTILE = ["9**9**9", "nan", "1e999", "Infinity", "(" * 150, "1/0", "__import__('os')", "\u202e1",
           "1,000.5", "٣", "", "{node.__class__}", "\x00"]  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE)
def test_hostile_texts_are_errors_of_the_learner(client: Client, answer: str) -> None:
    verdict = answered(client, answer, attempt=3)
    assert (verdict["right"], verdict["worked"]) == (False, None)
    assert verdict["unreadable"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"answer": "1" * 10**6}, "/answer"),
        ({"answer": [["1"] * 2000] * 3}, "/answer"),
        ({"answer": 4}, "/answer"),
        ({"answer": [[["1"]]]}, "/answer"),
        ({"question": {"kind": "value", "step": 10**30}}, "/question/step"),
        ({"question": {"kind": "riddle", "step": 0}}, "/question/kind"),
        ({"question": {"kind": "value", "step": 99}}, "/question/step"),
        ({"question": {"kind": "value", "node": "nobody"}}, "/question/node"),
        ({"question": {"kind": "value"}}, "/question"),
        ({"question": {"kind": "value", "node": "s2", "cell": [3]}}, "/question/cell"),
        ({"attempt": 0}, "/attempt"),
        ({"digits": 1}, "/digits"),
        ({"surprise": 1}, "/surprise"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_place(
    client: Client, change: dict[str, Any], pointer: str
) -> None:
    body = {"graph": CHAIN, "question": PRODUCT, "answer": "1", **change}
    assert client.problem("/answers", body, 422)["pointer"].startswith(pointer)


def test_exactly_one_of_graph_and_network_is_asked_about(client: Client) -> None:
    assert (
        "graph" in client.problem("/answers", {"question": PRODUCT, "answer": "1"}, 422)["detail"]
    )
    both = {"graph": CHAIN, "network": {"id": "x"}, "question": PRODUCT, "answer": "1"}
    client.problem("/answers", both, 422)


def test_the_pass_of_a_network_is_asked_about_by_batch_and_by_row(client: Client) -> None:
    network = strict(client.post("/networks", XOR))["id"]
    client.post(f"/networks/{network}/step", {"phase": "iteration", "count": 2})
    for rows in (None, [1]):
        suffix = "" if rows is None else "?rows=1"
        graph = strict(client.get(f"/api/v1/networks/{network}/graph{suffix}"))
        step = next(s for s in graph["steps"] if s["phase"] == "loss")
        body = {
            "network": {"id": network, "rows": rows},
            "question": {"kind": "value", "step": step["index"]},
            "answer": f"{graph['value']:.5f}",
        }
        assert strict(client.post("/answers", body))["right"]
        wrong = strict(client.post("/answers", {**body, "answer": "77"}))
        assert not wrong["right"]
    graph = strict(client.get(f"/api/v1/networks/{network}/graph"))
    moved = graph["updates"][0]
    update: dict[str, Any] = {
        "network": {"id": network, "iteration": 2},
        "question": {"kind": "update", "node": moved["parameter"]},
        "answer": [[f"{cell:.6f}" for cell in row] for row in moved["new"]],
    }
    assert strict(client.post("/answers", update))["right"]
    missing = client.post("/answers", {**update, "network": {"id": "A" * 22}})
    assert problem(missing, 404)
