"""What makes a lesson one that opens: its graphs run, and its scenes point at what is there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from app import details
from app.graph_models import GraphFields, GraphRequest
from app.lessons.faults import Fault, of_engine
from app.lessons.mathematics import fault
from app.lessons.model import Language, SceneFile, Texts
from app.lessons.places import Path
from app.lessons.questions import question
from engine import Run
from engine.errors import EngineError
from engine.names import normalised
from engine.sentence import say

_MATHEMATICS = re.compile(r"\$[^$]*\$")


class Parts(NamedTuple):
    """A lesson as far as its fields are right: None in the place of what is not."""

    languages: list[Language]
    texts: dict[str, Texts]
    graphs: dict[str, GraphFields | None]
    scenes: list[SceneFile | None]


def faults(lesson: Parts) -> Iterator[Fault]:
    """Yield all that is wrong with the parts of a lesson; may raise OutOfTime."""
    for field, told in lesson.texts.items():
        yield from _told((field,), told, lesson.languages)
    runs: dict[str, Run] = {}
    for name, graph in lesson.graphs.items():
        if graph is not None:
            yield from _graph(("graphs", name), graph, runs)
    seen: set[str] = set()
    for number, scene in enumerate(lesson.scenes):
        if scene is None:
            continue
        path: Path = ("scenes", number)
        if scene.id in seen:
            yield Fault(say("An earlier scene is called {name} too.", name=scene.id), (*path, "id"))
        seen.add(scene.id)
        yield from _words(path, scene, lesson.languages)
        graph = lesson.graphs.get(scene.graph)
        if scene.graph not in lesson.graphs:
            known = ", ".join(lesson.graphs)
            yield Fault(
                say(
                    "There is no graph {name}; accepted are {accepted}.",
                    name=scene.graph[:80],
                    accepted=known,
                ),
                (*path, "graph"),
            )
        elif graph is not None:
            yield from _scene(path, scene, graph, runs.get(scene.graph))


def _words(path: Path, scene: SceneFile, languages: Iterable[Language]) -> Iterator[Fault]:
    yield from _told((*path, "title"), scene.title, languages)
    yield from _told((*path, "text"), scene.text, languages)
    yield from _told((*path, "notes"), scene.notes, languages)
    yield from _told((*path, "note"), scene.note, languages)


def _told(path: Path, told: Texts | None, languages: Iterable[Language]) -> Iterator[Fault]:
    if told is None:
        return
    for language in languages:
        if not told.get(language, "").strip():
            yield Fault(say("The text in {language} is missing.", language=language), path)
    for language, text in told.items():
        yield from _markup((*path, language), text)


def _markup(path: Path, text: str) -> Iterator[Fault]:
    for found in _MATHEMATICS.finditer(text):
        why = fault(found[0][1:-1])
        if why is not None:
            down = text.count("\n", 0, found.start())
            yield Fault(
                say(
                    "The formula {formula} cannot be typeset. {why}", formula=found[0][:80], why=why
                ),
                path,
                down,
            )
    if text.count("$") % 2:
        yield Fault(
            say("A $ opens a formula that is never closed."),
            path,
            text.count("\n", 0, text.rfind("$")),
        )


def _graph(path: Path, graph: GraphFields, runs: dict[str, Run]) -> Iterator[Fault]:
    """Run a graph, keep its run under its name, and yield what is wrong with it."""
    for name, latex in graph.labels.items():
        why = fault(latex)
        if why is not None:
            yield Fault(
                say("The label {label} cannot be typeset. {why}", label=latex[:80], why=why),
                (*path, "labels", name),
            )
    endless = [name for name, value in graph.values.items() if not _finite(value)]
    yield from (
        Fault(say("A finite number is accepted here."), (*path, "values", n)) for n in endless
    )
    if endless:
        return
    try:
        shown = details.shown(GraphRequest(**graph.model_dump(exclude_unset=True)))
    except EngineError as error:
        yield of_engine(path, error)
        return
    runs[str(path[1])] = shown.run
    unknown = (name for name in graph.labels if name not in shown.whole.values)
    yield from (
        Fault(say("There is no node {node}.", node=n[:80]), (*path, "labels", n)) for n in unknown
    )
    leaves = shown.whole.graph.leaves
    for name in graph.values:
        if normalised(name) not in leaves:
            yield Fault(
                say("The program does not read a value of this name."), (*path, "values", name)
            )


def _finite(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _scene(path: Path, scene: SceneFile, graph: GraphFields, run: Run | None) -> Iterator[Fault]:
    if scene.widget == "updates" and not (graph.update and graph.update.parameters):
        yield Fault(say("The widget updates needs a graph with an update."), (*path, "widget"))
    if (scene.widget == "slides") != (scene.slides is not None):
        yield Fault(
            say("The widget slides and the table slides need each other."), (*path, "widget")
        )
    if run is None:
        return
    last = len(run.steps)
    to = last if scene.to is None else scene.to
    for field, step in (("from", scene.from_), ("to", to)):
        if step > last:
            yield Fault(
                say(
                    "There is no step {number}; accepted are the numbers 0 to {last}.",
                    number=step,
                    last=last,
                ),
                (*path, field),
            )
    if to < scene.from_ <= last:
        yield Fault(say("A scene ends at the step that it begins with, or later."), (*path, "to"))
    names = [((*path, "point"), name) for name in scene.point]
    names += [((*path, "view", "select"), scene.view.select)] if scene.view.select else []
    yield from (
        Fault(say("There is no node {node}.", node=name[:80]), place)
        for place, name in names
        if name not in run.values
    )
    yield from _slides((*path, "slides"), scene.slides or {}, run)
    yield from _asked((*path, "ask"), scene, to, run)


def _slides(path: Path, slides: Mapping[str, Any], run: Run) -> Iterator[Fault]:
    for name, cells in slides.items():
        grad = run.grads.get(name)
        if grad is None:
            yield Fault(say("There is no gradient at {node}.", node=name[:80]), path)
        elif _shape(cells) != np.shape(grad) or not _finite(cells):
            shape = list(np.shape(grad))
            yield Fault(
                say(
                    "The numbers for {name} have the gradient's shape, {shape}.",
                    name=name,
                    shape=shape,
                ),
                path,
            )


def _shape(cells: Any) -> tuple[int, ...] | None:
    if not isinstance(cells, list):
        return () if isinstance(cells, int | float) and not isinstance(cells, bool) else None
    inner = {_shape(cell) for cell in cells}
    one = next(iter(inner), None)
    return (len(cells), *one) if len(inner) == 1 and one is not None else None


def _asked(path: Path, scene: SceneFile, to: int, run: Run) -> Iterator[Fault]:
    if scene.ask and (scene.view.reveal != "beats" or scene.view.symbols):
        yield Fault(say("Questions stand in beats, with numbers: reveal beats, no symbols."), path)
    for text in scene.ask:
        try:
            step = question(run, text).step
        except EngineError as error:
            yield Fault(error.message, path)
            continue
        if step is not None and not scene.from_ <= step < to:
            yield Fault(
                say(
                    "The question {question} is asked at step {number}, outside of the scene.",
                    question=text,
                    number=step,
                ),
                path,
            )
