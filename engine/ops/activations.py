"""Activation functions. None of them overflows or warns, however large the argument."""

from __future__ import annotations

import math

import numpy as np

from .row import Array, Doc, Op, Param, scalars

_ANY = (-4.0, 4.0)
_BOTH_SIDES = (((-3.0, -0.1),), ((0.1, 3.0),))
_erf = np.frompyfunc(math.erf, 1, 1)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^−x), written with e^−|x| so that nothing overflows."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def softplus(x: Array) -> Array:
    """ln(1 + e^x) as max(x, 0) + ln(1 + e^−|x|)."""
    return np.maximum(x, 0.0) + bend(x)


def bend(x: Array) -> Array:
    """ln(1 + e^−|x|): how far softplus lies above ReLU."""
    return np.log1p(np.exp(-np.abs(x)))


def _slope(x: Array, below: Array | float) -> Array:
    """1 above 0, `below` elsewhere, NaN at NaN."""
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1.0, below))


def _normal(x: Array) -> Array:
    """The standard normal distribution function Φ."""
    return 0.5 * (1 + np.asarray(_erf(x / math.sqrt(2)), dtype=np.float64))


def _gelu_local(_z: Array, x: Array) -> Array:
    return _normal(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _silu(x: Array) -> Array:
    return x * sigmoid(x)


def _silu_local(_z: Array, x: Array) -> Array:
    s = sigmoid(x)
    return s * (1 + x * (1 - s))


def _elu(x: Array, alpha: float) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


TANH = Op(
    name="tanh", family="activation", arity=1, forward=np.tanh, locals=(lambda z, _x: 1 - z * z,),
    latex=r"\tanh(«x!»)", local_latex=("1 - {«z»}^{2}",), sign=r"\tanh", symbol="tanh",
    doc=Doc("Hyperbolic tangent.", "Tangente hiperbólica."), samples=scalars((_ANY,)),
)  # fmt: skip
SIGMOID = Op(
    name="sigmoid", family="activation", arity=1, forward=sigmoid,
    locals=(lambda z, _x: z * (1 - z),),
    latex=r"\sigma(«x!»)", local_latex=("«z»(1 - «z»)",), sign=r"\sigma", symbol="σ",
    doc=Doc("Sigmoid 1 / (1 + e^−x); its slope is σ(1 − σ).",
            "Sigmoide 1 / (1 + e^−x); a inclinação é σ(1 − σ)."),
    samples=scalars((_ANY,)),
)  # fmt: skip
RELU = Op(
    name="relu", family="activation", arity=1, forward=lambda x: np.maximum(x, 0.0),
    locals=(lambda _z, x: _slope(x, 0.0),),
    latex=r"\operatorname{ReLU}(«x!»)", local_latex=(r"[«x!» > 0]",),
    sign=r"\operatorname{ReLU}", symbol="ReLU",
    doc=Doc("Keeps what is positive; gradient 0 at 0.", "Mantém o positivo; gradiente 0 em 0."),
    samples=scalars(*_BOTH_SIDES),
)  # fmt: skip
LEAKY_RELU = Op(
    name="leaky_relu", family="activation", arity=1, params=(Param("slope", "number", 0.01),),
    forward=lambda x, slope: np.where(x > 0, x, slope * x),
    locals=(lambda _z, x, slope: _slope(x, slope),),
    latex=r"\operatorname{leaky}(«x!»)", local_latex=(r"[«x!» > 0] + «slope»\,[«x!» \le 0]",),
    sign=r"\operatorname{leaky}", symbol="leaky ReLU",
    doc=Doc("ReLU with a small slope up to 0.", "ReLU com uma pequena inclinação até 0."),
    samples=scalars(*_BOTH_SIDES, slope=0.01),
)  # fmt: skip
ELU = Op(
    name="elu", family="activation", arity=1, params=(Param("alpha", "number", 1.0),),
    forward=_elu, locals=(lambda z, x, alpha: _slope(x, z + alpha),),
    latex=r"\operatorname{ELU}(«x!»)",
    local_latex=(r"[«x!» > 0] + («z!» + «alpha»)\,[«x!» \le 0]",),
    sign=r"\operatorname{ELU}", symbol="ELU",
    doc=Doc("Exponential linear unit.", "Unidade linear exponencial."),
    samples=scalars(*_BOTH_SIDES, alpha=1.0),
)  # fmt: skip
SOFTPLUS = Op(
    name="softplus", family="activation", arity=1, forward=softplus,
    locals=(lambda _z, x: sigmoid(x),),
    latex=r"\ln(1 + e^{«x!»})", local_latex=(r"\sigma(«x!»)",),
    sign=r"\operatorname{softplus}", symbol="softplus",
    doc=Doc("A smooth ReLU; its slope is the sigmoid.", "ReLU suave; a inclinação é a sigmoide."),
    samples=scalars((_ANY,)),
)  # fmt: skip
GELU = Op(
    name="gelu", family="activation", arity=1, forward=lambda x: x * _normal(x),
    locals=(_gelu_local,),
    latex=r"«x» \cdot \Phi(«x!»)",
    local_latex=(r"\Phi(«x!») + «x» \cdot \varphi(«x!»)",), compound=True,
    sign=r"\operatorname{GELU}", symbol="GELU",
    doc=Doc("x·Φ(x), exact, with the normal distribution function.",
            "x·Φ(x), exata, com a função de distribuição normal."),
    samples=scalars((_ANY,)),
)  # fmt: skip
SILU = Op(
    name="silu", family="activation", arity=1, forward=_silu, locals=(_silu_local,),
    latex=r"«x» \cdot \sigma(«x!»)",
    local_latex=(r"\sigma(«x!») \cdot (1 + «x» \cdot (1 - \sigma(«x!»)))",), compound=True,
    sign=r"\operatorname{SiLU}", symbol="SiLU",
    doc=Doc("x·σ(x).", "x·σ(x)."), samples=scalars((_ANY,)),
)  # fmt: skip

ROWS = (TANH, SIGMOID, RELU, LEAKY_RELU, ELU, SOFTPLUS, GELU, SILU)
