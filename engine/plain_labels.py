"""Symbols and short formulas as plain text, for speech and for labels that are no formulas."""

from __future__ import annotations

import re
from functools import lru_cache

from .latex import LETTERS

_SUPER = dict(zip("0123456789()+-nT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ⁿᵀ", strict=True))
_SUB = dict(zip("0123456789()+-,ijkn", "₀₁₂₃₄₅₆₇₈₉₍₎₊₋,ᵢⱼₖₙ", strict=True))
_BACK = {command: letter for letter, command in LETTERS.items()}
_MARKS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
_SIGNS = {
    "cdot": " · ", "times": " × ", "odot": " ⊙ ", "le": " ≤ ", "top": "T", "left": "", "right": "",
}  # fmt: skip

_COMMAND = re.compile(r"\\([A-Za-z]+) ?")
_WRAP = re.compile(r"\\(hat|bar|tilde|dot|text|mathrm|mathbf|operatorname)\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_BARE = re.compile(r"([\^_])([^{}\\])")
_SCRIPT = re.compile(r"([\^_])\{([^{}]*)\}")
_GROUP = re.compile(r"(?<![A-Za-z}^_])\{([^{}]*)\}")
_ONE_FACTOR = re.compile(r"[^\s/+−-]*|\([^()]*\)")


@lru_cache(maxsize=4096)
def plain_label(latex: str) -> str:
    """Write a formula as text: w^{(1)} → w⁽¹⁾, \\hat{y} → ŷ, \\frac{x}{y + 1} → x/(y + 1)."""
    text = re.sub(r"\\[,;: !]", lambda m: "" if m[0] == r"\!" else " ", latex)
    text = text.replace(r"\|", "‖")
    text = _COMMAND.sub(lambda m: _BACK.get(m[1], _SIGNS.get(m[1], m[0])), text)
    text = _BARE.sub(r"\1{\2}", text)
    before = ""
    while text != before:
        before = text
        text = _WRAP.sub(lambda m: m[2] + _MARKS.get(m[1], ""), text)
        text = _SCRIPT.sub(_script, text)
        text = _ROOT.sub(lambda m: f"√{_factor(m[1])}", text)
        text = _FRACTION.sub(lambda m: f"{_factor(m[1])}/{_factor(m[2])}", text)
        text = _GROUP.sub(r"\1", text)
    return re.sub(" +", " ", re.sub(r"[{}\\]", "", text)).strip()


def _script(match: re.Match[str]) -> str:
    sign, inside = match.groups()
    table = _SUPER if sign == "^" else _SUB
    if all(char in table for char in inside):
        return "".join(table[char] for char in inside)
    if inside.startswith("["):
        return inside
    return f"{sign}{_factor(inside)}"


def _factor(text: str) -> str:
    """Put parentheses around what is no single factor."""
    return text if _ONE_FACTOR.fullmatch(text) else f"({text})"
