"""How each operation on arrays is written in operations on their elements: one row per operation.

A rule takes the cells of the arguments and the parameters, and returns the cells of the result. An
operation without a row works element by element.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from ..errors import ValueProblem
from ..ops import OPS
from ..sentence import say
from . import convolution, losses, matrices, reductions
from .element import Cells, each

Rule: TypeAlias = Callable[..., Cells]

RULES: Mapping[str, Rule] = {
    **matrices.RULES, **reductions.RULES, **convolution.RULES, **losses.RULES,
}  # fmt: skip


def expanded(op: str, args: tuple[Cells, ...], params: Mapping[str, Any]) -> Cells:
    """Return the cells of an operation's result."""
    rule = RULES.get(op)
    if rule is None:
        if not OPS[op].elementwise:
            raise ValueProblem(
                say(
                    "{op} cannot be taken apart into numbers; ask for the detail "
                    "tensor, or expand other nodes.",
                    op=op,
                )
            )
        return each(op, *args, **params)
    return np.asarray(rule(*args, **params), dtype=object)
