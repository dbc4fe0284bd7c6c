"""A lesson's questions: texts such as “value q”, “local f/q” or “update w”, read for a run."""

from __future__ import annotations

from engine import Run
from engine.errors import ValueProblem
from engine.questions import ABOUT, Question, located
from engine.sentence import say

# Kinds that are asked of a step of either pass.
EITHER = frozenset({"shape", "next"})
# Phases in which a node named alone is asked about.
_OF_NODE = {"sum": ("backward",), "update": ("update",)}


def question(run: Run, text: str) -> Question:
    """Return the question with the step that it is asked at; raises ValueProblem if none is."""
    kind, _, place = text.strip().partition(" ")
    target, _, source = place.strip().partition("/")
    if kind not in ABOUT:
        raise ValueProblem(
            say(
                "There is no question {name}; accepted are {accepted}.",
                name=kind[:40],
                accepted=ABOUT,
            )
        )
    if not target or (kind not in EITHER and (ABOUT[kind] == "edge") != bool(source)):
        raise ValueProblem(
            say(
                "The question {question} has no place; write value q for a node, local "
                "f/q for an edge.",
                question=text[:80],
            )
        )
    found = Question(kind, step=_step(run, kind, target, source, text))
    located(run, found)
    return found


def _step(run: Run, kind: str, target: str, source: str, text: str) -> int:
    if source:
        fits = [s.index for s in run.steps if s.node == target and s.source == source]
    elif kind == "sum":
        fits = [s.index for s in run.steps if s.phase == "backward" and s.source == target][-1:]
    else:
        phases = _OF_NODE.get(kind, ("forward", "loss"))
        fits = [s.index for s in run.steps if s.phase in phases and s.node == target]
    if not fits:
        raise ValueProblem(
            say("No step of the graph answers the question {question}.", question=text[:80])
        )
    return fits[0]
