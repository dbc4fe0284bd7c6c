"""Operations along an axis: sums, means, extremes, and the softmax family."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from .row import Array, Doc, Op, Param, Result, Sample, Shape, count, written

_I = (-2.0, 2.0)
_AXIS = (Param("axis", "axis", None), Param("keepdims", "flag", False))
_LAST = (Param("axis", "axis", -1),)
_WHOLE = (
    Sample((_I,), ((2, 3),), {"axis": None, "keepdims": False}),
    Sample((_I,), ((2, 3),), {"axis": 0, "keepdims": False}),
    Sample((_I,), ((2, 3, 2),), {"axis": -2, "keepdims": True}),
)
_ALONG = (Sample((_I,), ((4,),), {"axis": -1}), Sample((_I,), ((2, 3),), {"axis": 0}))


def _check_axis(x: Shape, axis: int | None) -> None:
    if axis is not None and not -len(x) <= axis < len(x):
        raise ShapeError(f"There is no axis {axis} in the shape {written(x)}.")


def _reduced(x: Shape, axis: int | None, keepdims: bool) -> Shape:
    _check_axis(x, axis)
    chosen = set(range(len(x))) if axis is None else {axis % len(x)}
    if keepdims:
        return tuple(1 if i in chosen else n for i, n in enumerate(x))
    return tuple(n for i, n in enumerate(x) if i not in chosen)


def _reduced_some(x: Shape, axis: int | None, keepdims: bool) -> Shape:
    """As `_reduced`, for operations that need at least one element."""
    shape = _reduced(x, axis, keepdims)
    if _terms(x, axis) == 0:
        raise ShapeError(f"The shape {written(x)} leaves nothing to take the mean or extreme of.")
    return shape


def _same(x: Shape, axis: int) -> Shape:
    if not x:
        raise ShapeError("This works along an axis: give it a vector or a matrix, not a number.")
    _check_axis(x, axis)
    return x


def _logsumexp_shape(x: Shape, axis: int) -> Shape:
    return _reduced_some(_same(x, axis), axis, False)


def _terms(x: Shape, axis: int | None) -> int:
    return count(x) if axis is None else x[axis]


def _spread(g: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    """Give a reduced array its lost axes back, as a view in x's shape."""
    if axis is not None and not keepdims:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, np.shape(x))


def _shares(z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    """1 at the extreme elements, divided among ties; NaN wherever one of them is NaN."""
    top = _spread(z, x, axis, keepdims)
    hit = np.where(np.isnan(top), np.nan, np.where(x == top, 1.0, 0.0))
    shares: Array = hit / np.sum(hit, axis=axis, keepdims=True)
    return shares.reshape(np.shape(x))


def _extreme_rule(g: Array, z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    return _spread(g, x, axis, keepdims) * _shares(z, x, axis, keepdims)


def _softmax(x: Array, axis: int) -> Result:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True, initial=-np.inf))
    return e / np.sum(e, axis=axis, keepdims=True)


def logsumexp(x: Array, axis: int, keepdims: bool = False) -> Result:
    """ln Σ e^x along an axis, with the largest element taken out first."""
    top = np.max(x, axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(top), top, 0.0)
    total = np.log(np.sum(np.exp(x - shift), axis=axis, keepdims=True)) + shift
    return total if keepdims else np.squeeze(total, axis)


def log_softmax(x: Array, axis: int) -> Result:
    """x − ln Σ e^x."""
    return x - logsumexp(x, axis, keepdims=True)


def _softmax_rule(g: Array, z: Array, _x: Array, axis: int) -> Result:
    return z * (g - np.sum(g * z, axis=axis, keepdims=True))


def _log_softmax_rule(g: Array, z: Array, _x: Array, axis: int) -> Result:
    return g - np.exp(z) * np.sum(g, axis=axis, keepdims=True)


def _logsumexp_rule(g: Array, _z: Array, x: Array, axis: int) -> Result:
    return np.expand_dims(g, axis) * _softmax(x, axis)


def _n(x: Shape, axis: int | None, **_: Any) -> dict[str, str]:
    return {"n": str(_terms(x, axis))}


SUM = Op(
    name="sum", family="reduction", arity=1, params=_AXIS,
    forward=lambda x, axis, keepdims: np.sum(x, axis=axis, keepdims=keepdims),
    rules=(lambda g, _z, x, axis, keepdims: _spread(g, x, axis, keepdims),), shape=_reduced,
    latex=r"\operatorname{sum}(«x!»)", local_latex=("1",),
    rule_latex=(r"«g» \cdot \mathbf{1}",), sign=r"\Sigma", symbol="Σ",
    doc=Doc("Sum of the elements: each gets the upstream gradient.",
            "Soma dos elementos: cada um recebe o gradiente global."),
    samples=_WHOLE,
)  # fmt: skip
MEAN = Op(
    name="mean", family="reduction", arity=1, params=_AXIS,
    forward=lambda x, axis, keepdims: np.mean(x, axis=axis, keepdims=keepdims),
    rules=(lambda g, _z, x, axis, keepdims:
           _spread(g, x, axis, keepdims) / _terms(np.shape(x), axis),),
    shape=_reduced_some,
    latex=r"\operatorname{mean}(«x!»)", local_latex=("1",),
    rule_latex=(r"«g» \cdot \frac{1}{«n»} \cdot \mathbf{1}",), facts=_n,
    sign=r"\operatorname{mean}", symbol="mean",
    doc=Doc("Mean of n elements: each gets 1/n of the upstream gradient.",
            "Média de n elementos: cada um recebe 1/n do gradiente global."),
    samples=_WHOLE,
)  # fmt: skip
MAX = Op(
    name="max", family="reduction", arity=1, params=_AXIS,
    forward=lambda x, axis, keepdims: np.max(x, axis=axis, keepdims=keepdims),
    rules=(_extreme_rule,), shape=_reduced_some,
    latex=r"\max(«x!»)", local_latex=("1",), rule_latex=(r"«g» \odot [«x!» = «z!»] / k",),
    sign=r"\max", symbol="max",
    doc=Doc("Largest element; k ties share the gradient equally.",
            "Maior elemento; k empates dividem o gradiente por igual."),
    samples=_WHOLE,
)  # fmt: skip
MIN = Op(
    name="min", family="reduction", arity=1, params=_AXIS,
    forward=lambda x, axis, keepdims: np.min(x, axis=axis, keepdims=keepdims),
    rules=(_extreme_rule,), shape=_reduced_some,
    latex=r"\min(«x!»)", local_latex=("1",), rule_latex=(r"«g» \odot [«x!» = «z!»] / k",),
    sign=r"\min", symbol="min",
    doc=Doc("Smallest element; k ties share the gradient equally.",
            "Menor elemento; k empates dividem o gradiente por igual."),
    samples=_WHOLE,
)  # fmt: skip
SOFTMAX = Op(
    name="softmax", family="reduction", arity=1, params=_LAST, forward=_softmax,
    rules=(_softmax_rule,), shape=_same,
    latex=r"\operatorname{softmax}(«x!»)", local_latex=("0",),
    rule_latex=(r"«z» \odot («g» - \Sigma(«g» \odot «z»))",),
    sign=r"\operatorname{softmax}", symbol="softmax",
    doc=Doc("Turns scores into probabilities along an axis.",
            "Transforma pontuações em probabilidades ao longo de um eixo."),
    samples=_ALONG,
)  # fmt: skip
LOG_SOFTMAX = Op(
    name="log_softmax", family="reduction", arity=1, params=_LAST, forward=log_softmax,
    rules=(_log_softmax_rule,), shape=_same,
    latex=r"\ln\operatorname{softmax}(«x!»)", local_latex=("0",),
    rule_latex=(r"«g» - e^{«z!»} \odot \Sigma(«g»)",),
    sign=r"\ln\operatorname{softmax}", symbol="log softmax",
    doc=Doc("Logarithm of the softmax, without overflow.",
            "Logaritmo da softmax, sem estouro."),
    samples=_ALONG,
)  # fmt: skip
LOGSUMEXP = Op(
    name="logsumexp", family="reduction", arity=1, params=_LAST, forward=logsumexp,
    rules=(_logsumexp_rule,), shape=_logsumexp_shape,
    latex=r"\ln\Sigma\, e^{«x!»}", local_latex=("1",),
    rule_latex=(r"«g» \odot \operatorname{softmax}(«x!»)",),
    sign=r"\ln\Sigma e", symbol="logsumexp",
    doc=Doc("Logarithm of a sum of exponentials, without overflow.",
            "Logaritmo de uma soma de exponenciais, sem estouro."),
    samples=_ALONG,
)  # fmt: skip

ROWS = (SUM, MEAN, MAX, MIN, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP)
