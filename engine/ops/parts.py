"""Operations that no program names: what a graph taken apart into numbers is put together with.

Those of any arity work on numbers and, as NumPy does, on arrays of fitting shapes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .row import Array, Doc, Op, Param, Result, Sample, Shape, broadcast, count, written
from .statistics import norm, quotient

_I = (-2.0, 2.0)
_THREE = (Sample((_I, _I, _I), ((2,), (2,), (2,)), {}), Sample((_I,), ((2, 3),), {}))


def _stack(values: tuple[Array, ...]) -> Array:
    return np.stack(np.broadcast_arrays(*values))


def _total(*terms: Array) -> Result:
    """Add from left to right, as it stands on the board."""
    found: Result = terms[0]
    for term in terms[1:]:
        found = found + term
    return found


def _share(g: Array, z: Array, *values: Array, slot: int, first: bool = False) -> Array:
    """Divide g among the values that were taken, or give all to the first; NaN where one is NaN."""
    equal = _stack(values) == z
    if first:
        equal &= np.cumsum(equal, axis=0) == 1
    hits = np.where(np.isnan(z), np.nan, np.where(equal, 1.0, 0.0))
    shared: Array = g * hits[slot] / np.sum(hits, axis=0)
    return shared


def _length(*values: Array) -> Result:
    return norm(_stack(values), 0, False)


def _length_rule(g: Array, z: Array, *values: Array, slot: int) -> Array:
    return g * quotient(values[slot], z)


def _array_shape(*shapes: Shape, sizes: Shape) -> Shape:
    if any(shapes) or count(sizes) != len(shapes):
        raise ShapeError(
            say(
                "An array of the shape {sizes} takes {count} numbers.",
                sizes=written(sizes),
                count=count(sizes),
            )
        )
    return sizes


def _put_shape(x: Shape, y: Shape, index: tuple[int, ...]) -> Shape:
    if y or len(index) != len(x) or not all(0 <= i < n for i, n in zip(index, x, strict=True)):
        raise ShapeError(
            say("A number is put at one place of the shape {shape}.", shape=written(x))
        )
    return x


def _put(x: Array, y: Array, index: tuple[int, ...]) -> Array:
    out = np.array(x)
    out[index] = y
    return out


def _put_rest(g: Array, _z: Array, _x: Array, _y: Array, index: tuple[int, ...]) -> Array:
    return _put(g, np.float64(0.0), index)  # type: ignore[arg-type]


def _any_cost(*shapes: Shape, **_: Any) -> int:
    return len(shapes) * count(broadcast(*shapes))


TOTAL = Op(
    name="total", family="part", arity=None, call=False, forward=_total,
    rules=(lambda g, _z, *_terms, **_: g,), cost=_any_cost,
    latex="«terms»", local_latex=("1",), rule_latex=("«g»",), compound=True,
    sign=r"\Sigma", symbol="Σ",
    doc=Doc("Sum of any number of terms: each gets the upstream gradient.",
            "Soma de quantos termos houver: cada um recebe o gradiente global."),
    samples=_THREE,
)  # fmt: skip
LARGEST = Op(
    name="largest", family="part", arity=None, call=False,
    params=(Param("first", "flag", False),),
    forward=lambda *values, **_: np.max(_stack(values), axis=0), rules=(_share,), cost=_any_cost,
    latex=r"\max(«all»)", local_latex=("[«x!» = «z!»] / k",),
    rule_latex=("«g» \\odot [«x!» = «z!»] / k",), sign=r"\max", symbol="max",
    doc=Doc("Largest of several; k ties share the gradient equally, or the first takes it all.",
            "O maior de vários; k empates dividem o gradiente por igual, ou o primeiro leva tudo."),
    samples=tuple(one._replace(params={"first": first}) for one, first in
                  zip(_THREE, (False, True), strict=True)),
)  # fmt: skip
SMALLEST = Op(
    name="smallest", family="part", arity=None, call=False,
    forward=lambda *values: np.min(_stack(values), axis=0), rules=(_share,), cost=_any_cost,
    latex=r"\min(«all»)", local_latex=("[«x!» = «z!»] / k",),
    rule_latex=("«g» \\odot [«x!» = «z!»] / k",), sign=r"\min", symbol="min",
    doc=Doc("Smallest of several; k ties share the gradient equally.",
            "O menor de vários; k empates dividem o gradiente por igual."),
    samples=_THREE,
)  # fmt: skip
LENGTH = Op(
    name="length", family="part", arity=None, call=False, forward=_length, rules=(_length_rule,),
    cost=_any_cost,
    latex=r"\left\|(«all»)\right\|", local_latex=(r"\frac{«x!»}{«z!»}",),
    rule_latex=(r"«g» \odot \frac{«x!»}{«z!»}",), sign=r"\left\|\,\right\|", symbol="‖·‖",
    doc=Doc("Length √Σx² of several numbers; gradient 0 where all are 0.",
            "Comprimento √Σx² de vários números; gradiente 0 onde todos são 0."),
    samples=_THREE,
)  # fmt: skip
COPY = Op(
    name="copy", family="part", arity=1, call=False, forward=lambda x: x,
    locals=(lambda z, _x: np.ones_like(z),),
    latex="«x!»", local_latex=("1",), sign="=", symbol="=",
    doc=Doc("The same number in another place.", "O mesmo número em outro lugar."),
    samples=(Sample((_I,), ((),), {}), Sample((_I,), ((2,),), {})),
)  # fmt: skip
ARRAY = Op(
    name="array", family="part", arity=None, call=False, params=(Param("sizes", "sizes", ()),),
    forward=lambda *values, sizes: np.reshape(np.array(values, dtype=np.float64), sizes),
    rules=(lambda g, _z, *_values, slot, sizes: g[np.unravel_index(slot, sizes)],),
    shape=_array_shape, cost=lambda *shapes, **_: len(shapes),
    latex=r"\operatorname{array}(«all»)", local_latex=("1",),
    rule_latex=(r"{«g»}_{k}",), sign=r"[\,]", symbol="[ ]",
    doc=Doc("Numbers written as one array.", "Números escritos como uma só matriz."),
    samples=(Sample((_I,) * 4, ((),) * 4, {"sizes": (2, 2)}),),
)  # fmt: skip
PUT = Op(
    name="put", family="part", arity=2, call=False, params=(Param("index", "index", ()),),
    forward=_put, rules=(_put_rest, lambda g, _z, _x, _y, index: g[index]), shape=_put_shape,
    latex="«x!»", local_latex=("1", "1"),
    rule_latex=(r"«g» \odot [\neq («index»)]", r"{«g»}_{[«index»]}"), sign=r"[\,]", symbol="[ ]",
    doc=Doc("One element of an array in the place of another.",
            "Um elemento de uma matriz no lugar de outro."),
    samples=(Sample((_I, _I), ((2, 3), ()), {"index": (1, 2)}),),
)  # fmt: skip

ROWS = (TOTAL, LARGEST, SMALLEST, LENGTH, COPY, ARRAY, PUT)
