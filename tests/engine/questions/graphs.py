"""The lecture's graphs, evaluated, and the questions that their steps have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import engine
from engine import Descent, Run
from engine.questions import PHASES, Question

CHAIN = "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)"
MATRICES = "s1 = x @ W1; a1 = sigmoid(s1); s2 = a1 @ W2; a2 = sigmoid(s2); L = half_mse(a2, y)"
# Two hidden layers of the larger network, by elements: each neuron is read by two others.
PATHS = "a = tanh(x*w); b1 = tanh(a*v1); b2 = tanh(a*v2); o = b1*u1 + b2*u2; L = half_mse(o, y)"
PROGRAMS: dict[str, tuple[str, dict[str, Any], tuple[str, ...], tuple[str, ...]]] = {
    "function": ("q = x + y; f = q * z", {"x": 2, "y": 3, "z": 4}, (), ()),
    "chain": (CHAIN, {"x1": 1, "w1": -0.5, "w2": 0.5, "y": 1}, ("x1", "y"), ("w2", "w1")),
    "matrices": (
        MATRICES,
        {"x": [[1, 2, 3]], "W1": [[0.1, 0.2], [0.3, 0.4], [1, -0.5]], "W2": [[0.3], [0.5]],
         "y": [[1]]},
        ("x", "y"), ("W2", "W1"),
    ),
    "paths": (
        PATHS,
        {"x": 1.5, "w": 0.4, "v1": 0.7, "v2": -0.3, "u1": 0.6, "u2": 0.9, "y": 1},
        ("x", "y"), ("w", "v1"),
    ),
    "batch": (
        MATRICES.replace("half_mse", "mse"),
        {"x": [[1, 2, 3], [0.5, -1, 2]], "W1": [[0.1, 0.2], [0.3, 0.4], [1, -0.5]],
         "W2": [[0.3], [0.5]], "y": [[1], [0]]},
        ("x", "y"), ("W2", "W1"),
    ),
    "rows": (
        "e = x*w - y; L = mean(e**2)",
        {"x": [1, 2, 3, 4], "w": 0.3, "y": [1, 0, 2, 1]},
        ("x", "y"), ("w",),
    ),
}  # fmt: skip


@cache
def run_of(name: str) -> Run:
    """Evaluate one of the programs."""
    program, values, constants, parameters = PROGRAMS[name]
    update = Descent(0.1, parameters) if parameters else None
    return engine.evaluate(engine.parse(program), values, constants, update)


def questions(name: str) -> Iterator[Question]:
    """Yield every numeric question that the steps of a program have."""
    run = run_of(name)
    for step in run.steps:
        for kind, phases in PHASES.items():
            if kind in ("shape", "next") or step.phase not in phases:
                continue
            if step.phase == "backward" and step.edge is None:
                continue
            if kind == "local" and run.edges[step.edge or 0].local is None:
                continue
            yield Question(kind, step=step.index)
