"""Arrays as the bytes of a safetensors file.

The library's own `save` asks NumPy for the name of each array's type, which takes most of its time
where arrays are small.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors import TensorSpec, serialize
from safetensors.numpy import save

NAMES = {np.dtype(name): name for name in ("float64", "float32", "int64", "uint8")}


def dumped(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays, by name, as safetensors; equal arrays give equal bytes."""
    # Named until the end: the library reads their memory.
    whole = {name: _contiguous(value) for name, value in arrays.items()}
    if sys.byteorder == "big" or any(array.dtype not in NAMES for array in whole.values()):
        return save(whole)
    return bytes(serialize({name: _spec(array) for name, array in whole.items()}))


def _contiguous(value: Any) -> Any:
    return np.ascontiguousarray(value).reshape(np.shape(value))


def _spec(array: Any) -> TensorSpec:
    return TensorSpec(
        dtype=NAMES[array.dtype],
        shape=array.shape,
        data_ptr=array.__array_interface__["data"][0],
        data_len=array.nbytes,
    )
