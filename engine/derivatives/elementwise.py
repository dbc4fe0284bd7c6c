"""Contributions of elementwise operations: upstream times local, written as terms.

A rule takes (g, z, *args) and the parameters; None stands for exactly 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from .term import Term

Rule = Callable[..., Term | None]


def _nothing(*_terms: Term, **_params: float) -> None:
    return None


def _base(g: Term, _z: Term, x: Term, y: Term) -> Term | None:
    """y·x^(y−1), with the exponent counted down where it is a number."""
    n = y.number
    if n is None:
        return g * (y * x ** (y - 1.0))
    if n in (0.0, 1.0):
        return g * 1.0 if n else None
    return g * (n * x) if n == 2 else g * (n * x ** (n - 1))


def _density(x: Term) -> Term:
    """The standard normal density φ."""
    return (-(x * x) / 2.0).to("exp") / math.sqrt(2 * math.pi)


def _elu(g: Term, z: Term, x: Term, alpha: float) -> Term:
    above = x.to("step")
    return g * (above + (1.0 - above) * (z + alpha))


def _leaky(g: Term, _z: Term, x: Term, slope: float) -> Term:
    return g * (x.to("step") * (1.0 - slope) + slope)


def _silu(g: Term, _z: Term, x: Term) -> Term:
    s = x.to("sigmoid")
    return g * (s * (1.0 + x * (1.0 - s)))


def _greater(x: Term, y: Term) -> Term:
    """1 where x is greater, ½ at a tie, else 0."""
    return (1.0 + (x - y).to("sign")) / 2.0


def _clip(g: Term, _z: Term, x: Term, min: float | None, max: float | None) -> Term:
    inside = g
    if min is not None:
        inside = inside * (1.0 - (min - x).to("step"))
    if max is not None:
        inside = inside * (1.0 - (x - max).to("step"))
    return inside


def _where(g: Term, _z: Term, c: Term, _x: Term, _y: Term) -> Term:
    return g.writer.apply("where", c, g, 0.0)


def _where_not(g: Term, _z: Term, c: Term, _x: Term, _y: Term) -> Term:
    return g.writer.apply("where", c, 0.0, g)


RULES: Mapping[str, tuple[Rule, ...]] = {
    "add": (lambda g, _z, _x, _y: g, lambda g, _z, _x, _y: g),
    "sub": (lambda g, _z, _x, _y: g, lambda g, _z, _x, _y: -g),
    "mul": (lambda g, _z, _x, y: g * y, lambda g, _z, x, _y: g * x),
    "div": (lambda g, _z, _x, y: g / y, lambda g, z, _x, y: g * (-z / y)),
    "pow": (_base, lambda g, z, x, _y: g * (z * x.to("log"))),
    "neg": (lambda g, _z, _x: -g,),
    "exp": (lambda g, z, _x: g * z,),
    "log": (lambda g, _z, x: g / x,),
    "sqrt": (lambda g, z, _x: g / (2.0 * z),),
    "sin": (lambda g, _z, x: g * x.to("cos"),),
    "cos": (lambda g, _z, x: g * -x.to("sin"),),
    "tan": (lambda g, z, _x: g * (1.0 + z * z),),
    "abs": (lambda g, _z, x: g * x.to("sign"),),
    "sign": (_nothing,),
    "step": (_nothing,),
    "tanh": (lambda g, z, _x: g * (1.0 - z * z),),
    "sigmoid": (lambda g, z, _x: g * (z * (1.0 - z)),),
    "relu": (lambda g, _z, x: g * x.to("step"),),
    "leaky_relu": (_leaky,),
    "elu": (_elu,),
    "softplus": (lambda g, _z, x: g * x.to("sigmoid"),),
    "gelu": (lambda g, _z, x: g * (x.to("normal") + x * _density(x)),),
    "silu": (_silu,),
    "normal": (lambda g, _z, x: g * _density(x),),
    "maximum": (lambda g, _z, x, y: g * _greater(x, y), lambda g, _z, x, y: g * _greater(y, x)),
    "minimum": (lambda g, _z, x, y: g * _greater(y, x), lambda g, _z, x, y: g * _greater(x, y)),
    "clip": (_clip,),
    "where": (_nothing, _where, _where_not),
    "dropout": (lambda g, _z, _x, mask, p: g * (mask / (1.0 - p)),
                lambda g, _z, x, _mask, p: g * (x / (1.0 - p))),
    "copy": (lambda g, _z, _x: g,),
}  # fmt: skip
