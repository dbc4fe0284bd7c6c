"""The table of initializers: what parameters hold before the first update.

Definitions of torch.nn.init. A weight is inputs × units here, so fan_in is its rows and fan_out its
columns; with more axes (kernels) the fans are torch's. A parameter of fewer than two axes counts
as a bias: it has no fans, and rows without `biases` leave it 0. Each parameter draws from a stream
of its own, named after it, so a layer more or a bias less changes no other parameter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .errors import ValueProblem
from .ops import Array, Shape
from .ops.row import Doc
from .options import Option, checked
from .seeds import check_seed, stream
from .sentence import Sentence, say
from .tensor import frozen

Settings = Mapping[str, Any]
Draw = Callable[[np.random.Generator, Shape, Settings], Array]


class Fans(NamedTuple):
    """How many numbers go into one sum, and how many sums one number goes into."""

    into: int
    out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Initializer:
    """How numbers are drawn; `biases` whether that holds for biases too, which are 0 otherwise.

    `check` returns what is wrong with settings that do not go together.
    """

    name: str
    draw: Draw
    settings: tuple[Option, ...] = ()
    biases: bool = False
    check: Callable[[Settings], Sentence | None] = lambda _: None
    latex: str
    doc: Doc


def fans(shape: Shape) -> Fans:
    """Return the fans of a weight [inputs, units], or of a kernel [out, in, …] as in torch."""
    assert len(shape) >= 2, "a bias has no fans"
    if len(shape) == 2:
        return Fans(*shape)
    field = math.prod(shape[2:])
    return Fans(shape[1] * field, shape[0] * field)


# torch.nn.init.calculate_gain; leaky_relu is √(2 / (1 + a²)).
GAINS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2), "selu": 0.75}


def gain(s: Settings) -> float:
    """Return the gain of a nonlinearity."""
    if s["nonlinearity"] == "leaky_relu":
        return math.sqrt(2 / (1 + s["a"] ** 2))
    return GAINS[s["nonlinearity"]]


def _between(rng: np.random.Generator, shape: Shape, bound: float) -> Array:
    return rng.uniform(-bound, bound, shape)


def _xavier_scale(shape: Shape, s: Settings) -> float:
    """gain · √(2 / (fan_in + fan_out)); Glorot and Bengio (2010)."""
    scale: float = s["gain"] * math.sqrt(2 / sum(fans(shape)))
    return scale


def _kaiming_scale(shape: Shape, s: Settings) -> float:
    """gain / √fan; He et al. (2015)."""
    found = fans(shape)
    return gain(s) / math.sqrt(found.into if s["mode"] == "fan_in" else found.out)


def _order(s: Settings) -> Sentence | None:
    if s["low"] > s["high"]:
        return say("The setting low of uniform must not be above its setting high.")
    return None


def _number(name: str, default: float, en: str, pt: str, low: float = -100) -> Option:
    return Option(name, default, Doc(en, pt), low, 100, above=low == 0)


_GAIN = _number("gain", 1.0, "Factor on the spread.", "Fator sobre a dispersão.", 0)
_KAIMING = (
    _number("a", 0.0, "Slope of leaky_relu below 0.", "Inclinação da leaky_relu abaixo de 0."),
    Option("mode", "fan_in", Doc("Which side's size of the signal is kept.",
                                 "De que lado se conserva o tamanho do sinal."),
           choices=("fan_in", "fan_out")),
    Option("nonlinearity", "leaky_relu", Doc("The activation that follows.",
                                             "A ativação que vem depois."),
           choices=(*GAINS, "leaky_relu")),
)  # fmt: skip

ROWS = (
    Initializer(
        name="zeros", biases=True, draw=lambda _rng, shape, _s: np.zeros(shape), latex="w = 0",
        doc=Doc("All 0: the units of a layer stay equal to each other.",
                "Tudo 0: os neurônios de uma camada ficam iguais entre si."),
    ),
    Initializer(
        name="constant", biases=True, draw=lambda _rng, shape, s: np.full(shape, s["value"]),
        settings=(_number("value", 0.5, "The number.", "O número."),), latex="w = c",
        doc=Doc("One number everywhere, biases too.",
                "Um só número em toda parte, também nos vieses."),
    ),
    Initializer(
        name="uniform", biases=True, check=_order,
        draw=lambda rng, shape, s: rng.uniform(s["low"], s["high"], shape),
        settings=(_number("low", 0.0, "Lower end.", "Extremo inferior."),
                  _number("high", 1.0, "Upper end.", "Extremo superior.")),
        latex=r"w \sim U(a, b)",
        doc=Doc("Evenly from an interval, biases too.",
                "Uniforme em um intervalo, também nos vieses."),
    ),
    Initializer(
        name="normal", biases=True,
        draw=lambda rng, shape, s: rng.normal(s["mean"], s["scale"], shape),
        settings=(_number("mean", 0.0, "Mean.", "Média."),
                  _number("scale", 1.0, "Standard deviation.", "Desvio padrão.", 0)),
        latex=r"w \sim N(\mu, \sigma^{2})",
        doc=Doc("From a normal distribution, biases too.",
                "De uma distribuição normal, também nos vieses."),
    ),
    Initializer(
        name="xavier_uniform", settings=(_GAIN,),
        draw=lambda rng, shape, s: _between(rng, shape, math.sqrt(3) * _xavier_scale(shape, s)),
        latex=r"w \sim U(-a, a),\ a = g \sqrt{\frac{6}{n_{in} + n_{out}}}",
        doc=Doc("Evenly, as wide as keeps the signal's size through tanh or sigmoid; biases 0.",
                "Uniforme, com a largura que conserva o tamanho do sinal através de tanh ou "
                "sigmoide; vieses 0."),
    ),
    Initializer(
        name="xavier_normal", settings=(_GAIN,),
        draw=lambda rng, shape, s: rng.normal(0, _xavier_scale(shape, s), shape),
        latex=r"w \sim N(0, \sigma^{2}),\ \sigma = g \sqrt{\frac{2}{n_{in} + n_{out}}}",
        doc=Doc("As xavier_uniform, from a normal distribution; biases 0.",
                "Como xavier_uniform, de uma distribuição normal; vieses 0."),
    ),
    Initializer(
        name="kaiming_uniform", settings=_KAIMING,
        draw=lambda rng, shape, s: _between(rng, shape, math.sqrt(3) * _kaiming_scale(shape, s)),
        latex=r"w \sim U(-a, a),\ a = g \sqrt{\frac{3}{n}}",
        doc=Doc("Evenly, as wide as keeps the signal's size through ReLU; biases 0.",
                "Uniforme, com a largura que conserva o tamanho do sinal através da ReLU; "
                "vieses 0."),
    ),
    Initializer(
        name="kaiming_normal", settings=_KAIMING,
        draw=lambda rng, shape, s: rng.normal(0, _kaiming_scale(shape, s), shape),
        latex=r"w \sim N(0, \sigma^{2}),\ \sigma = \frac{g}{\sqrt{n}}",
        doc=Doc("As kaiming_uniform, from a normal distribution; biases 0.",
                "Como kaiming_uniform, de uma distribuição normal; vieses 0."),
    ),
)  # fmt: skip
INITIALIZERS: dict[str, Initializer] = {row.name: row for row in ROWS}
DEFAULT = "xavier_uniform"


def initializer_of(given: Any) -> tuple[Initializer, dict[str, Any]]:
    """Return the row and all settings of a name or of `{"name": …, setting: value…}`.

    Raises ValueProblem for an unknown name or setting, or a value that is not accepted.
    """
    spec = {"name": given} if isinstance(given, str) else given
    name = spec.get("name") if isinstance(spec, Mapping) else None
    row = INITIALIZERS.get(name) if isinstance(name, str) else None
    if row is None:
        raise ValueProblem(
            say(
                "There is no such initializer; accepted are {accepted}, as a name or "
                'as {{"name": …}} with its settings.',
                accepted=INITIALIZERS,
            ),
            pointer="/init/name" if isinstance(spec, Mapping) and spec is given else "/init",
        )
    rest = {key: value for key, value in spec.items() if key != "name"}
    settings = checked(row.settings, rest, row.name, "/init")
    problem = row.check(settings)
    if problem:
        raise ValueProblem(problem, pointer="/init")
    return row, settings


def initial(parameters: Mapping[str, Shape], given: Any, seed: int) -> dict[str, Array]:
    """Return the first value of every parameter, read-only; equal seeds give equal numbers."""
    row, settings = initializer_of(given)
    check_seed(seed)
    return {
        name: frozen(
            row.draw(stream(seed, name), shape, settings)
            if row.biases or len(shape) >= 2 else np.zeros(shape)
        )
        for name, shape in parameters.items()
    }  # fmt: skip
