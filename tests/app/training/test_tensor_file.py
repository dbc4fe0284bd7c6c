"""What is written is what the library writes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from app.training.tensor_file import dumped

ARRAYS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a number": {"a": np.float64(1.5)},
    "several types": {"b": np.arange(6.0).reshape(2, 3), "a": np.array(3), "c": np.zeros(0)},
    "small floats": {"a": np.ones((2, 2), np.float32), "d": np.arange(8, dtype=np.uint8)},
    "a type of its own": {"a": np.ones(3, np.int16), "b": np.ones(2)},
}


@pytest.mark.parametrize("arrays", ARRAYS.values(), ids=ARRAYS)
def test_bytes_are_those_of_the_library(arrays: dict[str, Any]) -> None:
    assert dumped(arrays) == save({name: np.asarray(one) for name, one in arrays.items()})


def test_an_array_that_is_a_view_is_written_in_order() -> None:
    array = np.arange(6.0).reshape(2, 3)
    assert dumped({"a": array.T}) == save({"a": array.T.copy()})
