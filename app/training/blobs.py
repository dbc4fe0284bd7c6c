"""Parameters, optimizer slots and the count of updates as bytes: safetensors, never pickle.

Names are those of `Plan.state`: `W1`, `W1.exp_avg`, and `optimizer.step`.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeAlias

import numpy as np
from safetensors.numpy import load

from app.training.tensor_file import dumped
from engine.plan import STEPS

Arrays: TypeAlias = dict[str, Any]
DIGEST_BYTES = 8


def write(arrays: Mapping[str, Any]) -> bytes:
    """Return arrays as safetensors; equal arrays give equal bytes."""
    return dumped(arrays)


def read(blob: bytes) -> Arrays:
    """Return the arrays that `write` wrote, by name; the library itself returns them unordered."""
    return dict(sorted(load(blob).items()))


def digest(arrays: Mapping[str, Any]) -> bytes:
    """Return 8 bytes that tell two states apart, to the last bit."""
    found = sha256()
    for name in sorted(arrays):
        found.update(name.encode())
        found.update(np.asarray(arrays[name]).tobytes())
    return found.digest()[:DIGEST_BYTES]


def blob_digest(blob: bytes) -> bytes:
    """Return the digest of a state that was written."""
    return digest(read(blob))


def parameters(arrays: Mapping[str, Any]) -> Arrays:
    """Return a state without the optimizer's part."""
    return {name: value for name, value in arrays.items() if "." not in name}


def fresh(values: Mapping[str, Any]) -> Arrays:
    """Return the state of parameters that were never updated."""
    return {**values, STEPS: np.array(0)}
