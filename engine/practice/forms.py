"""The templates of exercises: programs to be filled with numbers, by structure and level.

In a form's program `±` is a plus or a minus, and ACT(s) one of the level's activations of s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..ops.row import Doc

Shape = tuple[int, ...]


class Form(NamedTuple):
    """One program; leaves are numbers unless `shapes` says otherwise.

    `data` gets no gradient, and `update` names the weights that are moved by the learning rate.
    """

    program: str
    leaves: str
    data: str = ""
    update: str = ""
    shapes: Mapping[str, Shape] = {}


class Template(NamedTuple):
    """A structure; `levels[k]` are the forms of level k + 1."""

    name: str
    title: Doc
    levels: tuple[tuple[Form, ...], ...]


_ROW, _PAIR, _COLUMN, _SQUARE = (1, 2), (2,), (2, 1), (2, 2)
_LAYER = {"x": _ROW, "W": _SQUARE}
_TWO = {"x": _ROW, "W1": _SQUARE, "W2": _COLUMN, "y": (1, 1)}
_BATCH = {"X": _SQUARE, "w": _COLUMN, "y": _COLUMN}

_CHAIN = (
    (
        Form("q = x ± y; f = q * z", "x y z"),
        Form("q = x * y; f = q ± z", "x y z"),
        Form("q = x * y; r = q ± z; f = r * w", "x y z w"),
    ),
    (
        Form("q = x ± y; f = q ** 2", "x y"),
        Form("q = x * y; r = q ± z; f = r ** 2", "x y z"),
        Form("q = x ± y; r = q * z; f = r ** 2", "x y z"),
    ),
    (
        Form("s = x * w; a = ACT(s); L = half_mse(a, y)", "x w y", "x y"),
        Form("s = x * w + b; a = ACT(s); L = half_mse(a, y)", "x w b y", "x y"),
    ),
    (
        Form("s1 = x * w1; a1 = ACT(s1); s2 = a1 * w2; L = half_mse(s2, y)", "x w1 w2 y",
             "x y", "w2 w1"),
        Form("s1 = x * w1; a1 = ACT(s1); s2 = a1 * w2; a2 = ACT(s2); L = half_mse(a2, y)",
             "x w1 w2 y", "x y", "w2 w1"),
    ),
    (
        Form("s = x * w; a = sigmoid(s); L = half_mse(a, y)", "x w y", "x y", "w"),
        Form("s1 = x * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)",
             "x w1 w2 y", "x y", "w2 w1"),
    ),
)  # fmt: skip
_FAN_OUT = (
    (
        Form("a = x * y; b = x ± z; f = a + b", "x y z"),
        Form("a = x * y; f = a ± x", "x y"),
        Form("a = x * y; b = x * z; f = a ± b", "x y z"),
    ),
    (
        Form("a = x * y; b = x ± z; f = a * b", "x y z"),
        Form("a = x ± y; b = x * z; f = a * b", "x y z"),
        Form("a = x ** 2; b = x * y; f = a ± b", "x y"),
    ),
    (
        Form("a = x * y; b = x ± z; c = x * w; d = a + b; f = d ± c", "x y z w"),
        Form("a = x ** 2; b = x * y; c = a ± b; f = c * x", "x y"),
    ),
    (
        Form("a = ACT(x); b = x * y; c = x ± z; d = a * b; f = d + c", "x y z"),
        Form("s = x * w; t = x * v; a = ACT(s); b = ACT(t); f = a * b", "x w v"),
    ),
    (
        Form("s = x * w; t = x * v; a = sigmoid(s); b = sigmoid(t); f = a * b", "x w v"),
        Form("s = x * w; a = sigmoid(s); f = a * x", "x w"),
    ),
)
_DIAMOND = (
    (
        Form("a = x ± y; b = a * z; f = a + b", "x y z"),
        Form("a = x * y; b = a ± z; f = b + a", "x y z"),
    ),
    (
        Form("a = x ± y; b = a * z; c = a * w; f = b ± c", "x y z w"),
        Form("a = x * y; b = a ± z; f = a * b", "x y z"),
    ),
    (
        Form("a = x ± y; b = a ** 2; c = a * z; f = b ± c", "x y z"),
        Form("a = x ± y; b = a * z; c = a ± w; f = b * c", "x y z w"),
    ),
    (
        Form("s = x * w; a = ACT(s); b = a * v1; c = a * v2; o = b + c; L = half_mse(o, y)",
             "x w v1 v2 y", "x y"),
        Form("a = x ± y; b = ACT(a); c = a * z; d = b * c; f = d ± a", "x y z"),
    ),
    (
        Form("s = x * w; a = sigmoid(s); b = a * v1; c = a * v2; f = b * c", "x w v1 v2", "x"),
        Form("a = x * y; b = sigmoid(a); c = a * z; f = b * c", "x y z"),
    ),
)  # fmt: skip
_NET = (
    (
        Form("p1 = x1 * w1; p2 = x2 * w2; s = p1 + p2; L = half_mse(s, y)", "x1 x2 w1 w2 y",
             "x1 x2 y"),
        Form("p1 = x1 * w1; p2 = x2 * w2; f = p1 ± p2", "x1 x2 w1 w2", "x1 x2"),
    ),
    (
        Form("p1 = x1 * w1; p2 = x2 * w2; s = p1 + p2; a = ACT(s); L = half_mse(a, y)",
             "x1 x2 w1 w2 y", "x1 x2 y"),
        Form("p = x1 * w1 + x2 * w2; s = p + b; L = half_mse(s, y)", "x1 x2 w1 w2 b y",
             "x1 x2 y"),
    ),
    (
        Form("s1 = x * w1; s2 = x * w2; a1 = ACT(s1); a2 = ACT(s2); o = a1 * v1 + a2 * v2; "
             "L = half_mse(o, y)", "x w1 w2 v1 v2 y", "x y"),
    ),
    (
        Form("s1 = x1 * w1 + x2 * w2; a1 = ACT(s1); s2 = a1 * v + b; L = half_mse(s2, y)",
             "x1 x2 w1 w2 v b y", "x1 x2 y", "v b w1 w2"),
        Form("s1 = x * w1; s2 = x * w2; a1 = ACT(s1); a2 = ACT(s2); o = a1 * v1 + a2 * v2; "
             "L = half_mse(o, y)", "x w1 w2 v1 v2 y", "x y", "v1 v2 w1 w2"),
    ),
    (
        Form("s = x1 * w1 + x2 * w2; a = sigmoid(s); L = half_mse(a, y)", "x1 x2 w1 w2 y",
             "x1 x2 y", "w1 w2"),
        Form("s1 = x * w1; s2 = x * w2; a1 = sigmoid(s1); a2 = sigmoid(s2); "
             "o = a1 * v1 + a2 * v2; L = half_mse(o, y)", "x w1 w2 v1 v2 y", "x y",
             "v1 v2 w1 w2"),
    ),
)  # fmt: skip
_MATRIX = (
    (
        Form("s = x @ W; f = sum(s)", "x W", "x", shapes=_LAYER),
        Form("s = x * w; f = sum(s)", "x w", "x", shapes={"x": _PAIR, "w": _PAIR}),
    ),
    (
        Form("s = x @ W; a = ACT(s); f = sum(a)", "x W", "x", shapes=_LAYER),
        Form("s = x @ W; t = s + b; f = sum(t ** 2)", "x W b", "x", shapes={**_LAYER, "b": _PAIR}),
    ),
    (
        Form("s1 = x @ W1; s2 = s1 @ W2; L = half_mse(s2, y)", "x W1 W2 y", "x y", shapes=_TWO),
        Form("p = X @ w; L = half_mse(p, y)", "X w y", "X y", shapes=_BATCH),
    ),
    (
        Form("s1 = x @ W1; a1 = ACT(s1); s2 = a1 @ W2; L = half_mse(s2, y)", "x W1 W2 y", "x y",
             "W2 W1", _TWO),
        Form("p = X @ w + b; L = half_mse(p, y)", "X w b y", "X y", "w b", _BATCH),
    ),
    (
        Form("s = x @ W; a = sigmoid(s); f = sum(a)", "x W", "x", "W", _LAYER),
        Form("s1 = x @ W1; a1 = sigmoid(s1); s2 = a1 @ W2; a2 = sigmoid(s2); L = half_mse(a2, y)",
             "x W1 W2 y", "x y", "W2 W1", _TWO),
    ),
)  # fmt: skip

TEMPLATES: Mapping[str, Template] = {
    row.name: row for row in (
        Template("chain", Doc("A chain", "Uma cadeia"), _CHAIN),
        Template("fan-out", Doc("One value used twice", "Um valor usado duas vezes"), _FAN_OUT),
        Template("diamond", Doc("Two paths that meet again", "Dois caminhos que se reencontram"),
                 _DIAMOND),
        Template("net", Doc("A small network", "Uma rede pequena"), _NET),
        Template("matrix", Doc("Matrices", "Matrizes"), _MATRIX),
    )
}  # fmt: skip
