"""Elementary functions of one argument, element by element."""

from __future__ import annotations

import numpy as np

from .row import Array, Doc, Op, scalars

_ANY = (-3.0, 3.0)
_POSITIVE = (0.1, 4.0)
_BOTH_SIDES = (((-3.0, -0.1),), ((0.1, 3.0),))


def _log_local(_z: Array, x: Array) -> Array:
    """1/x, and NaN where the logarithm itself is NaN."""
    return np.where(x < 0, np.nan, 1 / x)


def _step(x: Array) -> Array:
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1.0, 0.0))


def _zero(_z: Array, x: Array) -> Array:
    return np.where(np.isnan(x), np.nan, 0.0)


EXP = Op(
    name="exp", family="function", arity=1, forward=np.exp, locals=(lambda z, _x: z,),
    latex="e^{«x!»}", local_latex=("«z»",), compound=True, sign=r"\exp", symbol="exp",
    doc=Doc("Exponential: its own derivative.", "Exponencial: é a própria derivada."),
    samples=scalars((_ANY,)),
)  # fmt: skip
LOG = Op(
    name="log", family="function", arity=1, forward=np.log, locals=(_log_local,),
    latex=r"\ln(«x!»)", local_latex=(r"\frac{1}{«x!»}",), sign=r"\ln", symbol="ln",
    doc=Doc("Natural logarithm.", "Logaritmo natural."), samples=scalars((_POSITIVE,)),
)  # fmt: skip
SQRT = Op(
    name="sqrt", family="function", arity=1, forward=np.sqrt, locals=(lambda z, _x: 1 / (2 * z),),
    latex=r"\sqrt{«x!»}", local_latex=(r"\frac{1}{2 \cdot «z»}",), sign=r"\sqrt{\,}", symbol="√",
    doc=Doc("Square root; infinite slope at 0.", "Raiz quadrada; inclinação infinita em 0."),
    samples=scalars((_POSITIVE,)),
)  # fmt: skip
SIN = Op(
    name="sin", family="function", arity=1, forward=np.sin, locals=(lambda _z, x: np.cos(x),),
    latex=r"\sin(«x!»)", local_latex=(r"\cos(«x!»)",), sign=r"\sin", symbol="sin",
    doc=Doc("Sine.", "Seno."), samples=scalars((_ANY,)),
)  # fmt: skip
COS = Op(
    name="cos", family="function", arity=1, forward=np.cos, locals=(lambda _z, x: -np.sin(x),),
    latex=r"\cos(«x!»)", local_latex=(r"-\sin(«x!»)",), sign=r"\cos", symbol="cos",
    doc=Doc("Cosine.", "Cosseno."), samples=scalars((_ANY,)),
)  # fmt: skip
TAN = Op(
    name="tan", family="function", arity=1, forward=np.tan, locals=(lambda z, _x: 1 + z * z,),
    latex=r"\tan(«x!»)", local_latex=("1 + {«z»}^{2}",), sign=r"\tan", symbol="tan",
    doc=Doc("Tangent.", "Tangente."), samples=scalars(((-1.3, 1.3),)),
)  # fmt: skip
ABS = Op(
    name="abs", family="function", arity=1, forward=np.abs, locals=(lambda _z, x: np.sign(x),),
    latex=r"\left|«x!»\right|", local_latex=(r"\operatorname{sign}(«x!»)",),
    sign=r"\left|\,\right|", symbol="|·|",
    doc=Doc("Absolute value; gradient 0 at 0.", "Valor absoluto; gradiente 0 em 0."),
    samples=scalars(*_BOTH_SIDES),
)  # fmt: skip
SIGN = Op(
    name="sign", family="function", arity=1, forward=np.sign, locals=(_zero,),
    latex=r"\operatorname{sign}(«x!»)", local_latex=("0",),
    sign=r"\operatorname{sign}", symbol="sign",
    doc=Doc("Sign: its gradient is 0 everywhere, so nothing is learned through it.",
            "Função sinal: o gradiente é 0 em todo ponto, e nada se aprende através dela."),
    samples=scalars(*_BOTH_SIDES),
)  # fmt: skip
STEP = Op(
    name="step", family="function", arity=1, forward=_step, locals=(_zero,),
    latex=r"\operatorname{step}(«x!»)", local_latex=("0",),
    sign=r"\operatorname{step}", symbol="step",
    doc=Doc("Step: 1 above 0, else 0; gradient 0.", "Degrau: 1 acima de 0, senão 0; gradiente 0."),
    samples=scalars(*_BOTH_SIDES),
)  # fmt: skip

ROWS = (EXP, LOG, SQRT, SIN, COS, TAN, ABS, SIGN, STEP)
