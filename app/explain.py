"""A run in words and formulas: labels, badges, local derivatives, and what each step says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import engine
from app.catalogues import DEFAULT, catalogue
from engine import Run


class Explainer:
    """Writes the parts of one run in one language; without a language, steps say nothing."""

    def __init__(
        self,
        run: Run,
        labels: Mapping[str, str],
        language: str | None,
        edges: dict[int, dict[str, Any]] | None = None,
        mark: str | None = None,
        told: range | None = None,
    ) -> None:
        """`edges`: what the edges of this program say, as far as it was written before.

        `told`: the steps that say something, by default all.

        With a mark, the formulas of steps are outlines: the mark stands where numbers would.
        """
        self.mark = mark
        self.run = run
        self.language = language
        self._told = told
        self._edges: dict[int, dict[str, Any]] = {} if edges is None else edges
        self.labels = engine.labels(run.graph, labels, language or DEFAULT)

    def latex(self, name: str) -> str:
        """Return a node's symbol."""
        return self.labels[name].latex

    def plain(self, name: str) -> str:
        """Return a node's symbol as text."""
        return engine.plain_label(self.labels[name].latex)

    def printed(self, template: str) -> str:
        """Fill a template with symbols and numbers."""
        return engine.print_line(template, self.run, self.labels, lang=self.language or DEFAULT)

    def sign(self, name: str) -> str | None:
        """Return the badge of an operation, None for a leaf or constant."""
        return engine.sign(self.run.graph, name) or None

    def folded(self, name: str) -> bool:
        """Tell whether a constant is drawn inside an operation's badge."""
        return name in self._folded

    def edge(self, index: int) -> dict[str, Any]:
        """Return what an edge shows of its local derivative."""
        if index not in self._edges:
            template = engine.edge_template(self.run, index)
            self._edges[index] = {
                "local_latex": engine.local_latex(self.run, index, self.labels, template),
                "template": template.latex,
                "compound": template.compound,
            }
        return self._edges[index]

    def tells(self, index: int) -> bool:
        """Whether a step says something."""
        return self._told is None or index in self._told

    def step(self, index: int) -> dict[str, Any]:
        """Return a step's sentence and formulas; nothing if it is not told, or in no language."""
        if self.language is None or not self.tells(index):
            return {}
        step = self.run.steps[index]
        lines = engine.step_lines(self.run, step)
        return {
            "text": self._sentence(step),
            "latex": self._written(lines, self.language),
            "lines": [{"name": line.name, "latex": line.latex} for line in lines],
        }

    def _written(self, lines: Sequence[engine.Line], language: str) -> str:
        if self.mark is not None:
            return engine.outline(lines, self.labels, self.mark)
        return engine.print_lines(lines, self.run, self.labels, lang=language)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return engine.folded(self.run.graph)

    def _sentence(self, step: engine.Step) -> str:
        texts = catalogue(self.language or DEFAULT)
        key = next(key for key in keys(self.run, step) if key in texts)
        names = {"node": step.node, "output": self.run.graph.output}
        if step.source is not None:
            names["source"] = step.source
        return texts[key].format_map({role: self.plain(name) for role, name in names.items()})


def keys(run: Run, step: engine.Step) -> tuple[str, ...]:
    """Return the catalogue keys of a step's sentence, the most special first."""
    op = run.graph[step.node].op
    if step.phase == "update":
        return ("step.update",)
    if step.phase != "backward":
        return (f"step.{step.phase}.{op}", f"step.{step.phase}")
    if step.edge is None:
        return ("step.seed",)
    place = f"step.backward.{op}"
    return (f"{place}.{step.slot}", place, "step.backward")
