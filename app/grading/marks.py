"""A student's marks: every attempt judged anew from the graph, whatever the file says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.details import shown
from app.exercises import asked_for
from app.grading.progress import Item, NoProgress, Progress
from app.graph_models import GraphFields, GraphRequest
from app.lessons import Lesson
from app.verdicts import TRIES
from engine import EngineError, Run
from engine.practice.varied import varied
from engine.questions import Question, check

# A slip that no name is known for.
UNKNOWN = "unrecognised"


@dataclass(slots=True)
class Marks:
    """Counts over the questions of one file; `slips` by their names."""

    name: str
    items: int = 0
    right: int = 0
    first_try: int = 0
    shown: int = 0
    attempts: int = 0
    unreadable: int = 0
    slips: Counter[str] = field(default_factory=Counter)


class Grader:
    """Judges the attempts of files; each graph is evaluated once."""

    def __init__(self, lessons: Mapping[str, Lesson]) -> None:
        self._lessons = lessons
        self._runs: dict[tuple[str, ...], Run] = {}
        self._brought: tuple[GraphFields, Run] | None = None

    def marks(self, progress: Progress) -> Marks:
        """Return the marks of a file; of a question that stands there twice, the first counts.

        Raises NoProgress for what was never asked.
        """
        found = Marks(progress.name)
        seen: set[str] = set()
        for index, item in enumerate(progress.items):
            if item.key in seen:
                continue
            seen.add(item.key)
            try:
                self._add(item, found)
            except (EngineError, NoProgress) as error:
                raise NoProgress(f"At /items/{index}: {error}") from None
        return found

    def _add(self, item: Item, marks: Marks) -> None:
        """Judge the attempts until one is right, or the step was shown as the page shows it."""
        asked = item.question
        cell = None if asked.cell is None else tuple(asked.cell)
        question = Question(asked.kind, asked.step, asked.node, asked.edge, cell)
        run = self._run(item)
        check(run, question, "")
        marks.items += 1
        tries = 0
        for attempt in item.attempts[: item.shown]:
            verdict = check(run, question, attempt)
            if verdict.unreadable is not None:
                marks.unreadable += 1
                continue
            tries += 1
            marks.attempts += 1
            if verdict.right:
                marks.right += 1
                marks.first_try += tries == 1
                return
            marks.slips[verdict.slips[0] if verdict.slips else UNKNOWN] += 1
            if tries >= TRIES:
                break
        marks.shown += 1 if tries >= TRIES or item.shown is not None else 0

    def _run(self, item: Item) -> Run:
        if item.graph is not None:
            return self._graph(item.graph)
        place = item.exercise
        key = (item.lesson or "", item.scene or "", str(item.seed), str(place))
        if key not in self._runs:
            self._runs[key] = (
                asked_for(place.template, place.level, place.seed).run()
                if place is not None
                else self._scene(item.lesson or "", item.scene or "", item.seed)
            )
        return self._runs[key]

    def _graph(self, asked: GraphFields) -> Run:
        """Return the run of a graph that the file brings along; only the last one is kept."""
        if self._brought is None or self._brought[0] != asked:
            self._brought = (asked, shown(GraphRequest(**dict(asked))).run)
        return self._brought[1]

    def _scene(self, slug: str, name: str, seed: int | None) -> Run:
        lesson = self._lessons.get(slug)
        if lesson is None:
            raise NoProgress(
                f"There is no lesson {slug[:60]}; lessons of your own are read with --lessons."
            )
        scene = next((one for one in lesson["scenes"] if one["id"] == name), None)
        if scene is None:
            raise NoProgress(f"The lesson {slug} has no scene {name[:60]}.")
        graph = lesson["graphs"][scene["graph"]]
        if seed is not None:
            given = (graph["program"], graph.get("values", {}), graph.get("constants", ()))
            graph = {**graph, "values": varied(*given, seed)}
        return shown(GraphRequest.model_validate(graph)).run
