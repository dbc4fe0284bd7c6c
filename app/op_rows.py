"""The operations as they are told: a row for each, with formulas in x, y, z and g."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import BaseModel, Field

from app import wire
from app.catalogues import in_all
from engine.conventions import Convention, traps
from engine.ops import Op

# What the templates' facts are called where no shapes are known.
ARRAYS = {"scale": r"\tfrac{1}{n}", "sum": r"\sum", "double": r"\tfrac{2}{n}"}


class Trap(BaseModel):
    """What is computed where a derivative does not exist; without `value`, it is refused."""

    program: str
    values: dict[str, wire.Numbers]
    value: wire.Numbers | None
    grads: dict[str, wire.Numbers]
    doc: dict[str, str]


class OpRow(BaseModel):
    name: str
    family: str
    arity: int | None
    elementwise: bool
    latex: str
    local_latex: list[str]
    sign: str
    doc: dict[str, str]
    traps: list[Trap] = Field(description="Conventions at kinks and at the ends of float64.")


def op_row(op: Op) -> OpRow:
    """Return what is told of an operation."""
    told, facts = _written(op)
    return OpRow(
        name=op.name,
        family=op.family,
        arity=op.arity,
        elementwise=op.elementwise,
        latex=_letters(op.latex, facts),
        local_latex=[_letters(latex, facts) for latex in told],
        sign=_letters(op.sign, facts),
        doc=in_all(op.doc.en, op.doc.pt),
        traps=[_trap(row) for row in traps(op.name)],
    )


def _trap(row: Convention) -> Trap:
    return Trap(
        program=row.program,
        values={name: wire.numbers(value) for name, value in row.values.items()},
        value=wire.numbers(row.value),
        grads={name: wire.numbers(grad) for name, grad in row.grads.items()},
        doc=in_all(row.doc.en, row.doc.pt),
    )


def _written(op: Op) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the derivatives of single numbers, or where those say nothing the rules of arrays."""
    if not op.rule_latex or any(latex not in {"0", "1"} for latex in op.local_latex):
        return op.local_latex, op.facts((), ()) if op.loss else ARRAYS
    return op.rule_latex, ARRAYS


def _letters(template: str, facts: Mapping[str, str]) -> str:
    return re.sub(r"«(\w+)[!+]?»", lambda found: facts.get(found[1], found[1]), template)
