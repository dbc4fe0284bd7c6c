r"""The lines of the ledger for a step of forward mode; \dot{z} is the tangent of z."""

from __future__ import annotations

import numpy as np

from .evaluate import Run
from .formulas import Line, partial
from .numbers import matrix
from .ops import OPS, Array
from .tangent import Forwarded, Start


def tangent_lines(run: Run, record: Start | Forwarded, lang: str = "en") -> tuple[Line, ...]:
    r"""Return what a record says: the direction of a leaf, or \dot{z} = ∂z/∂x · \dot{x}."""
    if isinstance(record, Start):
        left = _dotted(record.node)
        return (Line("numbers", f"{left} {_is(record.tangent, lang)}"),)
    left, factor = _dotted(record.target), partial(record.target, record.source)
    elementwise = record.local is not None and np.shape(run.values[record.target])
    dot = r"\odot" if elementwise else r"\cdot"
    more = "" if record.before is None else f"{left} + "
    relation = r"\leftarrow" if more else "="
    moved = rf"\fwd{{{_dotted(record.source)}}}"
    rule = rf"{left} {relation} {more}\loc{{{factor}}} {dot} {moved}"
    if record.local is None:
        sign = OPS[run.graph[record.target].op or ""].sign
        product = rf"{left} {_is(record.total, lang)} \quad ({sign})"
    else:
        local, moved = _number(record.local, lang), _number(record.incoming, lang)
        start = "" if record.before is None else f"{_number(record.before, lang)} + "
        product = (
            rf"{left} = {start}\loc{{{local}}} {dot} \fwd{{{moved}}} {_is(record.total, lang)}"
        )
    return (Line("rule", rule), Line("product", product))


def _dotted(name: str) -> str:
    return rf"\dot{{«label:{name}!»}}"


def _number(value: Array, lang: str) -> str:
    text = matrix(value, lang=lang).text
    return f"({text})" if text.startswith("-") else text


def _is(value: Array, lang: str) -> str:
    printed = matrix(value, lang=lang)
    relation = "=" if printed.exact else r"\approx"
    return rf"{relation} \fwd{{{printed.text}}}"
