"""A verdict in words: what is right or went wrong, where to look, and the step worked out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

import engine
from app import details, wire
from app.catalogues import catalogue
from app.explain import Explainer
from app.question_models import AnswerRequest, NetworkAsked, QuestionRequest
from app.training import pass_graph, updates
from app.training.pass_overlay import Wish
from app.training.session import Session
from engine import Run
from engine.questions import Question, Spot, Verdict, case_of, check, located

Row = dict[str, Any]
# From this try on, the step is worked out.
TRIES = 2
# Digits of the worked answer.
SHOWN = 4


def of_graph(asked: AnswerRequest, language: str) -> Row:
    """Judge an answer about a program."""
    assert asked.graph is not None, "either a graph or a network is asked about"
    view = details.shown(asked.graph)
    return judged(view.run, view.labels, asked, language)


def of_network(session: Session, asked: AnswerRequest, language: str) -> Row:
    """Judge an answer about a pass of a network."""
    assert asked.network is not None, "either a graph or a network is asked about"
    network = asked.network
    wish = Wish(detail=network.detail, rows=network.rows, expand=network.expand)
    view = pass_graph.recorded(session, wish)
    return judged(_moved(session, view.run, asked.network), view.labels, asked, language)


def _moved(session: Session, run: Run, asked: NetworkAsked) -> Run:
    """Put the optimizer's own update in place of plain descent; rows alone are not updated by."""
    if asked.rows is not None:
        steps = tuple(step for step in run.steps if step.phase != "update")
        return replace(run, updates=(), steps=steps)
    found = updates.updated(session).moved
    parts = [one for whole in found
             for one in ([whole] if whole.parameter in run.graph else updates.elements(whole))
             if one.parameter in run.graph]  # fmt: skip
    moved = tuple(engine.Update(*(getattr(one, name) for name in engine.Update.__slots__))
                  for one in parts)  # fmt: skip
    return replace(run, updates=moved)


def judged(run: Run, labels: Any, asked: AnswerRequest, language: str) -> Row:
    """Return the answer of `POST /answers`; raises ValueProblem for what cannot be asked."""
    question = _question(asked.question)
    spot = located(run, question)
    verdict = Verdict(False) if asked.show else check(run, question, asked.answer, asked.digits)
    teller = _Teller(run, spot, Explainer(run, labels, language), language)
    again = asked.attempt >= TRIES and verdict.unreadable is None
    return {
        "right": verdict.right,
        "slip": verdict.slips[0] if verdict.slips else None,
        "slips": list(verdict.slips),
        "unreadable": verdict.unreadable,
        "place": None if verdict.right or asked.show else _place(verdict),
        "said": teller.said(verdict, asked.show),
        "worked": teller.worked() if verdict.right or again or asked.show else None,
    }


def _question(asked: QuestionRequest) -> Question:
    cell = None if asked.cell is None else tuple(asked.cell)
    return Question(asked.kind, asked.step, asked.node, asked.edge, cell)


def _place(verdict: Verdict) -> Row:
    cells = [list(place) for place in verdict.wrong if place]
    return {"node": verdict.node, "edge": verdict.edge, "cells": cells}


class _Teller:
    """Writes sentences about one question in one language."""

    def __init__(self, run: Run, spot: Spot, explainer: Explainer, language: str) -> None:
        self.run, self.spot, self.explainer, self.language = run, spot, explainer, language
        self.texts = catalogue(language)

    def said(self, verdict: Verdict, shown: bool) -> str:
        """Return the sentence that answers."""
        if shown or verdict.right:
            return self.texts["answer.shown" if shown else "answer.right"]
        if verdict.unreadable is not None:
            return self.texts[f"answer.unreadable.{verdict.unreadable}"]
        code = verdict.slips[0] if verdict.slips else "none"
        keys = (f"answer.slip.{code}.{self.spot.kind}", f"answer.slip.{code}")
        text = next(self.texts[key] for key in keys if key in self.texts)
        return text.format_map(self._names(verdict))

    def _names(self, verdict: Verdict) -> dict[str, str]:
        """Return the symbols that sentences name: of the place, and of the edge asked about."""
        run = self.run
        index = verdict.edge if verdict.edge is not None else self.spot.edge
        edge = None if index is None else run.edges[index]
        node = verdict.node or self.spot.node
        symbols = {
            "node": node,
            "target": edge.target if edge else node,
            "source": edge.source if edge else node,
            "output": run.graph.output,
        }
        return {role: self.explainer.plain(name) for role, name in symbols.items()}

    def worked(self) -> Row:
        """Return the step worked out: the answer, its sentence, and its equations."""
        step = self._step()
        told = {} if step is None else self.explainer.step(step.index)
        value = self._value()
        lines = [] if step is None else engine.step_lines(self.run, step)
        return {
            "value": None if value is None else wire.numbers(value),
            "answer": self._written(value),
            "text": told.get("text", ""),
            "lines": [
                {"name": line.name, "latex": self.explainer.printed(line.latex)} for line in lines
            ],
        }

    def _value(self) -> Any:
        spot = self.spot
        if spot.kind in ("next", "shape"):
            return None
        truth = case_of(self.run, spot).truth
        return (truth if spot.cell is None else truth[spot.cell])[()]

    def _written(self, value: Any) -> str:
        if self.spot.kind == "next":
            step = self.run.steps[self.spot.step or 0]
            return self.explainer.plain(step.source or step.node)
        if value is None:
            shape = np.shape(self.run.values[self.spot.node])
            return " × ".join(map(str, shape)) or "[]"
        if np.ndim(value) == 0:
            return engine.plain(float(value), SHOWN, self.language).text
        return ""

    def _step(self) -> engine.Step | None:
        """Return the step that brings what is asked for."""
        spot = self.spot
        if spot.step is not None:
            return self.run.steps[spot.step]
        found = [step for step in self.run.steps if self._brings(step)]
        return found[-1] if found else None

    def _brings(self, step: engine.Step) -> bool:
        spot = self.spot
        if spot.edge is not None:
            return step.edge == spot.edge
        if spot.kind == "sum":
            return step.source == spot.node
        phases = ("update",) if spot.kind == "update" else ("forward", "loss")
        return step.phase in phases and step.node == spot.node
