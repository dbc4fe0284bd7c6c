"""Signs."""

from __future__ import annotations

from .row import Row

ROWS = {
    "add": Row("{0} + {1}", ("{g}", "{g}"), "{0} + {1}", "Add({0}, {1})"),
    "sub": Row("{0} - {1}", ("{g}", "-{g}"), "{0} - {1}", "Sub({0}, {1})"),
    "mul": Row("{0} * {1}", ("{g} * {1}", "{g} * {0}"), "{0} * {1}", "Mul({0}, {1})"),
    "div": Row("{0} / {1}", ("{g} / {1}", "-{g} * {z} / {1}"), "{0} / {1}", "Div({0}, {1})"),
    "neg": Row("-{0}", ("-{g}",), "-{0}", "Neg({0})"),
    "pow": Row("{0} ** {1}", ("{g} * power_base({0}, {1})", "{g} * power_exponent({0}, {z})"),
               "{0} ** {1}", "Pow({0}, {1})", "power({0}, {1})"),
}  # fmt: skip
