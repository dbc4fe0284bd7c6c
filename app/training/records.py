"""What is kept of every iteration: its loss, and how training fares."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from app.training.model import Model
from engine.network_notices import SCORES
from engine.ops import Array

NAN = math.nan


class Record(NamedTuple):
    """One iteration, counted from 1; NaN where a measure does not apply or was not taken.

    `norms` are the gradient's length per layer, `dead` the share of units that answer 0 to every
    row, `saturated` that of units without slope to speak of, in the order of `Loop.layers`,
    `Loop.units` and `Loop.saturable`. `held_out` is the loss, `tested` the
    accuracy on the rows held out. `digest` tells the state after the update.
    """

    iteration: int
    loss: float
    learning_rate: float
    accuracy: float
    held_out: float
    tested: float
    norms: tuple[float, ...]
    dead: tuple[float, ...]
    saturated: tuple[float, ...]
    digest: bytes


def judge(model: Model) -> str | None:
    """Return how a prediction is told right: by its largest column, its sign, its half, or not."""
    if model.prediction is None:
        return None
    y = model.rows.y
    if not np.isin(y, (0.0, 1.0)).all():
        return None
    wide = np.ndim(y) == 2 and y.shape[1] > 1
    if wide:
        return "largest" if (y.sum(axis=1) == 1).all() else None
    return "sign" if SCORES.get(model.loss or "") == "sigmoid" else "half"


def accuracy(way: str | None, prediction: Array, y: Array) -> float:
    """Return the share of rows that are told right, NaN where nothing can be."""
    if way is None or np.shape(prediction) != np.shape(y):
        return NAN
    if way == "largest":
        right = np.argmax(prediction, axis=1) == np.argmax(y, axis=1)
    else:
        right = (prediction > (0.5 if way == "half" else 0.0)) == (y > 0.5)
    return float(np.mean(right))
