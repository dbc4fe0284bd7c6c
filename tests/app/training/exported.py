"""Networks that are exported, and the scripts of them run in a Python of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.training.session import Session
from engine import OPTIMIZERS
from engine.network import ACTIVATIONS, LOSSES
from tests.app.training.networks import LINE, XOR, begun

# This Python, and another one for what it has not: the one that `make test-exports` makes.
OTHER = Path(__file__).parents[3] / ".venv-torch" / "bin" / "python"
PYTHONS = (sys.executable, os.environ.get("GRADWALK_EXPORT_PYTHON", str(OTHER)))
ITERATIONS = 5
MOONS: dict[str, Any] = {"name": "moons", "samples": 11}
CLASSES: dict[str, Any] = {"name": "blobs", "samples": 12}
# What PyTorch refuses or another row covers, is left to the programs below.
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "sgd": [{}, {"momentum": 0.9, "dampening": 0.1}, {"momentum": 0.9, "nesterov": True},
            {"weight_decay": 0.1, "maximize": True}],
    "adagrad": [{"lr_decay": 0.1, "initial_accumulator_value": 0.2}],
    "rmsprop": [{}, {"centered": True, "momentum": 0.9}],
    "adam": [{}, {"amsgrad": True, "weight_decay": 0.1}],
    "adamw": [{"betas": [0.8, 0.9]}],
}  # fmt: skip
MATRIX: dict[str, Any] = {
    "trainable": ["w", "b"],
    "parameters": {"w": [[0.3, -0.2, 0.5], [0.1, 0.4, -0.6]], "b": [0.1, 0.2, -0.3]},
    "optimizer": {"name": "sgd", "learning_rate": 1e-2, "momentum": 0.9, "weight_decay": 0.1},
    "data": {"x": [[0.5, 1.5], [-0.7, 0.2], [1.1, -0.4]], "y": [[0.2], [0.8], [0.4]]},
}
PROGRAMS: dict[str, str] = {
    "arithmetic": "h = x @ w + b\np = mean((h * h - h / (h * h + 2)) ** 3, axis=1, keepdims=True)",
    "power": "p = mean((x @ w) ** 2 * 2 ** sum(b), axis=1, keepdims=True)",
    "order": "p = maximum(max(x @ w, axis=1, keepdims=True), min(b)) + minimum(max(w), mean(b))",
    "reductions": "h = x @ w\np = reshape(logsumexp(h, axis=1) + sum(h, axis=1) * mean(b), 3, 1)",
    "softmax": "p = max(softmax(x @ w + b) - log_softmax(b), axis=1, keepdims=True)",
    "kinks": "h = x @ w\nk = clip(h, -0.45, 0.45) + abs(h) + sign(h) * step(b)\n"
             "p = mean(k, axis=1, keepdims=True)",
    "vectors": "p = reshape(x @ (w @ b), 3, 1) + dot(b, w.T @ mean(x, axis=0)) + b @ b",
    "outer": "p = mean(x @ outer(w @ b, b), axis=1, keepdims=True) - mean(w.T) + sum(b @ w.T)",
    "tangent": "p = mean(tan(x @ w) + log(exp(b) + 1) + sqrt(b * b), axis=1, keepdims=True)",
    "names": "lambda_1 = x @ w\nrows = lambda_1 + b\np_ = mean(rows, axis=1, keepdims=True)",
    "index": "h = -(x @ w)[:, 0:2] * b[1]\np = h[:, 1:] - h[:, :1] + w[0, 2] + x[:, -1:]",
    "statistics": "h = concat([x @ w, reshape(b, 1, 3)], axis=0)[0:3]\n"
                  "p = std(h, axis=1, keepdims=True) + var(layer_norm(h)) + norm(w)",
    "constants": "p = mean(x @ w * [1, 2, 3] - (-2) * b, axis=1, keepdims=True)",
    "whole numbers": "p = mean(x @ w * [1, 2, 3] ** (-1) + maximum(b, 2), axis=1, keepdims=True)",
    "numbers": "c = exp(2) + mse(2, 3) + minimum(0.5, b[1]) + relu(-3) + [2, 4].T @ w[:, 0]\n"
               "p = where(b[0], x[:, :1], 2) + c",
    "idle": "far = b * 3\np = where(step(b[0]) + sign(b[1]), x[:, :1], 1) @ w[:1, :1]",
    "backwards": "h = (x[::-1, ::-1] @ w)[:, -1:-3:-1] + x[2, -1]\n"
                 "p = sum(h - concat([w[0, ::2], b[1:]])[:2], axis=1, keepdims=True)",
    "rows": "h = embedding(w, [1, 0, 1]) * dropout(b, [1, 0, 1], p=0.25)\n"
            "p = reshape(prod(h, axis=1), 3, 1) * norm(x, axis=1, keepdims=True)",
    "reserved": "slice = x @ w\ndivmod = slice * b\npart1 = mean(divmod, axis=1, keepdims=True)\n"
                "p = part1 * max(part1, keepdims=True)",
    "own loss": "h = x @ w + b\n"
                "L = mean(softplus(h) * 0.5 + (sum(h, axis=1, keepdims=True) - y) ** 2)",
    "no prediction": "far = (w - 0.5) ** 2\nL = mean(far) + sum(b * b) * mean(y)",
}  # fmt: skip
PICTURES = (
    "h = max_pool2d(tanh(conv2d(x, w, padding=1)), 2) + avg_pool2d(x, 2)\n"
    "p = mean(mean(h, axis=3), axis=2) + b"
)
KERNELS = [[[[0.1, -0.2], [0.3, 0.4]]], [[[-0.5, 0.2], [0.1, -0.3]]]]
IMAGES = [[[[float((i * 7 + j * j * 3 + k) % 5) for j in range(3)] for i in range(3)]]
          for k in range(2)]  # fmt: skip


def _layers(activation: str, last: str = "linear", units: int = 1) -> list[dict[str, Any]]:
    return [{"units": 3, "activation": activation}, {"units": units, "activation": last}]


def networks() -> dict[str, Session]:
    """Return the networks by name, some of them in the middle of their training."""
    found: dict[str, Session] = {}
    positive = {"W1": [[0.5, 0.2, 0.1], [0.3, 0.4, 0.6]], "b1": [1.0, 2.0, 3.0]}
    square = {"x": [[0.5, 1.5], [0.7, 0.2], [1.1, 0.4]], "y": [[0.2], [0.8], [0.4]]}
    for activation in ACTIVATIONS:
        found[f"activation {activation}"] = begun(
            layers=_layers(activation), data=square, parameters=positive, loss="mse",
            optimizer={"name": "sgd", "learning_rate": 1e-3},
        )  # fmt: skip
    for loss in LOSSES:
        if loss == "cross_entropy":
            found[loss] = begun(layers=_layers("tanh", units=3), data=CLASSES, loss=loss)
        else:
            last = "sigmoid" if loss == "bce" else "linear"
            found[loss] = begun(layers=_layers("tanh", last), data=MOONS, loss=loss)
    for name in OPTIMIZERS:
        for i, settings in enumerate(SETTINGS[name]):
            session = begun(optimizer={"name": name, **settings}, batch_size=3, shuffle=True)
            session.step("iteration", 3 if i % 2 else 4)
            found[f"{name} {i}"] = session
    for schedule in ("constant", "step", "cosine", "warmup"):
        session = begun(
            XOR, schedule={"name": schedule}, standardise=True, data=MOONS, held_out=0.3,
            batch_size=4, name="It's a \\ \"network\"",
        )  # fmt: skip
        session.step("iteration", 3)
        found[f"schedule {schedule}"] = session
    found["line"] = begun(LINE)
    for name, program in PROGRAMS.items():
        found[f"program {name}"] = begun(MATRIX, program=program, loss="mse")
    found["program single"] = begun(
        MATRIX, program="p = mean(x @ w * b, axis=1, keepdims=True)", loss="mse", batch_size=1,
        parameters={**MATRIX["parameters"], "b": [[0.1, 0.2, -0.3]]},
    )  # fmt: skip
    found["program pictures"] = begun(
        MATRIX, program=PICTURES, loss="mse", parameters={"w": KERNELS, "b": [0.1, -0.2]},
        data={"x": IMAGES, "y": [[0.2, 0.1], [0.8, -0.3]]},
    )  # fmt: skip
    return found


@cache
def python_with(module: str) -> str | None:
    """Return a Python that has a module."""
    for python in filter(shutil.which, PYTHONS):
        asked = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
        if asked.returncode == 0:
            return python
    return None


def ran(
    folder: Path,
    driver: str,
    files: Mapping[str, bytes],
    suffix: str,
    python: str,
    inputs: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write files into a folder, run a driver over all of them, and return what it printed."""
    for i, content in enumerate(files.values()):
        (folder / f"made{i}.{suffix}").write_bytes(content)
    (folder / "inputs.json").write_text(json.dumps(list((inputs or {}).values())))
    (folder / "driver.py").write_text(driver)
    done = subprocess.run(
        [python, "driver.py", str(len(files)), str(ITERATIONS)], cwd=folder, capture_output=True,
        text=True, check=False, env={**os.environ, "PYTHONWARNINGS": "error::RuntimeWarning"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip(files, json.loads(done.stdout), strict=True))


def written(sessions: Mapping[str, Session], write: Callable[[Session], bytes]) -> dict[str, bytes]:
    """Return the files of all networks."""
    return {name: write(session) for name, session in sessions.items()}
