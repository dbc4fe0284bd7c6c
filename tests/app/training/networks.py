"""Networks that the tests train."""

from __future__ import annotations

from typing import Any

from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec

XOR: dict[str, Any] = {
    "inputs": 2,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "loss": "half_mse",
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "data": {"name": "xor"},
}
LINE: dict[str, Any] = {
    "program": "p = x * w + b\nL = mse(p, y)",
    "trainable": ["w", "b"],
    "parameters": {"w": 0.0, "b": 0.0},
    "optimizer": {"name": "sgd", "learning_rate": 0.1},
    "data": {"x": [0.0, 1.0, 2.0, 3.0], "y": [1.0, 3.0, 5.0, 7.0]},
}


def spec(base: dict[str, Any] = XOR, **changes: Any) -> Spec:
    """Return the spec of a request with some fields changed; None leaves a field out."""
    given = {key: value for key, value in {**base, **changes}.items() if value is not None}
    return Spec.of(NetworkRequest.model_validate(given))


def begun(base: dict[str, Any] = XOR, **changes: Any) -> Session:
    """Return such a network before its first iteration."""
    return Session.begin(spec(base, **changes))
