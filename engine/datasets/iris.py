"""Fisher's irises: 150 flowers measured, the table that every course begins with."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from .row import SEED, Dataset, Settings, Source, interleaved, noise

_FEATURES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
_SPECIES = ("setosa", "versicolor", "virginica")


@cache
def measured() -> tuple[Array, NDArray[np.intp]]:
    """Return the table, x [150, 4] in centimetres and species [150]."""
    lines = files(__package__).joinpath("iris.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    x = np.array([[float(row[name]) for name in _FEATURES] for row in rows])
    species = np.array([_SPECIES.index(row["species"]) for row in rows])
    for array in (x, species):
        array.setflags(write=False)
    return x, species


def _iris(rng: np.random.Generator, s: Settings) -> tuple[Array, NDArray[Any]]:
    """Flowers of each species in turn, in an order drawn by the seed, with noise."""
    x, species = measured()
    chosen = interleaved(rng, species)[: s["samples"]]
    return x[chosen] + s["noise"] * rng.standard_normal((len(chosen), 4)), species[chosen]


ROWS = (
    Dataset(
        name="iris", classes=_SPECIES, features=_FEATURES, draw=_iris,
        title=Doc("Irises", "Íris"),
        settings=(Option("samples", 150, Doc("Number of flowers.", "Número de flores."), 3, 150),
                  noise(0.0), SEED),
        source=Source("R. A. Fisher, The use of multiple measurements in taxonomic problems, "
                      "Annals of Eugenics 7 (1936), table I; measured by E. Anderson.",
                      "Public domain: a table of measurements."),
        doc=Doc("Three species of iris told apart by the length and width, in centimetres, of "
                "their sepals and petals.",
                "Três espécies de íris, distinguidas pelo comprimento e pela largura, em "
                "centímetros, das sépalas e das pétalas."),
    ),
)  # fmt: skip
