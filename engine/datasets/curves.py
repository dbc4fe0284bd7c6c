"""A number from a number: curves with noise, for regression."""

from __future__ import annotations

import math

import numpy as np

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from .row import OWN, SEED, Dataset, Settings, Source, noise, samples


def _noisy(rng: np.random.Generator, s: Settings, y: Array) -> Array:
    moved: Array = y + s["noise"] * rng.standard_normal(y.shape)
    return moved


def _sine(rng: np.random.Generator, s: Settings) -> tuple[Array, Array]:
    """Sin(π · periods · x), x drawn evenly from −1 … 1."""
    x = rng.uniform(-1, 1, (s["samples"], 1))
    return x, _noisy(rng, s, np.sin(math.pi * s["periods"] * x))


def _line(rng: np.random.Generator, s: Settings) -> tuple[Array, Array]:
    """Slope · x + intercept, x drawn evenly from −1 … 1."""
    x = rng.uniform(-1, 1, (s["samples"], 1))
    return x, _noisy(rng, s, s["slope"] * x + s["intercept"])


ROWS = (
    Dataset(
        name="sine", features=("x",), targets=("y",), draw=_sine,
        title=Doc("Sine", "Seno"),
        settings=(samples(100), noise(0.1), SEED,
                  Option("periods", 1.0, Doc("Periods from −1 to 1.", "Períodos de −1 a 1."),
                         0.5, 5)),
        source=Source("Own draw around sin(π · periods · x).", OWN),
        doc=Doc("A sine with noise: a curve to fit.", "Um seno com ruído: uma curva a ajustar."),
    ),
    Dataset(
        name="line", features=("x",), targets=("y",), draw=_line,
        title=Doc("Line", "Reta"),
        settings=(samples(50), noise(0.1), SEED,
                  Option("slope", 2.0, Doc("Slope.", "Inclinação."), -10, 10),
                  Option("intercept", 1.0, Doc("Value at 0.", "Valor em 0."), -10, 10)),
        source=Source("Own draw around slope · x + intercept.", OWN),
        doc=Doc("A line with noise: one linear neuron finds slope and intercept.",
                "Uma reta com ruído: um neurônio linear acha a inclinação e o intercepto."),
    ),
)  # fmt: skip
