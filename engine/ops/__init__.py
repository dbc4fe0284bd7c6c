"""The table of operations: everything a program can compute is a row of `OPS`."""

from __future__ import annotations

from . import (
    activations,
    adjoints,
    arithmetic,
    comparisons,
    convolution,
    functions,
    losses,
    matrices,
    normalization,
    parts,
    reductions,
    selection,
    statistics,
)
from .row import Array, Op, Shape

FAMILIES = (
    arithmetic, functions, activations, comparisons, selection, matrices, convolution, reductions,
    statistics, normalization, losses, parts, adjoints,
)  # fmt: skip
OPS: dict[str, Op] = {op.name: op for family in FAMILIES for op in family.ROWS}
ALIASES = {"σ": "sigmoid"}
CALLS: dict[str, Op] = {name: op for name, op in OPS.items() if op.call} | {
    alias: OPS[name] for alias, name in ALIASES.items()
}

__all__ = ["ALIASES", "CALLS", "OPS", "Array", "Op", "Shape"]
