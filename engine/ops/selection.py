"""Operations that let some elements pass: by bounds, by a condition, by a mask, by number."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from ..errors import ShapeError, ValueProblem
from ..sentence import say
from .row import Array, Doc, Op, Param, Sample, Shape, broadcast, count, scalars, written

# Row numbers: a tuple of them, or a tuple of equally long tuples.
Rows: TypeAlias = tuple[Any, ...]
# Most row numbers that a formula writes out.
MOST_ROWS = 6

_ANY = (-3.0, 3.0)
_BOUNDS = {"min": -1.0, "max": 1.0}


def _clip_shape(x: Shape, min: float | None, max: float | None) -> Shape:
    if min is None and max is None:
        raise ValueProblem(
            say("clip takes at least one bound, as in clip(x, 0, 1) or clip(x, max=1).")
        )
    if min is not None and max is not None and min > max:
        raise ValueProblem(
            say(
                "The bounds of clip must be in order, and min={min:g} > max={max:g}.",
                min=min,
                max=max,
            )
        )
    return x


def _clip_local(_z: Array, x: Array, min: float | None, max: float | None) -> Array:
    low, high = (-math.inf if min is None else min), (math.inf if max is None else max)
    inside = np.where((low <= x) & (x <= high), 1.0, 0.0)
    return np.where(np.isnan(x), np.nan, inside)


def _clip_words(min: float | None, max: float | None) -> dict[str, str]:
    return {
        "min": r"-\infty" if min is None else f"{min:g}",
        "max": r"\infty" if max is None else f"{max:g}",
    }


def _taken(c: Array, first: float, second: float) -> Array:
    """`first` where the condition holds (is not 0), else `second`; NaN where it is NaN."""
    return np.where(np.isnan(c), np.nan, np.where(c != 0, first, second))


def _where(c: Array, x: Array, y: Array) -> Array:
    return np.where(np.isnan(c), np.nan, np.where(c != 0, x, y))


def _dropout_shape(x: Shape, mask: Shape, p: float) -> Shape:
    if not 0 <= p < 1:
        raise ValueProblem(
            say("p, the share that dropout removes, is from 0 to less than 1, not {p:g}.", p=p)
        )
    return broadcast(x, mask)


def _embedding_shape(x: Shape, rows: Rows) -> Shape:
    if len(x) != 2:
        raise ShapeError(
            say(
                "embedding looks up rows of a matrix [rows, columns], not of the shape {shape}.",
                shape=written(x),
            )
        )
    numbers = np.array(rows, dtype=np.int64)
    for number in numbers.flat:
        if not 0 <= number < x[0]:
            raise ShapeError(
                say(
                    "embedding is asked for row {number}, and the matrix has the rows 0 to {last}.",
                    number=int(number),
                    last=x[0] - 1,
                )
            )
    return (*numbers.shape, x[1])


def _embedding_rule(g: Array, _z: Array, x: Array, rows: Rows) -> Array:
    out = np.zeros(x.shape)
    np.add.at(out, np.array(rows, dtype=np.int64), g)
    return out


def _embedding_words(rows: Rows) -> dict[str, str]:
    return {"rows": ", ".join(map(str, rows)) if len(rows) <= MOST_ROWS else r"\ldots"}


CLIP = Op(
    name="clip", family="selection", arity=1, shape=_clip_shape,
    params=(Param("min", "bound", None), Param("max", "bound", None)),
    forward=lambda x, min, max: np.clip(x, min, max), locals=(_clip_local,),
    latex=r"\operatorname{clip}(«x!», «min», «max»)",
    local_latex=(r"[«min» \le «x!» \le «max»]",), words=_clip_words,
    sign=r"\operatorname{clip}", symbol="clip",
    doc=Doc("Keeps x between two bounds; gradient 1 from bound to bound, both included, else 0.",
            "Mantém x entre dois limites; gradiente 1 de um limite ao outro, inclusive, senão 0."),
    samples=(*scalars(((-3.0, -1.1),), ((-0.9, 0.9),), ((1.1, 3.0),), **_BOUNDS),
             *scalars((_ANY,), min=-4.0, max=None), *scalars(((0.1, 3.0),), min=None, max=0.0)),
)  # fmt: skip
WHERE = Op(
    name="where", family="selection", arity=3, forward=_where,
    locals=(lambda _z, c, _x, _y: _taken(c, 0.0, 0.0), lambda _z, c, _x, _y: _taken(c, 1.0, 0.0),
            lambda _z, c, _x, _y: _taken(c, 0.0, 1.0)),
    latex=r"\operatorname{where}(«x!», «y!», «w!»)",
    local_latex=("0", r"[«x!» \ne 0]", r"1 - [«x!» \ne 0]"),
    sign=r"\operatorname{where}", symbol="where",
    doc=Doc("The second where the first is not 0, else the third; the first gets gradient 0.",
            "O segundo onde o primeiro não é 0, senão o terceiro; o primeiro recebe gradiente 0."),
    samples=(*scalars(((0.5, 2.0), _ANY, _ANY), ((-2.0, -0.5), _ANY, _ANY)),
             Sample(((0.0, 0.0), _ANY, _ANY), ((), (), ()), {}, held=(0,)),
             Sample(((0.5, 2.0), _ANY, _ANY), ((3,), (2, 1), ()), {})),
)  # fmt: skip
DROPOUT = Op(
    name="dropout", family="selection", arity=2, params=(Param("p", "number", 0.5),),
    forward=lambda x, mask, p: x * mask / (1 - p), shape=_dropout_shape,
    locals=(lambda _z, _x, mask, p: mask / (1 - p), lambda _z, x, _mask, p: x / (1 - p)),
    latex=r"\frac{«x» \cdot «y»}{1 - «p»}",
    local_latex=(r"\frac{«y!»}{1 - «p»}", r"\frac{«x!»}{1 - «p»}"), compound=True,
    sign=r"\operatorname{dropout}", symbol="dropout",
    doc=Doc("Lets pass what the given mask of ones and zeros keeps, divided by 1 − p.",
            "Deixa passar o que a máscara dada, de uns e zeros, mantém, dividido por 1 − p."),
    samples=(*scalars((_ANY, (0.0, 1.0)), p=0.5),
             Sample((_ANY, (0.0, 1.0)), ((2, 3), (3,)), {"p": 0.2})),
)  # fmt: skip

EMBEDDING = Op(
    name="embedding", family="selection", arity=1, params=(Param("rows", "rows", ...),),
    forward=lambda x, rows: x[np.array(rows, dtype=np.int64)], rules=(_embedding_rule,),
    shape=_embedding_shape, cost=lambda x, rows: max(1, count(_embedding_shape(x, rows))),
    latex=r"{«x»}_{[«rows»]}", local_latex=("1",),
    rule_latex=(r"\operatorname{scatter}_{[«rows»]}(«g»)",), words=_embedding_words,
    sign=r"\operatorname{rows}", symbol="rows",
    doc=Doc("Rows of a matrix by number; a row that is used twice gets both gradients.",
            "Linhas de uma matriz pelo número; linha usada duas vezes soma os dois gradientes."),
    samples=(Sample((_ANY,), ((3, 2),), {"rows": (2, 0, 2)}),
             Sample((_ANY,), ((3, 2),), {"rows": ((0, 1), (1, 1))})),
)  # fmt: skip

ROWS = (CLIP, WHERE, DROPOUT, EMBEDDING)
