"""The table of data sets, and how one is made from its name and settings."""

from __future__ import annotations

from typing import Any

from ..errors import ValueProblem
from ..options import checked
from ..seeds import stream
from ..sentence import say
from ..tensor import frozen
from . import curves, digits, gates, glyphs, iris, planar
from .row import Data, Dataset, one_hot

ROWS = (*gates.ROWS, *planar.ROWS, *curves.ROWS, *iris.ROWS, *glyphs.ROWS, *digits.ROWS)
DATASETS: dict[str, Dataset] = {row.name: row for row in ROWS}


def make(name: Any, **settings: Any) -> Data:
    """Return a data set under its settings; the same settings give the same numbers.

    Raises ValueProblem for an unknown name or setting, or a value that is not accepted.
    """
    row = DATASETS.get(name) if isinstance(name, str) else None
    if row is None:
        raise ValueProblem(
            say(
                "There is no data set {name}; accepted are {accepted}.",
                name=str(name)[:40],
                accepted=DATASETS,
            ),
            pointer="/data/name",
        )
    found = checked(row.settings, settings, row.name, "/data")
    x, y = row.draw(stream(found.get("seed", 0), row.name), found)
    return Data(
        x=frozen(x),
        y=frozen(one_hot(y, len(row.classes)) if row.classes else y),
        features=row.features,
        targets=_targets(row),
        classes=row.classes or None,
    )


def _targets(row: Dataset) -> tuple[str, ...]:
    """Name the columns of y: with two classes the one column is the second."""
    if not row.classes:
        return row.targets
    return row.classes[1:] if len(row.classes) == 2 else row.classes


__all__ = ["DATASETS", "Data", "Dataset", "make"]
