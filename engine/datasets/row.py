"""One row of the table of data sets: what it is, where it is from, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..ops import Array
from ..ops.row import Doc
from ..options import Option
from ..seeds import LARGEST

Settings = Mapping[str, Any]
Draw = Callable[[np.random.Generator, Settings], tuple[Array, NDArray[Any]]]


class Source(NamedTuple):
    """Where a data set is from, and under which licence its numbers stand."""

    text: str
    licence: str


OWN = "MIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set; `draw` returns x [N, d] and, for classes, their numbers [N], else y [N, k]."""

    name: str
    title: Doc
    doc: Doc
    features: tuple[str, ...]
    classes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    settings: tuple[Option, ...] = ()
    source: Source
    draw: Draw

    @property
    def kind(self) -> str:
        """Whether a class is to be told, or a number."""
        return "classification" if self.classes else "regression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Rows of x [N, d] and y [N, k], read-only.

    With two classes y is one column of 0 and 1, with more it is one-hot; `classes` is None where y
    is numbers.
    """

    x: Array
    y: Array
    features: tuple[str, ...]
    targets: tuple[str, ...]
    classes: tuple[str, ...] | None


SEED = Option("seed", 0, Doc("Random seed.", "Semente."), 0, LARGEST)


def samples(default: int, least: int = 2) -> Option:
    """Return the setting for the number of rows."""
    return Option("samples", default, Doc("Number of rows.", "Número de linhas."), least, 5_000)


def noise(default: float, most: float = 1.0) -> Option:
    """Return the setting for the noise, a standard deviation in the data's units."""
    doc = Doc("Standard deviation of the noise.", "Desvio padrão do ruído.")
    return Option("noise", default, doc, 0, most)


def one_hot(classes: NDArray[Any], count: int) -> Array:
    """Return class numbers [N] as y: one column for two classes, else one per class."""
    if count == 2:
        return classes.astype(np.float64)[:, None]
    rows: Array = np.eye(count)[classes]
    return rows


def dealt(n: int, count: int) -> NDArray[np.intp]:
    """Return class numbers 0, 1, …, 0, 1, … for n rows, so that each batch holds every class."""
    return np.arange(n) % count


def interleaved(rng: np.random.Generator, classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return an order of rows, [n]: each class in turn, its own rows shuffled, while it has any."""
    turns = np.empty(len(classes), np.intp)
    for one in np.unique(classes):
        own = np.flatnonzero(classes == one)
        turns[own] = rng.permutation(len(own))
    return np.lexsort((classes, turns))
