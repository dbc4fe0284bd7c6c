"""A NumPy autodiff engine that can account for every step of backpropagation.

graph = engine.parse("q = x + y\\nf = q * z")
run = engine.evaluate(graph, {"x": 2, "y": 3, "z": 4})
run.value, run.values["q"], run.grads["x"], run.edges, run.steps
"""

from .chain import Chain, chain
from .check import Check, Nudge, check_gradients, nudge
from .costs import Costs, costs
from .datasets import DATASETS, Data, Dataset
from .element_labels import element_labels
from .errors import EngineError, LimitHit, Position
from .evaluate import Descent, Edge, Run, Step, evaluate
from .expand import Expansion, element_id, expand
from .factors import Factor, factors
from .formulas import Line, Template, edge_template, step_lines
from .gradient import gradient_graph, gradients, hessian, hessian_vector, newton_step
from .graph import Graph, Node
from .groups import Collapsed, collapse
from .initializers import INITIALIZERS, Initializer
from .latex import Label, labels, name_latex
from .limits import Limits
from .network import Layer, Network
from .numbers import cells, matrix, number, plain
from .ops import OPS
from .optimizers import OPTIMIZERS, Optimizer
from .parse import Leaf, leaves, parse
from .passes import Update
from .paths import Paths, Routes, paths
from .plain_labels import plain_label
from .plan import Plan, compile
from .printing import local_latex, outline, print_line, print_lines, print_numeral, print_step
from .samples import PerSample, per_sample
from .schedules import SCHEDULES, Schedule, scheduled
from .signs import folded, sign
from .tangent import Forwarded, Start, directions, tangent, tangents
from .tangent_lines import tangent_lines
from .unfold import unfold
from .update_terms import Term, terms

__all__ = [
    "DATASETS",
    "INITIALIZERS",
    "OPS",
    "OPTIMIZERS",
    "SCHEDULES",
    "Chain",
    "Check",
    "Collapsed",
    "Costs",
    "Data",
    "Dataset",
    "Descent",
    "Edge",
    "EngineError",
    "Expansion",
    "Factor",
    "Forwarded",
    "Graph",
    "Initializer",
    "Label",
    "Layer",
    "Leaf",
    "LimitHit",
    "Limits",
    "Line",
    "Network",
    "Node",
    "Nudge",
    "Optimizer",
    "Paths",
    "PerSample",
    "Plan",
    "Position",
    "Routes",
    "Run",
    "Schedule",
    "Start",
    "Step",
    "Template",
    "Term",
    "Update",
    "cells",
    "chain",
    "check_gradients",
    "collapse",
    "compile",
    "costs",
    "directions",
    "edge_template",
    "element_id",
    "element_labels",
    "evaluate",
    "expand",
    "factors",
    "folded",
    "gradient_graph",
    "gradients",
    "hessian",
    "hessian_vector",
    "labels",
    "leaves",
    "local_latex",
    "matrix",
    "name_latex",
    "newton_step",
    "nudge",
    "number",
    "outline",
    "parse",
    "paths",
    "per_sample",
    "plain",
    "plain_label",
    "print_line",
    "print_lines",
    "print_numeral",
    "print_step",
    "scheduled",
    "sign",
    "step_lines",
    "tangent",
    "tangent_lines",
    "tangents",
    "terms",
    "unfold",
]
