"""What is written as code: a program with the numbers that it was evaluated with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import engine
from app.training.exports.numpy_passes import Writer
from app.training.exports.operations import Case
from app.training.exports.printing import BUILTINS, joined, names
from app.training.exports.script import modules
from app.training.exports.shapes import Shapes, cases
from engine import Graph, Run
from engine.passes import differentiable, influential

# Names that a script uses itself.
OWN = BUILTINS | frozenset(["np", "math", "torch", "F", "jax", "jnp", "inf", "nan", "program"])


@dataclass(frozen=True, slots=True)
class Subject:
    """A graph with the shapes of its nodes and the values of its leaves."""

    graph: Graph
    shapes: Shapes
    values: Mapping[str, Any]
    constants: frozenset[str]
    # Leaves that have a gradient, in the order of the program.
    learnt: tuple[str, ...]

    def called(self, functions: Mapping[str, str]) -> dict[str, str]:
        """Return a name of Python for every node, none of them that of a function."""
        return names(self.graph, functions, OWN, ())

    def writer(self, called: Mapping[str, str]) -> Writer:
        """Return what writes the passes in NumPy."""
        return Writer(self.graph, called, [self.shapes], self.constants)

    def cases(self) -> dict[str, Case]:
        """Return every operation with its shapes."""
        return cases(self.graph, self.shapes)

    def told(self) -> tuple[str, ...]:
        """Return the nodes whose values are printed: named results, and the output."""
        output = self.graph.output
        named = [node.id for node in self.graph.nodes if node.op is not None and node.named]
        return (*(name for name in named if name != output), output)

    def slopes(self) -> tuple[str, ...]:
        """Return the nodes whose gradients are printed: named ones that have one, leaves last."""
        if not self.learnt:
            return ()
        wanted = differentiable(self.graph, self.constants) & influential(self.graph)
        return tuple(
            node.id
            for node in reversed(self.graph.nodes)
            if node.named
            and (node.id in self.learnt or (node.id in wanted and node.id != self.graph.output))
        )

    def label(self, name: str) -> str:
        """Return how a node is called where it is printed."""
        return name if self.graph[name].named else "output"


def subject(program: str, values: Mapping[str, Any], constants: list[str]) -> Subject:
    """Evaluate a program, and return what is written of it; raises EngineError."""
    graph = engine.parse(program)
    run: Run = engine.evaluate(graph, values, tuple(constants))
    return Subject(
        graph,
        {name: np.shape(value) for name, value in run.values.items()},
        {name: run.values[name] for name in graph.leaves},
        frozenset(constants),
        tuple(name for name in graph.leaves if run.grads[name] is not None),
    )


def script(tool: str, blocks: list[str], *imports: str) -> str:
    """Return the blocks of a script under its head and what it imports."""
    text = joined(block for block in blocks if block)
    odd = ["from math import inf, nan"] if re.search(r"(?<![\w.])(inf|nan)\b", text) else []
    head = f"# A program of Gradwalk in {tool}: its values, and the gradients of its output."
    gap = "\n" if text.startswith("def ") else ""
    return f"{head}\n{modules(text, *imports, *odd)}\n{gap}\n{text}"
