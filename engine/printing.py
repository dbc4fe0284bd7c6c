"""Templates of the ledger, filled with names and numbers: final LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from .evaluate import Run, Step
from .formulas import Line, Template, local_rule, step_lines
from .latex import PLACEHOLDER, Label, bracketed, fill
from .numbers import Printed, matrix
from .ops import Array

WRAPPERS = (r"\fwd{", r"\loc{", r"\bwd{")
_BRACES = re.compile(r"(\\(?:fwd|loc|bwd)\{|\\[{}]|[{}])")


def print_line(
    template: str,
    run: Run,
    labels: Mapping[str, Label],
    digits: int | None = 4,
    lang: str = "en",
) -> str:
    """Take a template's colours away, and fill its placeholders."""

    def look_up(kind: str, ref: str) -> Label:
        return labels[ref] if kind == "label" else _numeral(run, kind, ref, digits, lang)

    return fill(_plain(template), look_up)


def outline(templates: Iterable[Line], labels: Mapping[str, Label], mark: str) -> str:
    """Return what `print_lines` does, with what `print_numeral` prints left out.

    In its place stands the mark, the placeholder's three parts with bars between, and a semicolon.
    """

    def replace(match: re.Match[str]) -> str:
        kind, ref, flag = match.groups()
        if kind == "label":
            return bracketed(labels[ref], flag)
        return f"{mark}{kind}|{ref}|{flag};"

    return _aligned([PLACEHOLDER.sub(replace, _plain(line.latex)) for line in templates])


def print_numeral(run: Run, kind: str, ref: str, flag: str, lang: str = "en") -> str:
    """Fill one placeholder of a number, or of the sign of equality before it."""
    return bracketed(_numeral(run, kind, ref, 4, lang), flag)


def print_step(
    run: Run,
    step: Step,
    labels: Mapping[str, Label],
    digits: int | None = 4,
    lang: str = "en",
) -> str:
    r"""Return all lines of a step, one below the other in `aligned`."""
    return print_lines(step_lines(run, step), run, labels, digits, lang)


def print_lines(
    templates: Iterable[Line],
    run: Run,
    labels: Mapping[str, Label],
    digits: int | None = 4,
    lang: str = "en",
) -> str:
    r"""Return lines one below the other in `aligned`."""
    return _aligned([print_line(line.latex, run, labels, digits, lang) for line in templates])


def _aligned(lines: Iterable[str]) -> str:
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def local_latex(
    run: Run, index: int, labels: Mapping[str, Label], template: Template | None = None
) -> str:
    """Return an edge's local derivative, or its rule, in symbols; `template` is the edge's own."""
    return print_line(local_rule(run, index, template), run, labels)


def _numeral(run: Run, kind: str, ref: str, digits: int | None, lang: str) -> Label:
    """Return a number as it is printed, or whether it is exact."""
    printed = _printed(run, kind.removeprefix("rel:"), ref, digits, lang)
    if kind.startswith("rel:"):
        return Label("=" if printed.exact else r"\approx")
    return Label(printed.text, r"\cdot" in printed.text)


def _printed(run: Run, kind: str, ref: str, digits: int | None, lang: str) -> Printed:
    value = quantity(run, kind, ref)
    return Printed("?", True) if value is None else matrix(value, digits, lang)


def quantity(run: Run, kind: str, ref: str) -> Array | None:
    """Return the number or array that a placeholder stands for; None where there is none."""
    if kind == "value":
        return run.values[ref]
    if kind == "grad":
        return run.grads[ref]
    if kind == "rate":
        return np.asarray(run.learning_rate, dtype=np.float64)
    index = int(ref)
    if kind == "before":
        return run.befores.get(index)
    if kind == "total":
        return run.totals.get(index)
    if kind in ("local", "contribution"):
        found: Array | None = getattr(run.edges[index], kind)
        return found
    assert kind in ("old", "gradient", "change", "new"), f"there is no placeholder {kind}"
    moved: Array = getattr(run.updates[index], kind)
    return moved


def _plain(latex: str) -> str:
    """Remove the colour wrappers, and the brace that closes each."""
    if not any(wrapper in latex for wrapper in WRAPPERS):
        return latex
    out: list[str] = []
    open_braces: list[bool] = []
    for token in _BRACES.split(latex):
        if token in WRAPPERS:
            open_braces.append(False)
            continue
        if token == "{":
            open_braces.append(True)
        elif token == "}" and open_braces and not open_braces.pop():
            continue
        out.append(token)
    return "".join(out)
