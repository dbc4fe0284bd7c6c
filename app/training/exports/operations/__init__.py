"""How every operation of the engine is written in other tools: `OPERATIONS`, a row for each."""

from __future__ import annotations

from . import (
    activations,
    adjoints,
    arithmetic,
    convolution,
    functions,
    losses,
    matrices,
    parts,
    reductions,
    selection,
    statistics,
)
from .row import Case, Row, Template, chosen

FAMILIES = (
    arithmetic, functions, activations, selection, matrices, convolution, reductions, statistics,
    losses, parts, adjoints,
)  # fmt: skip
OPERATIONS: dict[str, Row] = {name: row for family in FAMILIES for name, row in family.ROWS.items()}

__all__ = ["OPERATIONS", "Case", "Row", "Template", "chosen"]
