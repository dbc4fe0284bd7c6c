"""The operations that are written with signs: + - * / ** and the unary minus."""

from __future__ import annotations

import numpy as np

from .row import Array, Doc, Op, scalars

_ANY = (-3.0, 3.0)


def _power_base(_z: Array, x: Array, y: Array) -> Array:
    """y·x^(y−1), and 0 where y is 0, which keeps 0⁰ from becoming 0·∞."""
    return np.where(y == 0, 0.0, y * np.power(x, y - 1))


def _power_exponent(z: Array, x: Array, y: Array) -> Array:
    """x^y·ln x, and 0 at the base 0 while the exponent is not negative."""
    return np.where((x == 0) & (y >= 0), 0.0, z * np.log(x))


ADD = Op(
    name="add", family="arithmetic", arity=2, call=False, forward=np.add,
    locals=(lambda _z, _x, _y: 1.0, lambda _z, _x, _y: 1.0),
    latex="«x!» + «y+»", local_latex=("1", "1"), compound=True, sign="+", symbol="+",
    doc=Doc("Sum: passes the upstream gradient on to both.",
            "Soma: repassa o gradiente global aos dois."),
    samples=scalars((_ANY, _ANY)),
)  # fmt: skip
SUB = Op(
    name="sub", family="arithmetic", arity=2, call=False, forward=np.subtract,
    locals=(lambda _z, _x, _y: 1.0, lambda _z, _x, _y: -1.0),
    latex="«x!» - «y»", local_latex=("1", "-1"), compound=True, sign="-", symbol="−",
    doc=Doc("Difference: passes the gradient on, and turns its sign for the second.",
            "Diferença: repassa o gradiente, com o sinal trocado para o segundo."),
    samples=scalars((_ANY, _ANY)),
)  # fmt: skip
MUL = Op(
    name="mul", family="arithmetic", arity=2, call=False, forward=np.multiply,
    locals=(lambda _z, _x, y: y, lambda _z, x, _y: x),
    latex=r"«x» \cdot «y»", local_latex=("«y»", "«x»"), compound=True, sign=r"\times", symbol="×",
    doc=Doc("Product: the derivative by one factor is the other.",
            "Produto: a derivada em relação a um fator é o outro."),
    samples=scalars((_ANY, _ANY)),
)  # fmt: skip
DIV = Op(
    name="div", family="arithmetic", arity=2, call=False, forward=np.divide,
    locals=(lambda _z, _x, y: 1 / y, lambda z, _x, y: -z / y),
    latex=r"\frac{«x!»}{«y!»}",
    local_latex=(r"\frac{1}{«y!»}", r"-\frac{«x!»}{{«y»}^{2}}"),
    compound=True, sign=r"\div", symbol="÷",
    doc=Doc("Quotient x / y.", "Quociente x / y."),
    samples=scalars((_ANY, (0.3, 3.0)), (_ANY, (-3.0, -0.3))),
)  # fmt: skip
POW = Op(
    name="pow", family="arithmetic", arity=2, call=False, forward=np.power,
    locals=(_power_base, _power_exponent),
    latex="{«x»}^{«y!»}",
    local_latex=(r"«y» \cdot {«x»}^{«y!» - 1}", r"«z» \cdot \ln(«x!»)"),
    compound=True, sign="x^{y}", symbol="^",
    doc=Doc("Power: y·x^(y−1) by the base; the exponent gets a gradient only if it is no constant.",
            "Potência: y·x^(y−1) na base; o expoente só recebe gradiente se não for constante."),
    samples=scalars(((0.2, 3.0), (-2.0, 3.0))),
)  # fmt: skip
NEG = Op(
    name="neg", family="arithmetic", arity=1, call=False, forward=np.negative,
    locals=(lambda _z, _x: -1.0,),
    latex="-«x»", local_latex=("-1",), compound=True, sign="-", symbol="−",
    doc=Doc("Turns the sign.", "Troca o sinal."),
    samples=scalars((_ANY,)),
)  # fmt: skip

ROWS = (ADD, SUB, MUL, DIV, POW, NEG)
