"""The programs that are timed, and their numbers: the same for every contender."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

CHAIN = "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)"
CHAIN_VALUES = {"x1": 1.0, "w1": -0.5, "w2": 0.5, "y": 1.0}
PRODUCT = "q = x + y; f = q * z"
PRODUCT_VALUES = {"x": 2.0, "y": 3.0, "z": 4.0}
RATE = 0.01


@dataclass(frozen=True)
class Network:
    """A network of dense layers: sizes, the activation between them, the loss at the end."""

    sizes: tuple[int, ...]
    activation: str
    loss: str
    batch: int

    @property
    def layers(self) -> int:
        return len(self.sizes) - 1

    def parameters(self) -> list[str]:
        return [f"{letter}{k}" for k in range(1, self.layers + 1) for letter in "Wb"]

    def program(self) -> str:
        lines, name = [], "x"
        for k in range(1, self.layers + 1):
            lines.append(f"s{k} = {name} @ W{k} + b{k}")
            name = f"s{k}"
            if k < self.layers:
                lines.append(f"a{k} = {self.activation}(s{k})")
                name = f"a{k}"
        return "\n".join([*lines, f"L = {self.loss}({name}, y)"])

    def values(self, dtype: str = "float64") -> dict[str, Any]:
        rng = np.random.default_rng(0)
        found: dict[str, Any] = {"x": rng.normal(size=(self.batch, self.sizes[0]))}
        for k, (n, m) in enumerate(pairwise(self.sizes), 1):
            found[f"W{k}"] = rng.normal(size=(n, m)) / np.sqrt(n)
            found[f"b{k}"] = rng.normal(size=m) / 10
        shape = (self.batch, self.sizes[-1])
        if self.loss == "cross_entropy":
            found["y"] = np.eye(self.sizes[-1])[rng.integers(self.sizes[-1], size=self.batch)]
        else:
            found["y"] = rng.normal(size=shape)
        return {name: np.ascontiguousarray(value, dtype) for name, value in found.items()}


SMALL = Network((2, 8, 8, 1), "tanh", "mse", 32)
LARGE = Network((784, 128, 64, 10), "relu", "cross_entropy", 64)
NEURONS = (2, 16, 16, 1)


def neurons() -> tuple[str, dict[str, float], list[str]]:
    """Return a network of single neurons, tanh throughout, as a program of 982 nodes."""
    rng = np.random.default_rng(0)
    lines, values, trainable = [], {"x0": 0.3, "x1": -0.7, "y": 0.5}, []
    before = ["x0", "x1"]
    for k, (n, m) in enumerate(pairwise(NEURONS), 1):
        for j in range(m):
            weights = [f"w{k}_{i}_{j}" for i in range(n)]
            trainable += [*weights, f"b{k}_{j}"]
            values |= {w: float(rng.normal()) / n**0.5 for w in weights} | {f"b{k}_{j}": 0.1}
            products = " + ".join(f"{x}*{w}" for x, w in zip(before, weights, strict=True))
            lines.append(f"a{k}_{j} = tanh({products} + b{k}_{j})")
        before = [f"a{k}_{j}" for j in range(m)]
    return "\n".join([*lines, f"L = half_mse({before[0]}, y)"]), values, trainable
