"""The only place where arrays become bytes.

Non-finite numbers are the strings "NaN", "Infinity" and "-Infinity"; a tensor of more than 1,000
elements is a summary. FastAPI's own encoding is many times slower and answers NaN with a 500.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import WithJsonSchema
from starlette.responses import Response

from app.limits import DOOR

Array: TypeAlias = "NDArray[np.float64]"

Numbers = Annotated[
    Any,
    WithJsonSchema(
        {
            "title": "Numbers",
            "description": "A number for shape [], else nested lists of numbers. In answers the "
            'strings "NaN", "Infinity" and "-Infinity" stand for what is not finite.',
            "anyOf": [{"type": "number"}, {"type": "string"}, {"type": "array", "items": {}}],
        }
    ),
]


class JsonResponse(Response):
    """A response whose content is encoded by orjson; arrays must have become lists before."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def numbers(value: Any) -> Any:
    """Return an array, a number or nested lists of them in the wire's form; None stays None."""
    if value is None:
        return None
    if type(value) is np.float64:
        return float(value) if math.isfinite(value) else _with_words(float(value))
    array = np.asarray(value, dtype=np.float64)
    if array.size > DOOR.elements_on_the_wire:
        return None
    plain = array.tolist()
    return plain if np.isfinite(array).all() else _with_words(plain)


def is_large(value: Any) -> bool:
    """Whether a tensor is too large to be written out."""
    return type(value) is not np.float64 and np.size(value) > DOOR.elements_on_the_wire


def summary(value: Any) -> dict[str, Any] | None:
    """Return what stands for a tensor that is too large to be written out, None for others."""
    if not is_large(value):
        return None
    array = np.asarray(value, dtype=np.float64)
    with np.errstate(all="ignore"):
        facts = {
            "min": numbers(array.min()),
            "max": numbers(array.max()),
            "mean": numbers(array.mean()),
            "norm": numbers(np.linalg.norm(array)),
        }
    return {**facts, "finite": bool(np.isfinite(array).all())}


def _with_words(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_with_words(item) for item in plain]
    if math.isnan(plain):
        return "NaN"
    if math.isinf(plain):
        return "Infinity" if plain > 0 else "-Infinity"
    return plain
