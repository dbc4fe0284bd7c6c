"""Central differences, and local derivatives read back from their LaTeX."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

STEP = 6e-6


def jacobian(f: Callable[..., Any], args: tuple[Any, ...], slot: int, weight: Any) -> Any:
    """Return the gradient of sum(weight · f) by argument `slot`, by central differences."""
    out = np.zeros(np.shape(args[slot]))
    for index in np.ndindex(out.shape):
        ends = []
        h = STEP * max(1.0, abs(float(np.asarray(args[slot])[index])))
        for sign in (-1, 1):
            moved = [np.array(arg, dtype=np.float64) for arg in args]
            moved[slot][index] += sign * h
            ends.append(float(np.sum(weight * f(*moved))))
        out[index] = (ends[1] - ends[0]) / (2 * h)
    return out


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _normal(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


SCOPE: dict[str, Any] = {
    "sin": math.sin, "cos": math.cos, "tanh": math.tanh, "ln": math.log, "sigma": _sigmoid,
    "Phi": _normal, "varphi": lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
    "sign": lambda x: float(np.sign(x)), "one": float, "infty": math.inf,
}  # fmt: skip

REWRITES = (
    (r"\\operatorname\{(\w+)\}", r"\1"),
    (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\{([^{}]*)\}\^\{([^{}]*)\}", r"((\1)**(\2))"),
    (r"\\cdot|\\,", "*"),
    (r"\\le\b", "<="),
    (r"\\ne\b", "!="),
    (r"\[([^\[\]]*)\]", r"one(\1)"),
    (r"\)\s*\(", ")*("),
)


def evaluate_latex(template: str, values: Mapping[str, float]) -> float:
    """Return the value of a row's template in symbols."""
    text = re.sub("«([a-z]+)[!+]?»", lambda m: f"(V_{m[1]})", template)
    while True:
        before = text
        for pattern, replacement in REWRITES:
            text = re.sub(pattern, replacement, text)
        if text == before:
            break
    text = re.sub(r"\\(\w+)", r"\1", text)
    scope = SCOPE | {f"V_{name}": value for name, value in values.items()}
    return float(eval(text, {"__builtins__": {}}, scope))
