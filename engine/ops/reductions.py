"""Operations along an axis: sums, means, extremes, and the softmax family."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .axes import AXIS, LAST, along, check_axis, reduced, reduced_some, spread, term_facts, terms
from .row import Array, Doc, Op, Result, Sample, Shape

_I = (-2.0, 2.0)
_WHOLE = along(_I)
_ALONG = (Sample((_I,), ((4,),), {"axis": -1}), Sample((_I,), ((2, 3),), {"axis": 0}))


def _same(x: Shape, axis: int) -> Shape:
    if not x:
        raise ShapeError(
            say("This works along an axis: give it a vector or a matrix, not a number.")
        )
    check_axis(x, axis)
    return x


def _logsumexp_shape(x: Shape, axis: int) -> Shape:
    return reduced_some(_same(x, axis), axis, False)


def _shares(z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    """1 at the extreme elements, divided among ties; NaN wherever one of them is NaN."""
    top = spread(z, x, axis, keepdims)
    hit = np.where(np.isnan(top), np.nan, np.where(x == top, 1.0, 0.0))
    shares: Array = hit / np.sum(hit, axis=axis, keepdims=True)
    return shares.reshape(np.shape(x))


def _extreme_rule(g: Array, z: Array, x: Array, axis: int | None, keepdims: bool) -> Array:
    return spread(g, x, axis, keepdims) * _shares(z, x, axis, keepdims)


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
    """x − ln Σ e^x, with the largest element taken out of both: it is the large part of both."""
    top = np.max(x, axis=axis, keepdims=True, initial=-np.inf)
    moved = x - np.where(np.isfinite(top), top, 0.0)
    return moved - np.log(np.sum(np.exp(moved), axis=axis, keepdims=True))


def _softmax_rule(g: Array, z: Array, _x: Array, axis: int) -> Result:
    return z * (g - np.sum(g * z, axis=axis, keepdims=True))


def _log_softmax_rule(g: Array, z: Array, _x: Array, axis: int) -> Result:
    return g - np.exp(z) * np.sum(g, axis=axis, keepdims=True)


def _logsumexp_rule(g: Array, _z: Array, x: Array, axis: int) -> Result:
    return np.expand_dims(g, axis) * _softmax(x, axis)


SUM = Op(
    name="sum", family="reduction", arity=1, params=AXIS,
    forward=lambda x, axis, keepdims: np.sum(x, axis=axis, keepdims=keepdims),
    rules=(lambda g, _z, x, axis, keepdims: spread(g, x, axis, keepdims),), shape=reduced,
    latex=r"\operatorname{sum}(«x!»)", local_latex=("1",),
    rule_latex=(r"«g» \cdot \mathbf{1}",), sign=r"\Sigma", symbol="Σ",
    doc=Doc("Sum of the elements: each gets the upstream gradient.",
            "Soma dos elementos: cada um recebe o gradiente global."),
    samples=_WHOLE,
)  # fmt: skip
MEAN = Op(
    name="mean", family="reduction", arity=1, params=AXIS,
    forward=lambda x, axis, keepdims: np.mean(x, axis=axis, keepdims=keepdims),
    rules=(lambda g, _z, x, axis, keepdims:
           spread(g, x, axis, keepdims) / terms(np.shape(x), axis),),
    shape=reduced_some,
    latex=r"\operatorname{mean}(«x!»)", local_latex=("1",),
    rule_latex=(r"«g» \cdot \frac{1}{«n»} \cdot \mathbf{1}",), facts=term_facts,
    sign=r"\operatorname{mean}", symbol="mean",
    doc=Doc("Mean of n elements: each gets 1/n of the upstream gradient.",
            "Média de n elementos: cada um recebe 1/n do gradiente global."),
    samples=_WHOLE,
)  # fmt: skip
MAX = Op(
    name="max", family="reduction", arity=1, params=AXIS,
    forward=lambda x, axis, keepdims: np.max(x, axis=axis, keepdims=keepdims),
    rules=(_extreme_rule,), shape=reduced_some,
    latex=r"\max(«x!»)", local_latex=("1",), rule_latex=(r"«g» \odot [«x!» = «z!»] / k",),
    sign=r"\max", symbol="max",
    doc=Doc("Largest element; k ties share the gradient equally.",
            "Maior elemento; k empates dividem o gradiente por igual."),
    samples=_WHOLE,
)  # fmt: skip
MIN = Op(
    name="min", family="reduction", arity=1, params=AXIS,
    forward=lambda x, axis, keepdims: np.min(x, axis=axis, keepdims=keepdims),
    rules=(_extreme_rule,), shape=reduced_some,
    latex=r"\min(«x!»)", local_latex=("1",), rule_latex=(r"«g» \odot [«x!» = «z!»] / k",),
    sign=r"\min", symbol="min",
    doc=Doc("Smallest element; k ties share the gradient equally.",
            "Menor elemento; k empates dividem o gradiente por igual."),
    samples=_WHOLE,
)  # fmt: skip
SOFTMAX = Op(
    name="softmax", family="reduction", arity=1, params=LAST, forward=_softmax,
    rules=(_softmax_rule,), shape=_same,
    latex=r"\operatorname{softmax}(«x!»)", local_latex=("0",),
    rule_latex=(r"«z» \odot («g» - \Sigma(«g» \odot «z»))",),
    sign=r"\operatorname{softmax}", symbol="softmax",
    doc=Doc("Turns scores into probabilities along an axis.",
            "Transforma pontuações em probabilidades ao longo de um eixo."),
    samples=_ALONG,
)  # fmt: skip
LOG_SOFTMAX = Op(
    name="log_softmax", family="reduction", arity=1, params=LAST, forward=log_softmax,
    rules=(_log_softmax_rule,), shape=_same,
    latex=r"\ln\operatorname{softmax}(«x!»)", local_latex=("0",),
    rule_latex=(r"«g» - e^{«z!»} \odot \Sigma(«g»)",),
    sign=r"\ln\operatorname{softmax}", symbol="log softmax",
    doc=Doc("Logarithm of the softmax, without overflow.",
            "Logaritmo da softmax, sem estouro."),
    samples=_ALONG,
)  # fmt: skip
LOGSUMEXP = Op(
    name="logsumexp", family="reduction", arity=1, params=LAST, forward=logsumexp,
    rules=(_logsumexp_rule,), shape=_logsumexp_shape,
    latex=r"\ln\Sigma\, e^{«x!»}", local_latex=("1",),
    rule_latex=(r"«g» \odot \operatorname{softmax}(«x!»)",),
    sign=r"\ln\Sigma e", symbol="logsumexp",
    doc=Doc("Logarithm of a sum of exponentials, without overflow.",
            "Logaritmo de uma soma de exponenciais, sem estouro."),
    samples=_ALONG,
)  # fmt: skip

ROWS = (SUM, MEAN, MAX, MIN, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP)
