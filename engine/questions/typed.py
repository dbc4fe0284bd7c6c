"""Numbers as a learner types them: decimal comma or point, fractions, small expressions.

A whitelist of signs is read by descent; nothing is evaluated as a program. Accepted are digits, one
comma or point per number, + − * / with their signs of print (− × · ∙ ÷), parentheses, and a power
of ten behind a number: 4.2e-5, 4,2·10⁻⁵, 4.2*10^-5.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

# Characters of an answer, and how deep its parentheses and signs may stand in each other.
LONGEST = 200
DEEPEST = 20

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "∙": "*", "⋅": "*", "÷": "/", "⁄": "/",
     "⁻": "-", "⁺": "+", **{sup: str(i) for i, sup in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}}
)  # fmt: skip
_TIMES = r"(?<!\s)\s*[·×*∙⋅]\s*10\s*"
_POWER = re.compile(rf"{_TIMES}(?:([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\^\s*([-−+]?\d{{1,3}}))")

_ALONE = re.compile(r"[+-]?\s*(?P<digits>[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE](?P<e>[+-]?\d+))?")
_TOKEN = re.compile(r"([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE]([+-]?[0-9]{1,3}))?|(\S)")


class Unreadable(Exception):
    """What was typed is no number; `reason` is empty, letters, long, deep, zero or infinite."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Typed(NamedTuple):
    """A number that was typed; `unit` is the place of its last digit, None for an expression.

    The unit of 0.042 is 0.001; of fewer than two digits it is that of the second: 0.1 for 4.
    """

    value: float
    unit: float | None


def read(text: str) -> Typed:
    """Read an answer; raise Unreadable for what is no finite number."""
    if len(text) > LONGEST:
        raise Unreadable("long")
    # A multiplication by 10 is one by a power of ten only where an exponent follows it.
    marked = _POWER.sub(lambda found: f"e{found[1] or found[2]}", text)
    plain = marked.translate(_SIGNS).strip()
    if not plain:
        raise Unreadable("empty")
    reader = _Reader(plain)
    value = reader.total(0)
    if reader.rest():
        raise Unreadable("letters")
    if not math.isfinite(value):
        raise Unreadable("infinite")
    return Typed(value, _unit(plain, value))


def _unit(plain: str, value: float) -> float | None:
    found = _ALONE.fullmatch(plain)
    if found is None:
        return None
    digits = found["digits"].replace(",", ".")
    decimals = len(digits.split(".")[1]) if "." in digits else 0
    unit = 10.0 ** (int(found["e"] or 0) - decimals)
    if value == 0:
        return unit
    return min(unit, 10.0 ** (math.floor(math.log10(abs(value))) - 1))


class _Reader:
    """Reads a text from left to right: sums of products of signed factors."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.at = 0

    def rest(self) -> bool:
        return self.at < len(self.tokens)

    def sign(self, accepted: str) -> str:
        """Take the next token if it is one of the signs."""
        token = self.tokens[self.at] if self.rest() else None
        if token is None or not token[3] or token[3] not in accepted:
            return ""
        self.at += 1
        return token[3]

    def total(self, depth: int) -> float:
        value = self.product(depth)
        while sign := self.sign("+-"):
            term = self.product(depth)
            value += term if sign == "+" else -term
        return value

    def product(self, depth: int) -> float:
        value = self.factor(depth)
        while sign := self.sign("*/"):
            factor = self.factor(depth)
            if sign == "/" and factor == 0:
                raise Unreadable("zero")
            value = value * factor if sign == "*" else value / factor
        return value

    def factor(self, depth: int) -> float:
        if depth > DEEPEST:
            raise Unreadable("deep")
        if sign := self.sign("+-"):
            value = self.factor(depth + 1)
            return -value if sign == "-" else value
        if self.sign("("):
            value = self.total(depth + 1)
            if not self.sign(")"):
                raise Unreadable("letters")
            return value
        return self.number()

    def number(self) -> float:
        token = self.tokens[self.at] if self.rest() else None
        if token is None or not token[1]:
            raise Unreadable("letters")
        self.at += 1
        return float(f"{token[1].replace(',', '.')}e{token[2] or 0}")
