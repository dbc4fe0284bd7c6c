r"""Symbols of single elements: W^{(1)} at (0, 2) is w^{(1)}_{1,3}, counted from 1 as on the board.

What stands below a symbol makes room for the index: W_{1} becomes w^{(1)}_{1,3}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .latex import Label

Place = tuple[int, ...]

_BASE = r"\\[A-Za-z]+(?:\{(?:[^{}]|\{[^{}]*\})*\})*|[A-Za-z]"
_PART = r"\{(?:[^{}]|\{[^{}]*\})*\}|[^\\{}^_ ]"
_SYMBOL = re.compile(
    rf"({_BASE})(?:_({_PART}))?(?:\^({_PART}))?|({_BASE})\^({_PART})_({_PART})"
)  # fmt: skip


def element_labels(
    labels: Mapping[str, Label], origins: Mapping[str, tuple[str, Place]]
) -> dict[str, str]:
    """Return LaTeX for every element; `labels` are those of the nodes that were taken apart.

    One capital letter becomes small, unless that would be another node's symbol.
    """
    taken = {label.latex for label in labels.values()}
    return {
        name: _element(labels[node], place, taken)
        for name, (node, place) in origins.items()
        if place
    }


def _element(label: Label, place: Place, taken: set[str]) -> str:
    index = ",".join(str(i + 1) for i in place)
    match = _SYMBOL.fullmatch(label.latex)
    if match is None:
        inner = f"({label.latex})" if label.compound else label.latex
        return f"{{{inner}}}_{{{index}}}"
    base, below, above = match[1] or match[4], match[2] or match[6], match[3] or match[5]
    if (
        len(base) == 1
        and base.isupper()
        and label.latex.replace(base, base.lower(), 1) not in taken
    ):
        base = base.lower()
    if below is not None and above is None:
        above, below = f"{{({_inside(below)})}}", None
    index = index if below is None else f"{_inside(below)};{index}"
    return f"{base}{'' if above is None else '^' + above}_{{{index}}}"


def _inside(part: str) -> str:
    return part[1:-1] if part.startswith("{") else part
