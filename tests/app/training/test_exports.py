"""Every format is read by the tool that it is for, and computes there what the network does."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

import engine
from app.training import blobs
from app.training.exports import FORMATS, export, numpy_script, onnx_graph, torch_script
from app.training.exports.arrays import npy
from app.training.exports.operations import OPERATIONS
from app.training.session import Session
from engine.errors import ValueProblem
from engine.ops import OPS
from tests.app.training.exported import ITERATIONS, MATRIX, networks, python_with, ran, written
from tests.app.training.exported_operations import conventions, operations
from tests.app.training.networks import LINE, begun

SESSIONS = {**networks(), **operations(), **conventions()}
NUMPY_DRIVER = """
import importlib, json, sys
import numpy as np
found = []
for i in range(int(sys.argv[1])):
    made = importlib.import_module(f"made{i}")
    loss, grads = made.gradients(made.x, made.y)
    raw = made.x if not hasattr(made, "MEAN") else made.x * made.SCALE + made.MEAN
    plain = lambda arrays: {k: np.asarray(v).tolist() for k, v in arrays.items()}
    found.append({
        "loss": float(loss), "grads": plain(grads),
        "predicted": np.asarray(made.predict(raw)).tolist() if hasattr(made, "predict") else None,
        "losses": made.train(int(sys.argv[2])), "parameters": plain(made.parameters),
    })
print(json.dumps(found))
"""
TORCH_DRIVER = """
import importlib, json, sys, torch
found = []
for i in range(int(sys.argv[1])):
    made = importlib.import_module(f"made{i}")
    loss, _ = made.forward(made.x, made.y)
    if loss.requires_grad:
        loss.backward()
    trained = made.optimizer.param_groups[0]["params"]
    named = [name for p in trained for name, value in vars(made).items() if value is p]
    grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in trained]
    plain = lambda tensors: {name: p.tolist() for name, p in zip(named, tensors, strict=True)}
    raw = made.x if not hasattr(made, "MEAN") else made.x * made.SCALE + made.MEAN
    found.append({
        "loss": loss.item(), "grads": plain(grads),
        "predicted": made.predict(raw).tolist() if hasattr(made, "predict") else None,
        "losses": made.train(int(sys.argv[2])), "parameters": plain(trained),
    })
print(json.dumps(found))
"""
ONNX_DRIVER = """
import json, sys
import numpy as np, onnx, onnxruntime
found = []
inputs = json.load(open("inputs.json"))
for i, given in zip(range(int(sys.argv[1])), inputs):
    onnx.checker.check_model(onnx.load(f"made{i}.onnx"), full_check=True)
    made = onnxruntime.InferenceSession(f"made{i}.onnx", providers=["CPUExecutionProvider"])
    taken = {one.name: np.array(given[one.name]) for one in made.get_inputs()}
    found.append(made.run(None, taken)[0].tolist())
print(json.dumps(found))
"""


def close(got: Any, wanted: Any, least: float = 1e-3) -> None:
    """Compare numbers, each relative to the largest of its array or to the least that counts."""
    got, wanted = np.array(got, dtype=float), np.array(wanted, dtype=float)
    scale = max(least, float(np.max(np.abs(wanted), initial=0)))
    np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-12 * scale)


def own(session: Session) -> dict[str, Any]:
    """Return what a script is asked for, as the network itself has it."""
    rows = session.model.rows
    leaves = session.model.leaves(rows.x[rows.train], rows.y[rows.train])
    run = engine.evaluate(
        session.model.graph, {**leaves, **blobs.parameters(session.arrays)}, tuple(leaves)
    )
    raw = session.model.table.x[rows.train].tolist()
    predicted = None if session.model.prediction is None else session.predict(raw)["outputs"]
    on = session.moved(session.spec, session.state)
    losses = on.step("iteration", ITERATIONS).losses
    names = session.model.trainable
    return {
        "loss": run.value, "grads": {name: run.grads[name] for name in names},
        "predicted": predicted, "losses": losses,
        "parameters": {name: on.arrays[name] for name in names},
    }  # fmt: skip


@pytest.fixture(scope="module")
def wanted() -> dict[str, dict[str, Any]]:
    return {name: own(session) for name, session in SESSIONS.items()}


@pytest.fixture(scope="module")
def by_numpy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    files = written(SESSIONS, numpy_script.write)
    return ran(tmp_path_factory.mktemp("numpy"), NUMPY_DRIVER, files, "py", sys.executable)


@pytest.fixture(scope="module")
def by_torch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    python = python_with("torch")
    if python is None:
        pytest.skip("torch is not installed; GRADWALK_EXPORT_PYTHON names a Python that has it")
    files = written(SESSIONS, torch_script.write)
    return ran(tmp_path_factory.mktemp("torch"), TORCH_DRIVER, files, "py", python)


@pytest.fixture(scope="module")
def by_onnx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    pytest.importorskip("onnx", reason="onnx is not installed")
    python = python_with("onnxruntime")
    if python is None:
        pytest.skip("onnxruntime is not installed; GRADWALK_EXPORT_PYTHON names a Python with it")
    files = written(SESSIONS, onnx_graph.write)
    tables = {name: SESSIONS[name].model.table for name in files}
    inputs = {name: {"x": table.x.tolist(), "y": table.y.tolist()}
              for name, table in tables.items()}  # fmt: skip
    yield ran(tmp_path_factory.mktemp("onnx"), ONNX_DRIVER, files, "onnx", python, inputs)


@pytest.mark.parametrize("name", SESSIONS)
def test_the_numpy_script_computes_and_trains_the_same(
    name: str, wanted: dict[str, Any], by_numpy: dict[str, Any]
) -> None:
    same(name, by_numpy[name], wanted[name])


@pytest.mark.parametrize("name", SESSIONS)
def test_the_pytorch_script_computes_and_trains_the_same(
    name: str, wanted: dict[str, Any], by_torch: dict[str, Any]
) -> None:
    same(name, by_torch[name], wanted[name])


def same(name: str, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Compare what a script computed with what the network has, parameter by parameter."""
    for part in ("loss", "losses", "predicted"):
        if wanted[part] is not None:
            close(found[part], wanted[part], least(name))
    for part in ("grads", "parameters"):
        assert list(found[part]) == list(wanted[part])
        for parameter, value in wanted[part].items():
            close(found[part][parameter], value, least(name))


def least(name: str) -> float:
    """A convention is about plain numbers, among them zeros that a tool may round."""
    return 1.0 if name.startswith("convention") else 1e-3


@pytest.mark.parametrize("name", SESSIONS)
def test_the_onnx_model_computes_the_same(
    name: str, wanted: dict[str, Any], by_onnx: dict[str, Any]
) -> None:
    session = SESSIONS[name]
    if session.model.prediction is None:
        close(by_onnx[name], wanted[name]["loss"])
    else:
        answers = session.predict(session.model.table.x.tolist())["outputs"]
        close(by_onnx[name], answers, least(name))


def test_every_operation_of_the_engine_has_a_row() -> None:
    assert set(OPERATIONS) == set(OPS)
    for name, op in OPS.items():
        assert len(OPERATIONS[name].pulls) == (op.arity or 1)


def test_an_operation_without_a_row_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(OPERATIONS, "prod")
    session = begun(MATRIX, program="p = prod(x @ w + b, axis=1, keepdims=True)", loss="mse")
    for name in ("numpy", "pytorch", "onnx"):
        with pytest.raises(ValueProblem, match="prod"):
            export(session, name)
    with pytest.raises(ValueProblem, match="safetensors"):
        export(session, "word")


# Values that a detour over text or float32 would change, under names that are also keywords.
HARD = {
    "W": [[-0.0, 5e-324, 1e308], [0.1, 1 / 3, -2.5e-310]],
    "file": 0.1, "allow_pickle": [1.0], "λ": [[[2.0]], [[3.0]]],
}  # fmt: skip


@pytest.mark.parametrize("name", ["safetensors", "npz"])
def test_arrays_come_back_bit_for_bit(name: str) -> None:
    leaves = list(HARD)
    program = "p = x * file\nL = mse(p, y) + 0 * (sum(W) + sum(allow_pickle) + sum(λ))"
    session = begun(LINE, program=program, trainable=leaves, parameters=HARD)
    row, content = export(session, name)
    read = load if name == "safetensors" else lambda raw: dict(np.load(io.BytesIO(raw)))
    found = read(content)
    assert set(found) == set(leaves)
    for key, value in found.items():
        wanted = np.array(HARD[key], dtype=np.float64)
        assert (value.dtype, value.shape) == (np.float64, wanted.shape)
        assert value.tobytes() == wanted.tobytes()
    assert row.suffix == name
    assert export(session, name)[1] == content


@pytest.mark.parametrize("name", ["safetensors", "npz"])
def test_what_the_optimizer_keeps_is_no_parameter(name: str) -> None:
    session = begun(optimizer={"name": "adam"})
    session.step("iteration", 2)
    content = export(session, name)[1]
    found = load(content) if name == "safetensors" else dict(np.load(io.BytesIO(content)))
    assert set(found) == set(session.model.trainable)
    assert all(found[key].tobytes() == session.arrays[key].tobytes() for key in found)


def test_one_array_is_a_file_of_numpy() -> None:
    value = np.array([[1.5, -2.0]])
    assert np.load(io.BytesIO(npy(value)), allow_pickle=False).tolist() == value.tolist()


def test_every_format_has_a_name_and_a_word_in_both_languages() -> None:
    assert list(FORMATS) == ["json", "safetensors", "npz", "pytorch", "numpy", "onnx"]
    assert all(row.doc.en and row.doc.pt for row in FORMATS.values())


def test_a_script_is_a_file_that_can_be_run(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_bytes(numpy_script.write(begun(name="x\" or '''")))
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[19].startswith("iteration 20: loss 0.1")
