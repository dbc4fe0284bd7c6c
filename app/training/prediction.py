"""The answers of a network to rows of x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

import engine
from app import wire
from app.training.model import Model
from engine.array_words import FIELD, Given
from engine.errors import EngineError, ShapeError, ValueProblem
from engine.limits import DEFAULT
from engine.network_notices import SCORES
from engine.ops import OPS, Array
from engine.ops.row import written
from engine.parts import part
from engine.sentence import say
from engine.tensor import tensor


def outputs(model: Model, parameters: Mapping[str, Any], x: Array) -> Array:
    """Return the outputs for rows of x in their own units, by the present parameters."""
    if model.prediction is None:
        raise ValueProblem(
            say(
                "This program has no node that predicts: it ends with a loss of the "
                "leaf x, as in mse(p, y), where there is one."
            )
        )
    graph = part(model.graph, model.prediction)
    scaled = x if model.rows.scaling is None else model.rows.scaling.apply(x)
    given = {**model.leaves(scaled, None), **parameters}
    values = {name: given[name] for name in graph.leaves}
    return engine.evaluate(graph, values, gradients=False).value


def predicted(model: Model, parameters: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """Return the answer of `POST /networks/{id}/predict` for nested lists of x."""
    x = tensor(given, DEFAULT, "/x", Given(FIELD, "x"))
    row = np.shape(model.rows.x)[1:]
    if np.ndim(x) != len(row) + 1 or np.shape(x)[1:] != row or len(x) == 0:
        raise ShapeError(
            say(
                "The field x has the shape {shape}; a list of at least one row of the "
                "shape {row_shape} is accepted.",
                shape=written(np.shape(x)),
                row_shape=written(row),
            ),
            pointer="/x",
        )
    try:
        found = outputs(model, parameters, x)
    except EngineError as error:
        error.pointer = error.pointer or "/x"
        raise
    applied = SCORES.get(model.loss or "")
    chances = OPS[applied].forward(found, **_defaults(applied)) if applied else None
    return {
        "outputs": full(found),
        "probabilities": None if chances is None else full(chances),
        "node": model.prediction,
    }


def _defaults(op: str) -> dict[str, Any]:
    return {param.name: param.default for param in OPS[op].params}


def full(value: Any) -> Any:
    """Return all numbers, however many; the wire's words for those that are not finite."""
    array = np.asarray(value, dtype=np.float64)
    if np.isfinite(array).all():
        return array.tolist()
    if array.ndim == 0:
        return wire.numbers(array)
    return [full(one) for one in array]
