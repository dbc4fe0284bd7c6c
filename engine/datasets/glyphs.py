"""The ten digits drawn on 8 × 8 points: pictures that a network of the classroom can read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from .row import OWN, SEED, Dataset, Settings, Source, dealt, noise, samples

SIDE = 8
# Six rows of four points per digit, from top to bottom; they stand in the middle of the picture.
_DRAWN = (
    ".##. #..# #..# #..# #..# .##.",
    "..#. .##. ..#. ..#. ..#. .###",
    ".##. #..# ...# ..#. .#.. ####",
    "###. ...# .##. ...# ...# ###.",
    "..## .#.# #..# #### ...# ...#",
    "#### #... ###. ...# ...# ###.",
    ".##. #... ###. #..# #..# .##.",
    "#### ...# ..#. ..#. .#.. .#..",
    ".##. #..# .##. #..# #..# .##.",
    ".##. #..# #..# .### ...# .##.",
)


def picture(digit: int) -> Array:
    """Return a digit as drawn, [8, 8], ink 1 on paper 0."""
    found = np.zeros((SIDE, SIDE))
    ink = [[char == "#" for char in line] for line in _DRAWN[digit].split()]
    found[1:7, 2:6] = ink
    return found


def _glyphs(rng: np.random.Generator, s: Settings) -> tuple[Array, NDArray[Any]]:
    """Pictures shifted by up to `shift` points each way, with noise, cut to 0 … 1."""
    classes = dealt(s["samples"], len(_DRAWN))
    most = s["shift"]
    moves = rng.integers(-most, most + 1, (len(classes), 2))
    pictures = [picture(int(digit)) for digit in range(len(_DRAWN))]
    moved = [np.roll(pictures[digit], tuple(move), (0, 1))
             for digit, move in zip(classes, moves, strict=True)]  # fmt: skip
    x = np.reshape(moved, (len(classes), SIDE * SIDE))
    return np.clip(x + s["noise"] * rng.standard_normal(x.shape), 0, 1), classes


ROWS = (
    Dataset(
        name="glyphs", classes=tuple("0123456789"), draw=_glyphs,
        features=tuple(f"row{i}col{j}" for i in range(1, 9) for j in range(1, 9)),
        title=Doc("Digits drawn on 8 × 8", "Dígitos desenhados em 8 × 8"),
        settings=(samples(500, 10), noise(0.15, 0.5), SEED,
                  Option("shift", 1, Doc("Largest shift, in points.",
                                         "Maior deslocamento, em pontos."), 0, 1)),
        source=Source("Drawn for this program; no handwriting.", OWN),
        doc=Doc("The digits 0 to 9 as small pictures, shifted and with noise.",
                "Os dígitos de 0 a 9 como figuras pequenas, deslocadas e com ruído."),
    ),
)  # fmt: skip
