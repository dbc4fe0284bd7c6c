"""A NumPy autodiff engine that can account for every step of backpropagation.

graph = engine.parse("q = x + y\\nf = q * z")
run = engine.evaluate(graph, {"x": 2, "y": 3, "z": 4})
run.value, run.values["q"], run.grads["x"], run.edges, run.steps
"""

from .check import Check, Nudge, check_gradients, nudge
from .errors import EngineError, LimitHit, Position
from .evaluate import Descent, Edge, Run, Step, evaluate
from .formulas import Line, Template, edge_template, step_lines
from .graph import Graph, Node
from .latex import Label, labels, name_latex, plain_label
from .limits import Limits
from .numbers import cells, matrix, number, plain
from .ops import OPS
from .parse import Leaf, leaves, parse
from .passes import Update
from .paths import Paths, paths
from .printing import local_latex, print_line, print_lines, print_step
from .signs import folded, sign
from .unfold import unfold

__all__ = [
    "OPS",
    "Check",
    "Descent",
    "Edge",
    "EngineError",
    "Graph",
    "Label",
    "Leaf",
    "LimitHit",
    "Limits",
    "Line",
    "Node",
    "Nudge",
    "Paths",
    "Position",
    "Run",
    "Step",
    "Template",
    "Update",
    "cells",
    "check_gradients",
    "edge_template",
    "evaluate",
    "folded",
    "labels",
    "leaves",
    "local_latex",
    "matrix",
    "name_latex",
    "nudge",
    "number",
    "parse",
    "paths",
    "plain",
    "plain_label",
    "print_line",
    "print_lines",
    "print_step",
    "sign",
    "step_lines",
    "unfold",
]
