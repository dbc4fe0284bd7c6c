"""Handwritten digits on 8 × 8 points: 1,797 pictures by 13 people, scanned in 1998.

A picture of 32 × 32 points is counted in squares of 4 × 4, so that a point holds 0 to 16.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from .row import SEED, Dataset, Settings, Source, interleaved, noise

MOST = 1_797
INK = 16


@cache
def scanned() -> tuple[Array, NDArray[np.intp]]:
    """Return the table, x [1797, 64] and digits [1797], in its own order."""
    lines = files(__package__).joinpath("digits.csv").read_text("utf-8").splitlines()
    table = np.array([line.split(",") for line in lines[1:]], np.float64)
    x, digits = table[:, :-1], table[:, -1].astype(np.intp)
    for array in (x, digits):
        array.setflags(write=False)
    return x, digits


def _digits(rng: np.random.Generator, s: Settings) -> tuple[Array, NDArray[Any]]:
    """Each digit in turn, as long as there are some, with noise, cut to 0 … 16."""
    x, digits = scanned()
    chosen = interleaved(rng, digits)[: s["samples"]]
    noisy = x[chosen] + s["noise"] * rng.standard_normal((len(chosen), x.shape[1]))
    return np.clip(noisy, 0, INK), digits[chosen]


ROWS = (
    Dataset(
        name="digits", classes=tuple("0123456789"), draw=_digits,
        features=tuple(f"row{i}col{j}" for i in range(1, 9) for j in range(1, 9)),
        title=Doc("Handwritten digits, 8 × 8", "Dígitos manuscritos, 8 × 8"),
        settings=(Option("samples", 500, Doc("Number of pictures.", "Número de imagens."),
                         10, MOST),
                  noise(0.0, 4.0), SEED),
        source=Source("E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (test "
                      "set), UCI Machine Learning Repository, 1998, doi:10.24432/C50P49.",
                      "CC BY 4.0"),
        doc=Doc("The digits 0 to 9 written by 13 people, each point's ink counted from 0 to 16.",
                "Os dígitos de 0 a 9 escritos por 13 pessoas, a tinta de cada ponto contada de 0 "
                "a 16."),
    ),
)  # fmt: skip
