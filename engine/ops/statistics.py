"""Products, lengths and spreads along an axis."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError, ValueProblem
from ..sentence import say
from .axes import AXIS, along, reduced, reduced_some, spread, terms
from .row import Array, Doc, Op, Param, Result, Sample, Shape, written

_I = (-2.0, 2.0)
_CORRECTED = (*AXIS, Param("correction", "whole", 0))


def _others(x: Array, axis: int | None) -> Array:
    """Return at each element the product of all others, which a zero does not spoil.

    The product of what stands before times the product of what stands after.
    """
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, -1)
    one = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate([one, rows[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([one, rows[..., :0:-1]], axis=-1), axis=-1)
    others = before * after[..., ::-1]
    return np.reshape(others, np.shape(x)) if axis is None else np.moveaxis(others, -1, axis)


def _prod_rule(g: Array, _z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    return spread(g, x, axis, keepdims) * _others(x, axis)


def norm(x: Array, axis: int | None, keepdims: bool) -> Result:
    """√Σx²; a power of two is taken out first, so that no square overflows or vanishes."""
    peak = np.max(np.abs(x), axis=axis, keepdims=True, initial=0.0)
    power = np.where(np.isfinite(peak), np.frexp(peak)[1], 0)
    scaled = np.ldexp(x, -power)
    length = np.ldexp(np.sqrt(np.sum(scaled * scaled, axis=axis, keepdims=True)), power)
    return length if keepdims else np.squeeze(length, axis)


def quotient(x: Array, y: Array) -> Array:
    """x/y, and 0 where y is 0."""
    return np.where(y == 0, 0.0, x / np.where(y == 0, 1.0, y))


def _norm_rule(g: Array, z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    length = spread(z, x, axis, keepdims)
    return spread(g, x, axis, keepdims) * quotient(x, length)


def _corrected_shape(x: Shape, axis: int | None, keepdims: bool, correction: int) -> Shape:
    shape = reduced_some(x, axis, keepdims)
    if correction < 0:
        raise ValueProblem(
            say("correction is a whole number from 0 on, not {correction}.", correction=correction)
        )
    if terms(x, axis) <= correction:
        raise ShapeError(
            say(
                "With correction={correction} a spread needs more than {correction} "
                "elements, and the shape {shape} gives {count}.",
                correction=correction,
                shape=written(x),
                count=terms(x, axis),
            )
        )
    return shape


def deviations(x: Array, axis: int | None) -> Array:
    """Return x less its mean along an axis; exactly 0 where all elements are equal."""
    first = np.reshape(x, -1)[0] if axis is None else np.take(x, [0], axis=axis)
    shifted = x - first
    apart: Array = shifted - np.mean(shifted, axis=axis, keepdims=True)
    return np.reshape(apart, np.shape(x))


def _var(x: Array, axis: int | None, keepdims: bool, correction: int) -> Result:
    squares = deviations(x, axis) ** 2
    return np.sum(squares, axis=axis, keepdims=keepdims) / (terms(np.shape(x), axis) - correction)


def _std(x: Array, axis: int | None, keepdims: bool, correction: int) -> Result:
    return np.sqrt(_var(x, axis, keepdims, correction))


def _var_rule(
    g: Array, _z: Array, x: Array, axis: int | None, keepdims: bool, correction: int
) -> Array:
    n = terms(np.shape(x), axis) - correction
    return spread(g, x, axis, keepdims) * (2 / n * deviations(x, axis))


def _std_rule(
    g: Array, z: Array, x: Array, axis: int | None, keepdims: bool, correction: int
) -> Array:
    n = terms(np.shape(x), axis) - correction
    slope = quotient(deviations(x, axis), spread(z, x, axis, keepdims))
    return spread(g, x, axis, keepdims) * (slope / n)


def _corrected_facts(x: Shape, axis: int | None, correction: int, **_: bool) -> dict[str, str]:
    return {"n": str(terms(x, axis) - correction)}


_SPREADS = (
    *along(_I, correction=0),
    Sample((_I,), ((2, 3),), {"axis": 1, "keepdims": False, "correction": 1}),
)

PROD = Op(
    name="prod", family="reduction", arity=1, params=AXIS,
    forward=lambda x, axis, keepdims: np.prod(x, axis=axis, keepdims=keepdims),
    rules=(_prod_rule,), shape=reduced,
    latex=r"\Pi(«x!»)", local_latex=("1",),
    rule_latex=(r"«g» \odot \Pi_{j \ne i}\, {«x»}_{j}",), sign=r"\Pi", symbol="Π",
    doc=Doc("Product of the elements: each gets the upstream gradient times all others.",
            "Produto dos elementos: cada um recebe o gradiente global vezes todos os outros."),
    samples=along(_I),
)  # fmt: skip
NORM = Op(
    name="norm", family="reduction", arity=1, params=AXIS, forward=norm, rules=(_norm_rule,),
    shape=reduced,
    latex=r"\left\|«x!»\right\|", local_latex=(r"\frac{«x!»}{«z!»}",),
    rule_latex=(r"«g» \odot \frac{«x!»}{«z!»}",), sign=r"\left\|\,\right\|", symbol="‖·‖",
    doc=Doc("Length √Σx² of a vector; gradient 0 at the zero vector.",
            "Comprimento √Σx² de um vetor; gradiente 0 no vetor nulo."),
    samples=(*along(_I), Sample(((0.2, 2.0),), ((),), {"axis": None, "keepdims": False})),
)  # fmt: skip
VAR = Op(
    name="var", family="reduction", arity=1, params=_CORRECTED, forward=_var, rules=(_var_rule,),
    shape=_corrected_shape,
    latex=r"\operatorname{var}(«x!»)", local_latex=("0",),
    rule_latex=(r"«g» \odot \frac{2}{«n»} \cdot («x!» - \operatorname{mean}(«x!»))",),
    facts=_corrected_facts, sign=r"\operatorname{var}", symbol="var",
    doc=Doc("Variance: mean squared deviation; divides by n − correction (0 unless given).",
            "Variância: média dos desvios ao quadrado; divide por n − correction (0 se omitido)."),
    samples=_SPREADS,
)  # fmt: skip
STD = Op(
    name="std", family="reduction", arity=1, params=_CORRECTED, forward=_std, rules=(_std_rule,),
    shape=_corrected_shape,
    latex=r"\operatorname{std}(«x!»)", local_latex=("0",),
    rule_latex=(r"«g» \odot \frac{«x!» - \operatorname{mean}(«x!»)}{«n» \cdot «z»}",),
    facts=_corrected_facts, sign=r"\operatorname{std}", symbol="std",
    doc=Doc("Standard deviation, the root of var; gradient 0 where all elements are equal.",
            "Desvio padrão, a raiz de var; gradiente 0 onde todos os elementos são iguais."),
    samples=_SPREADS,
)  # fmt: skip

ROWS = (PROD, NORM, VAR, STD)
