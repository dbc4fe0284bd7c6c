"""All contributions as terms: what `locals` and `rules` of each operation say, as graphs.

An elementwise row without a rule here is asked itself: its `locals` calculate with terms where they
use arithmetic and NumPy's plain functions only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..errors import ValueProblem
from ..ops import OPS
from ..sentence import say
from . import convolution, elementwise, matrices, reductions
from .term import Term

RULES: Mapping[str, tuple[Callable[..., Term | None], ...]] = {
    **elementwise.RULES, **reductions.RULES, **matrices.RULES, **convolution.RULES,
}  # fmt: skip


def contribution(
    op: str, slot: int, g: Term, z: Term, args: tuple[Term, ...], params: Mapping[str, Any]
) -> Term | None:
    """Return what g contributes to args[slot] before broadcasting is undone, None for 0."""
    rules = RULES.get(op)
    if rules is None:
        return g * _own_local(op, slot, z, args, params)
    if OPS[op].arity is None:
        return rules[0](g, z, *args, slot=slot, **params)
    return rules[slot](g, z, *args, **params)


def _own_local(
    op: str, slot: int, z: Term, args: tuple[Term, ...], params: Mapping[str, Any]
) -> Term | float:
    """Return what the row's own derivative writes when it calculates with terms."""
    row = OPS[op]
    try:
        local: Term | float = row.locals[slot](z, *args, **params)
    except (IndexError, TypeError, ValueError, AttributeError):
        local = np.nan
    if isinstance(local, Term | int | float) and local is not np.nan:
        return local
    raise ValueProblem(
        say(
            "The derivative of {op} is not written as a graph; remove it to take "
            "second derivatives.",
            op=op,
        )
    )
