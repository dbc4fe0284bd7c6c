"""Normalisation of layers; weights and biases are ordinary * and + after it."""

from __future__ import annotations

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .row import Array, Doc, Op, Param, Result, Sample, Shape, written
from .statistics import deviations

_I = (-2.0, 2.0)


def _layer_shape(x: Shape, **_: float) -> Shape:
    if not x or x[-1] == 0:
        raise ShapeError(
            say(
                "layer_norm works along the last axis: give it a vector or rows with "
                "elements, not the shape {shape}.",
                shape=written(x),
            )
        )
    return x


def _scale(apart: Array, eps: float) -> Result:
    """√(var + eps) along the last axis."""
    return np.sqrt(np.mean(apart * apart, axis=-1, keepdims=True) + eps)


def _layer_norm(x: Array, eps: float) -> Result:
    apart = deviations(x, -1)
    return apart / _scale(apart, eps)


def _layer_rule(g: Array, z: Array, x: Array, eps: float) -> Result:
    """(g − mean g − z·mean(g·z)) / √(var + eps): Ba, Kiros, Hinton 2016."""
    straight = g - np.mean(g, axis=-1, keepdims=True)
    turned = z * np.mean(g * z, axis=-1, keepdims=True)
    return (straight - turned) / _scale(deviations(x, -1), eps)


LAYER_NORM = Op(
    name="layer_norm", family="normalization", arity=1, params=(Param("eps", "number", 1e-5),),
    forward=_layer_norm, rules=(_layer_rule,), shape=_layer_shape,
    latex=r"\operatorname{layernorm}(«x!»)", local_latex=("0",),
    rule_latex=(r"\frac{«g» - \operatorname{mean}(«g») - «z» \odot \operatorname{mean}"
                r"(«g» \odot «z»)}{\sqrt{\operatorname{var}(«x!») + \varepsilon}}",),
    sign=r"\operatorname{layernorm}", symbol="layer norm",
    doc=Doc("Gives each row along the last axis mean 0 and variance 1 (var + eps under the root).",
            "Dá a cada linha, no último eixo, média 0 e variância 1 (var + eps sob a raiz)."),
    samples=(Sample((_I,), ((4,),), {"eps": 1e-5}), Sample((_I,), ((2, 3),), {"eps": 0.1})),
)  # fmt: skip

ROWS = (LAYER_NORM,)
