"""Points in the plane with classes: what a network's decision boundary is drawn over."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from .row import OWN, SEED, Dataset, Settings, Source, dealt, noise, samples

Points = tuple[Array, NDArray[Any]]
_PLANE = ("x1", "x2")


def _scattered(rng: np.random.Generator, s: Settings, points: Array) -> Array:
    moved: Array = points + s["noise"] * rng.standard_normal(points.shape)
    return moved


def _polar(radius: Any, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _circles(rng: np.random.Generator, s: Settings) -> Points:
    """Class 0 at radius 1, class 1 at radius `factor`, at angles drawn evenly."""
    classes = dealt(s["samples"], 2)
    angle = rng.uniform(0, 2 * math.pi, len(classes))
    return _scattered(rng, s, _polar(np.where(classes == 1, s["factor"], 1.0), angle)), classes


def _moons(rng: np.random.Generator, s: Settings) -> Points:
    """(cos t, sin t) against (1 − cos t, ½ − sin t), 0 ≤ t ≤ π."""
    classes = dealt(s["samples"], 2)
    moon = _polar(1.0, rng.uniform(0, math.pi, len(classes)))
    points = np.where(classes[:, None] == 1, [1.0, 0.5] - moon, moon)
    return _scattered(rng, s, points), classes


def _spiral(rng: np.random.Generator, s: Settings) -> Points:
    """Two arms of radius t ≤ 1 at the angle 2π · turns · t, the second half a turn further."""
    classes = dealt(s["samples"], 2)
    t = np.sqrt(rng.uniform(0.01, 1.0, len(classes)))
    angle = 2 * math.pi * s["turns"] * t + math.pi * classes
    return _scattered(rng, s, _polar(t, angle)), classes


def _blobs(rng: np.random.Generator, s: Settings) -> Points:
    """Three normal clouds around the corners of a triangle on the unit circle."""
    classes = dealt(s["samples"], 3)
    corners = _polar(1.0, math.pi / 2 + 2 * math.pi * np.arange(3) / 3)
    return _scattered(rng, s, corners[classes]), classes


def _checkerboard(rng: np.random.Generator, s: Settings) -> Points:
    """Points drawn evenly from −1 … 1; the class is their square's colour, before the noise."""
    points = rng.uniform(-1, 1, (s["samples"], 2))
    squares = np.floor((points + 1) / 2 * s["squares"]).astype(np.intp)
    return _scattered(rng, s, points), squares.sum(axis=1) % 2


def _fraction(name: str, default: float, low: float, high: float, en: str, pt: str) -> Option:
    return Option(name, default, Doc(en, pt), low, high)


ROWS = (
    Dataset(
        name="circles", features=_PLANE, classes=("outer", "inner"), draw=_circles,
        title=Doc("Circles", "Círculos"),
        settings=(samples(200), noise(0.1), SEED,
                  _fraction("factor", 0.5, 0.1, 0.9, "Radius of the inner circle.",
                            "Raio do círculo interno.")),
        source=Source("Own draw of two concentric circles.", OWN),
        doc=Doc("A circle inside another; a straight line does not separate them.",
                "Um círculo dentro de outro; nenhuma reta os separa."),
    ),
    Dataset(
        name="moons", features=_PLANE, classes=("upper", "lower"), draw=_moons,
        title=Doc("Moons", "Luas"), settings=(samples(200), noise(0.1), SEED),
        source=Source("Own draw of two interleaved half circles.", OWN),
        doc=Doc("Two half moons that reach into each other.",
                "Duas meias-luas que se encaixam uma na outra."),
    ),
    Dataset(
        name="spiral", features=_PLANE, classes=("first", "second"), draw=_spiral,
        title=Doc("Spiral", "Espiral"),
        settings=(samples(200), noise(0.02), SEED,
                  _fraction("turns", 1.5, 0.25, 3.0, "Turns of each arm.",
                            "Voltas de cada braço.")),
        source=Source("After Lang and Witbrock, Learning to tell two spirals apart, Proceedings of "
                      "the 1988 Connectionist Models Summer School; own draw.", OWN),
        doc=Doc("Two spiral arms: hard for a small network.",
                "Dois braços em espiral: difícil para uma rede pequena."),
    ),
    Dataset(
        name="blobs", features=_PLANE, classes=("a", "b", "c"), draw=_blobs,
        title=Doc("Blobs", "Nuvens"), settings=(samples(150), noise(0.3), SEED),
        source=Source("Own draw of three normal distributions.", OWN),
        doc=Doc("Three clouds of points, for softmax and cross_entropy.",
                "Três nuvens de pontos, para softmax e cross_entropy."),
    ),
    Dataset(
        name="checkerboard", features=_PLANE, classes=("dark", "light"), draw=_checkerboard,
        title=Doc("Checkerboard", "Tabuleiro"),
        settings=(samples(400), noise(0.0), SEED,
                  Option("squares", 4, Doc("Squares per side.", "Casas por lado."), 2, 8)),
        source=Source("Own draw; a board of two squares per side is XOR with real inputs.", OWN),
        doc=Doc("The colours of a checkerboard: XOR, many times over.",
                "As cores de um tabuleiro: o XOR, muitas vezes."),
    ),
)  # fmt: skip
