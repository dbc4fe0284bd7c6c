"""Operations on numbers as Python expressions: the table that programs of scalars are made from.

In templates {x} {y} are the arguments, {z} the result, {e} what `let` computed, {name} a parameter.
A local is ∂z/∂arg, or "1" and "-1". NaN passes as in the recorder: a comparison with NaN is false.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

_SIGMOID = "1.0 / (1.0 + exp(-{x})) if {x} > -709.0 else exp({x})"
_SOFTPLUS = "({x} if {x} > 0.0 else 0.0) + log1p(exp(-abs({x})))"
_NONE = "(0.0 if {x} == {x} else nan)"
_MORE = "(1.0 if {x} > {y} else 0.5 if {x} == {y} else 0.0 if {x} < {y} else nan)"
_LESS = "(1.0 if {x} < {y} else 0.5 if {x} == {y} else 0.0 if {x} > {y} else nan)"
_SLOPE = "(1.0 / {x} if {x} > tiny else 0.0 if {x} <= tiny else nan)"
_REST = "(1.0 / (1.0 - {x}) if 1.0 - {x} > tiny else 0.0 if 1.0 - {x} <= tiny else nan)"


class Expression(NamedTuple):
    """How an operation on numbers is computed and differentiated."""

    forward: str
    locals: tuple[str, ...]
    let: str = ""


EXPRESSIONS: dict[str, Expression] = {
    "add": Expression("{x} + {y}", ("1", "1")),
    "sub": Expression("{x} - {y}", ("1", "-1")),
    "mul": Expression("{x} * {y}", ("{y}", "{x}")),
    "div": Expression("{x} / {y}", ("(1.0 / {y})", "(-{z} / {y})")),
    "pow": Expression("pow({x}, {y})", ("({y} * pow({x}, {y} - 1.0) if {y} != 0.0 else 0.0)",
                      "(0.0 if {x} == 0.0 and {y} >= 0.0 else {z} * log({x}))")),
    "neg": Expression("-{x}", ("-1",)),
    "exp": Expression("exp({x})", ("{z}",)),
    "log": Expression("log({x})", ("(1.0 / {x} if {x} >= 0.0 else nan)",)),
    "sqrt": Expression("sqrt({x})", ("(1.0 / (2.0 * {z}))",)),
    "sin": Expression("sin({x})", ("cos({x})",)),
    "cos": Expression("cos({x})", ("-sin({x})",)),
    "tan": Expression("tan({x})", ("(1.0 + {z} * {z})",)),
    "abs": Expression("abs({x})",
                      ("(1.0 if {x} > 0.0 else -1.0 if {x} < 0.0 else 0.0 * {x})",)),
    "sign": Expression("1.0 if {x} > 0.0 else -1.0 if {x} < 0.0 else 0.0 * {x}", (_NONE,)),
    "step": Expression("1.0 if {x} > 0.0 else 0.0 if {x} <= 0.0 else nan", (_NONE,)),
    "tanh": Expression("tanh({x})", ("(1.0 - {z} * {z})",)),
    "sigmoid": Expression(_SIGMOID, ("({z} * (1.0 - {z}))",)),
    "relu": Expression("0.0 if {x} <= 0.0 else {x}",
                       ("(1.0 if {x} > 0.0 else 0.0 if {x} <= 0.0 else nan)",)),
    "leaky_relu": Expression("{x} if {x} > 0.0 else {slope} * {x}",
                             ("(1.0 if {x} > 0.0 else {slope} if {x} <= 0.0 else nan)",)),
    "elu": Expression("{x} if {x} > 0.0 else {alpha} * expm1({x})",
                      ("(1.0 if {x} > 0.0 else {z} + {alpha})",)),
    "softplus": Expression(_SOFTPLUS, (f"({_SIGMOID})",)),
    "silu": Expression("{x} * {e}", ("({e} * (1.0 + {x} * (1.0 - {e})))",), _SIGMOID),
    "maximum": Expression("{x} if {x} >= {y} else {y} if {y} > {x} else nan", (_MORE, _LESS)),
    "minimum": Expression("{x} if {x} <= {y} else {y} if {y} < {x} else nan", (_LESS, _MORE)),
    "sum": Expression("{x}", ("1",)),
    "mean": Expression("{x}", ("1",)),
    "transpose": Expression("{x}", ("1",)),
    "mse": Expression("{e} * {e}", ("(2.0 * {e})", "(-2.0 * {e})"), "{x} - {y}"),
    "half_mse": Expression("0.5 * ({e} * {e})", ("{e}", "-{e}"), "{x} - {y}"),
    "bce": Expression(
        "-({y} * max(log({x}), -100.0) + (1.0 - {y}) * max(log(1.0 - {x}), -100.0))",
        (f"((1.0 - {{y}}) * {_REST} - {{y}} * {_SLOPE})",
         "(max(log(1.0 - {x}), -100.0) - max(log({x}), -100.0))")),
    "bce_with_logits": Expression(f"({_SOFTPLUS}) - {{x}} * {{y}}",
                                  (f"(({_SIGMOID}) - {{y}})", "-{x}")),
}  # fmt: skip
SQUARE = Expression("{x} * {x}", ("(2.0 * {x})", EXPRESSIONS["pow"].locals[1]))


def expression(op: str, exponent: float | None) -> Expression | None:
    """Return the row of an operation, or None; `exponent` is the literal of a power."""
    return SQUARE if op == "pow" and exponent == 2.0 else EXPRESSIONS.get(op)


def clamp_edge(bound: float) -> float:
    """Return the largest number whose logarithm is not above a bound."""
    edge = math.exp(bound)
    while np.log(edge) <= bound:
        edge = math.nextafter(edge, 1.0)
    while np.log(edge) > bound:
        edge = math.nextafter(edge, 0.0)
    return edge


TINY = clamp_edge(-100.0)
# Exceptions of Python where IEEE arithmetic goes on with an infinity or NaN.
ERRORS = (OverflowError, ZeroDivisionError, ValueError)
_FAST = ("exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "expm1", "log1p", "pow")
_UFUNCS = {"pow": np.power, "div": np.divide, "max": np.maximum}


def _propagating(x: float, y: float) -> float:
    """The larger of two, NaN if either is."""
    return x if x >= y else y if y > x else math.nan


FAST: Mapping[str, Any] = {name: getattr(math, name) for name in _FAST} | {
    "nan": math.nan, "inf": math.inf, "tiny": TINY, "max": _propagating, "errors": ERRORS,
}  # fmt: skip


def _careful(ufunc: Callable[..., Any]) -> Callable[..., float]:
    def call(*args: float) -> float:
        with np.errstate(all="ignore"):
            return float(ufunc(*args))

    return call


CAREFUL: Mapping[str, Any] = dict(FAST) | {
    name: _careful(_UFUNCS.get(name) or getattr(np, name)) for name in (*_FAST, *_UFUNCS)
}


def number(value: float) -> str:
    """Write a float so that Python reads the same float."""
    text = repr(float(value))
    return f"({text})" if text[0] == "-" else text
