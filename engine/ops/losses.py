"""Losses of (prediction, target): one number that says how far off the prediction is.

Both have the same shape, or the target is a number: nothing else is broadcast in silence.
`half_mse` sums over the last axis and averages over rows; for shapes [] and [n] each element is a
row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .activations import bend, sigmoid
from .reductions import log_softmax
from .row import Array, Doc, Op, Result, Sample, Shape, count, written

_I = (-2.0, 2.0)
_PROBABILITY = (0.05, 0.95)
_CLAMP = -100.0


def _loss_shape(x: Shape, y: Shape) -> Shape:
    if y not in (x, ()):
        raise ShapeError(
            say(
                "The prediction has the shape {shape} and the target {other}: a loss "
                "takes two equal shapes, or a number as target.",
                shape=written(x),
                other=written(y),
            )
        )
    if count(x) == 0:
        raise ShapeError(
            say("A loss needs at least one element, not the shape {shape}.", shape=written(x))
        )
    return ()


def _rows_shape(x: Shape, y: Shape) -> Shape:
    if not x:
        raise ShapeError(
            say("cross_entropy takes one score per class: a vector or rows, not a number.")
        )
    return _loss_shape(x, y)


def _rows(x: Shape) -> int:
    """Rows that half_mse averages over."""
    return count(x[:-1]) if len(x) > 1 else count(x)


def _score_rows(x: Shape) -> int:
    """Rows that cross_entropy averages over: a vector is one row of scores."""
    return count(x[:-1])


def _error(x: Array, y: Array) -> Array:
    return x - y


def _half_mse(x: Array, y: Array) -> Result:
    return 0.5 * np.sum(_error(x, y) ** 2) / _rows(np.shape(x))


def _scale(n: int) -> dict[str, str]:
    """What stands before a sum over n rows: nothing for one."""
    return {"scale": rf"\frac{{1}}{{{n}}}" if n > 1 else ""}


def _half_mse_facts(x: Shape, _y: Shape) -> dict[str, str]:
    return _scale(_rows(x)) | {"sum": r"\Sigma" if count(x) > 1 else ""}


def _mean_facts(x: Shape, _y: Shape) -> dict[str, str]:
    n = count(x)
    double = rf"\frac{{2}}{{{n}}}" if n > 1 else "2"
    return _scale(n) | {"sum": r"\Sigma" if n > 1 else "", "double": double}


def _cross_entropy_facts(x: Shape, _y: Shape) -> dict[str, str]:
    return _scale(_score_rows(x))


def _bounded_log(x: Array) -> Array:
    return np.maximum(np.log(x), _CLAMP)


def _bounded_slope(x: Array) -> Array:
    """Slope of the clamped logarithm: 1/x, and 0 where it is clamped."""
    return np.where(np.log(x) > _CLAMP, 1 / x, np.where(np.isnan(x), np.nan, 0.0))


def _bce_x(g: Array, _z: Array, x: Array, y: Array) -> Array:
    slope = y * _bounded_slope(x) - (1 - y) * _bounded_slope(1 - x)
    return -g * slope / np.size(x)


def _bce_y(g: Array, _z: Array, x: Array, y: Array) -> Array:
    return g * (_bounded_log(1 - x) - _bounded_log(x)) * np.ones_like(y) / np.size(x)


def _bce(x: Array, y: Array) -> Result:
    terms = y * _bounded_log(x) + (1 - y) * _bounded_log(1 - x)
    return -np.mean(terms)


def _logits(x: Array, y: Array) -> Result:
    """The mean of softplus(x) − xy, where a confident right answer leaves the bend alone."""
    return np.mean(np.maximum(x, 0.0) - x * y + bend(x))


def _cross_entropy(x: Array, y: Array) -> Result:
    return -np.sum(y * log_softmax(x, -1)) / _score_rows(x.shape)


def _cross_entropy_x(g: Array, _z: Array, x: Array, y: Array) -> Result:
    weight = np.sum(np.broadcast_to(y, x.shape), axis=-1, keepdims=True)
    return g * (np.exp(log_softmax(x, -1)) * weight - y) / _score_rows(x.shape)


def _cross_entropy_y(g: Array, _z: Array, x: Array, _y: Array) -> Result:
    return -g * log_softmax(x, -1) / _score_rows(x.shape)


def _samples(x: Any, y: Any, *shapes: Shape) -> tuple[Sample, ...]:
    pairs = [(s, s) for s in shapes] + [(shapes[-1], ())]
    return tuple(Sample((x, y), pair, {}) for pair in pairs)


MSE = Op(
    name="mse", family="loss", arity=2, shape=_loss_shape,
    forward=lambda x, y: np.mean(_error(x, y) ** 2),
    rules=(lambda g, _z, x, y: 2 * g * _error(x, y) / np.size(x),
           lambda g, _z, x, y: -2 * g * _error(x, y) / np.size(x)),
    latex=r"«scale»«sum»(«x!» - «y»)^{2}",
    local_latex=(r"2 \cdot («x!» - «y»)", r"2 \cdot («y!» - «x»)"),
    rule_latex=(r"«g» \cdot «double» \cdot («x!» - «y»)", r"«g» \cdot «double» \cdot («y!» - «x»)"),
    facts=_mean_facts, compound=True, sign=r"(\,)^{2}", symbol="mse",
    doc=Doc("Mean of the squared errors over all elements.",
            "Média dos erros quadráticos sobre todos os elementos."),
    samples=_samples(_I, _I, (), (3,), (2, 3)),
)  # fmt: skip
HALF_MSE = Op(
    name="half_mse", family="loss", arity=2, shape=_loss_shape, forward=_half_mse,
    rules=(lambda g, _z, x, y: g * _error(x, y) / _rows(np.shape(x)),
           lambda g, _z, x, y: g * -_error(x, y) / _rows(np.shape(x))),
    latex=r"«scale»\tfrac{1}{2}«sum»(«x!» - «y»)^{2}",
    local_latex=("«x!» - «y»", "«y!» - «x»"),
    rule_latex=(r"«g» \cdot «scale»(«x!» - «y»)", r"«g» \cdot «scale»(«y!» - «x»)"),
    facts=_half_mse_facts, compound=True, sign=r"\tfrac{1}{2}(\,)^{2}", symbol="½(·)²",
    doc=Doc("Half the squared error, averaged over rows; its derivative is the error itself.",
            "Metade do erro quadrático, em média sobre as linhas; a derivada é o próprio erro."),
    samples=_samples(_I, _I, (), (3,), (2, 3)),
)  # fmt: skip
BCE = Op(
    name="bce", family="loss", arity=2, shape=_loss_shape, forward=_bce, rules=(_bce_x, _bce_y),
    latex=r"-«scale»«sum»(«y» \cdot \ln(«x!») + (1 - «y») \cdot \ln(1 - «x»))",
    local_latex=(r"-\frac{«y!»}{«x!»} + \frac{1 - «y»}{1 - «x»}",
                 r"\ln(1 - «x») - \ln(«x!»)"),
    rule_latex=(r"«g» \cdot «scale»(-\frac{«y!»}{«x!»} + \frac{1 - «y»}{1 - «x»})",
                r"«g» \cdot «scale»(\ln(1 - «x») - \ln(«x!»))"),
    facts=_mean_facts, compound=True, sign=r"\operatorname{bce}", symbol="bce",
    doc=Doc("Binary cross-entropy of probabilities; logarithms are clamped at −100.",
            "Entropia cruzada binária de probabilidades; logaritmos limitados a −100."),
    samples=_samples(_PROBABILITY, (0.0, 1.0), (), (3,), (2, 3)),
)  # fmt: skip
BCE_WITH_LOGITS = Op(
    name="bce_with_logits", family="loss", arity=2, shape=_loss_shape, forward=_logits,
    rules=(lambda g, _z, x, y: g * (sigmoid(x) - y) / np.size(x),
           lambda g, _z, x, _y: -g * x / np.size(x)),
    latex=r"«scale»«sum»(\ln(1 + e^{«x!»}) - «x» \cdot «y»)",
    local_latex=(r"\sigma(«x!») - «y»", "-«x»"),
    rule_latex=(r"«g» \cdot «scale»(\sigma(«x!») - «y»)", r"-«g» \cdot «scale»«x»"),
    facts=_mean_facts, compound=True, sign=r"\operatorname{bce}\sigma", symbol="bce σ",
    doc=Doc("Binary cross-entropy of scores before the sigmoid.",
            "Entropia cruzada binária de pontuações antes da sigmoide."),
    samples=_samples(_I, (0.0, 1.0), (), (3,), (2, 3)),
)  # fmt: skip
CROSS_ENTROPY = Op(
    name="cross_entropy", family="loss", arity=2, shape=_rows_shape,
    forward=_cross_entropy, rules=(_cross_entropy_x, _cross_entropy_y),
    latex=r"-«scale»\Sigma\, «y» \odot \ln\operatorname{softmax}(«x!»)",
    local_latex=("0", "0"),
    rule_latex=(r"«g» \cdot «scale»(\operatorname{softmax}(«x!») - «y»)",
                r"-«g» \cdot «scale»\ln\operatorname{softmax}(«x!»)"),
    facts=_cross_entropy_facts, compound=True, sign=r"\operatorname{CE}", symbol="CE",
    doc=Doc("Cross-entropy of scores and one-hot rows, averaged over rows.",
            "Entropia cruzada de pontuações e linhas one-hot, em média sobre as linhas."),
    samples=_samples(_I, (0.0, 1.0), (3,), (2, 3)),
)  # fmt: skip

ROWS = (MSE, HALF_MSE, BCE, BCE_WITH_LOGITS, CROSS_ENTROPY)
