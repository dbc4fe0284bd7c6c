"""Names as LaTeX and as plain text, and templates filled with them.

A placeholder is «kind:ref» with an optional flag: `!` never in parentheses, `+` only if it begins
with a minus sign; without a flag, whenever what is put in is compound or negative.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from .graph import Graph, Node
from .numbers import number
from .ops import OPS
from .ops.matrices import written_index
from .ops.row import ARGUMENTS

# Longest source text of an unnamed operation that is written out instead of being called v_k.
LONGEST_SOURCE = 24
# Most arguments of one operation that are all written out.
MOST_TERMS = 8

_GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "chi",
    "psi",
    "omega",
]
_LOWER = "αβγδεζηθικλμνξοπρστυφχψω"
_UPPER = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
          "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"}  # fmt: skip
SYMBOLS = {name: f"\\{name}" for name in _GREEK if name != "omicron"} | {
    name: f"\\{name}" for name in _UPPER.values()
}
LETTERS = dict(zip(_LOWER, _GREEK, strict=True)) | _UPPER | {"ς": "varsigma"}
ACCENTS = {"hat": "\\hat", "bar": "\\bar", "tilde": "\\tilde", "dot": "\\dot"}

PLACEHOLDER = re.compile("«([a-z]+(?::[a-z]+)?):([^«»:!+]*)([!+]?)»")
_ARGUMENT = re.compile("«([a-z]+)([!+]?)»")
_NAME = re.compile("([^0-9_]+)([0-9]*)((?:_.*)?)", re.DOTALL)


class Label(NamedTuple):
    """A node's symbol, and whether it needs parentheses as a factor."""

    latex: str
    compound: bool = False


@lru_cache(maxsize=4096)
def name_latex(name: str) -> str:
    r"""Typeset a name: alpha → \alpha, w1 and W_1 → w_{1}, y_hat → \hat{y}, longer ones upright."""
    match = _NAME.fullmatch(name)
    if match is None:
        return r"\text{" + name.replace("_", r"\_") + "}"
    stem, digits, rest = match.groups()
    parts = [part for part in rest.split("_") if part]
    symbol = _symbol(stem)
    if parts and parts[0] in ACCENTS:
        symbol = f"{ACCENTS[parts.pop(0)]}{{{symbol}}}"
    below = ",".join(([digits] if digits else []) + [_subscript(part) for part in parts])
    return f"{symbol}_{{{below}}}" if below else symbol


def _symbol(stem: str) -> str:
    if stem in SYMBOLS:
        return SYMBOLS[stem]
    if len(stem) == 1:
        return f"\\{LETTERS[stem]}" if LETTERS.get(stem, "omicron") != "omicron" else stem
    return r"\mathrm{" + "".join(map(_inside, stem)) + "}"


def _inside(char: str) -> str:
    return f"\\{LETTERS[char]} " if LETTERS.get(char, "omicron") != "omicron" else char


def _subscript(part: str) -> str:
    return part if part.isdigit() else _symbol(part)


def labels(
    graph: Graph, overrides: Mapping[str, str] | None = None, lang: str = "en"
) -> dict[str, Label]:
    """Return every node's symbol; `overrides` gives LaTeX for names.

    A literal is its number; an unnamed operation its expression while that is short, else v_k.
    """
    given = dict(overrides or {})
    found: dict[str, Label] = {}
    for node in graph.nodes:
        found[node.id] = _label(node, found, given, lang)
    return found


def _label(node: Node, found: Mapping[str, Label], given: Mapping[str, str], lang: str) -> Label:
    if node.id in given:
        return Label(given[node.id])
    if node.literal is not None and not node.named:
        if isinstance(node.literal, list):
            return Label(f"c_{{{node.id[1:]}}}")
        if node.literal == _PI:
            return Label(r"\pi")
        text = number(node.literal, None, lang).text
        return Label(text, _is_compound(text))
    if node.named or node.op is None:
        return Label(name_latex(node.id))
    if not node.source or len(node.source) > LONGEST_SOURCE:
        return Label(f"v_{{{node.id[1:]}}}")
    return Label(expression(node, found), OPS[node.op].compound)


def _is_compound(text: str) -> bool:
    """Whether a printed number needs parentheses as a factor or base."""
    return text.startswith("-") or r"\cdot" in text


_PI = 3.141592653589793


def expression(node: Node, found: Mapping[str, Label]) -> str:
    """Write an operation with the symbols of its arguments."""
    template = operation_template(node.op or "", node.args, node.id, node.params, {})
    return fill(template, lambda _kind, ref: found[ref])


def operation_template(
    op: str,
    args: tuple[str, ...],
    node: str,
    params: Mapping[str, Any],
    facts: Mapping[str, str],
    template: str | None = None,
) -> str:
    """Turn a row's «x», «y», «z» into «label:id», and its facts and parameters into their text."""
    row = OPS[op]
    refs = dict(zip(ARGUMENTS, args, strict=False)) | {"z": node}
    texts = {name: str(value) for name, value in params.items()}
    texts |= {**row.words(**params), **facts}
    if "index" in params:
        texts["index"] = written_index(params["index"])
    wanted = row.latex if template is None else template
    if "«all" in wanted or "«terms" in wanted:
        texts["all"] = _series(args, "!", ", ")
        texts["terms"] = _series(args, "+", " + ")

    def replace(match: re.Match[str]) -> str:
        name, flag = match.groups()
        if name in refs:
            return f"«label:{refs[name]}{flag}»"
        return match[0] if name == "g" else texts.get(name, "")

    return _ARGUMENT.sub(replace, wanted)


def _series(args: tuple[str, ...], flag: str, sign: str) -> str:
    """Write arguments in a row; of many, the first three and the last."""
    names = [f"«label:{arg}{'!' if i == 0 else flag}»" for i, arg in enumerate(args)]
    if len(names) > MOST_TERMS:
        dots = r"\cdots" if sign == " + " else r"\ldots"
        names = [*names[:3], dots, names[-1]]
    return sign.join(names)


def fill(template: str, look_up: Callable[[str, str], Label]) -> str:
    """Put what `look_up(kind, ref)` returns in every placeholder, in parentheses where needed."""

    def replace(match: re.Match[str]) -> str:
        kind, ref, flag = match.groups()
        return bracketed(look_up(kind, ref), flag)

    return PLACEHOLDER.sub(replace, template)


def bracketed(label: Label, flag: str) -> str:
    """Return what stands in a placeholder, in parentheses where its flag asks for them."""
    latex, compound = label
    minus = latex.startswith("-")
    wrap = minus if flag == "+" else (compound or minus) and flag != "!"
    return rf"({latex})" if wrap else latex
