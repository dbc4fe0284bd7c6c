"""Every format is read by the tool that it is for, and computes there what the network does."""

from __future__ import annotations

import io
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
from app.training.exports.rows import NUMPY, TORCH
from app.training.session import Session
from engine.errors import ValueProblem
from tests.app.training.exported import ITERATIONS, MATRIX, PYTHON, has, networks, ran, written
from tests.app.training.networks import begun

SESSIONS = networks()
NUMPY_DRIVER = """
import importlib, json, sys
found = []
for i in range(int(sys.argv[1])):
    made = importlib.import_module(f"made{i}")
    loss, grads = made.gradients(made.x, made.y)
    raw = made.x if not hasattr(made, "MEAN") else made.x * made.SCALE + made.MEAN
    found.append({
        "loss": float(loss), "grads": {k: v.tolist() for k, v in grads.items()},
        "predicted": made.predict(raw).tolist(), "losses": made.train(int(sys.argv[2])),
        "parameters": {k: v.tolist() for k, v in made.parameters.items()},
    })
print(json.dumps(found))
"""
TORCH_DRIVER = """
import importlib, json, sys, torch
found = []
for i in range(int(sys.argv[1])):
    made = importlib.import_module(f"made{i}")
    loss, _ = made.forward(made.x, made.y)
    loss.backward()
    trained = made.optimizer.param_groups[0]["params"]
    grads = [(torch.zeros_like(p) if p.grad is None else p.grad).tolist() for p in trained]
    raw = made.x if not hasattr(made, "MEAN") else made.x * made.SCALE + made.MEAN
    found.append({
        "loss": loss.item(), "grads": grads, "predicted": made.predict(raw).tolist(),
        "losses": made.train(int(sys.argv[2])), "parameters": [p.tolist() for p in trained],
    })
print(json.dumps(found))
"""
ONNX_DRIVER = """
import json, sys
import numpy as np, onnx, onnxruntime
found = []
inputs = json.load(open("inputs.json"))
for i, x in zip(range(int(sys.argv[1])), inputs):
    onnx.checker.check_model(onnx.load(f"made{i}.onnx"), full_check=True)
    made = onnxruntime.InferenceSession(f"made{i}.onnx", providers=["CPUExecutionProvider"])
    found.append(made.run(None, {"x": np.array(x)})[0].tolist())
print(json.dumps(found))
"""
# Only what is found in predictions of layers is written as ONNX.
IN_ONNX = {"line", "program arithmetic", "program power", "program tangent", "program names",
           "program constants"}  # fmt: skip


def close(got: Any, wanted: Any) -> None:
    got, wanted = np.array(got, dtype=float), np.array(wanted, dtype=float)
    scale = max(1e-3, float(np.max(np.abs(wanted), initial=0)))
    np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-12 * scale)


def own(session: Session) -> dict[str, Any]:
    """Return what a script is asked for, as the network itself has it."""
    rows = session.model.rows
    leaves = session.model.leaves(rows.x[rows.train], rows.y[rows.train])
    run = engine.evaluate(
        session.model.graph, {**leaves, **blobs.parameters(session.arrays)}, tuple(leaves)
    )
    raw = session.model.table.x[rows.train].tolist()
    predicted = session.predict(raw)["outputs"]
    on = Session.resume(session.spec, session.state)
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
    import sys

    files = written(SESSIONS_IN_NUMPY, numpy_script.write)
    return ran(tmp_path_factory.mktemp("numpy"), NUMPY_DRIVER, files, "py", sys.executable)


@pytest.fixture(scope="module")
def by_torch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not has("torch"):
        pytest.skip("torch is not installed; GRADWALK_EXPORT_PYTHON names a Python that has it")
    files = written(SESSIONS_IN_TORCH, torch_script.write)
    return ran(tmp_path_factory.mktemp("torch"), TORCH_DRIVER, files, "py", PYTHON)


@pytest.fixture(scope="module")
def by_onnx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    pytest.importorskip("onnx", reason="onnx is not installed")
    if not has("onnxruntime"):
        pytest.skip("onnxruntime is not installed; GRADWALK_EXPORT_PYTHON names a Python with it")
    files = written(SESSIONS_IN_ONNX, onnx_graph.write)
    inputs = {name: SESSIONS[name].model.table.x.tolist() for name in files}
    yield ran(tmp_path_factory.mktemp("onnx"), ONNX_DRIVER, files, "onnx", PYTHON, inputs)


def can(write: Any, session: Session) -> bool:
    try:
        write(session)
    except ValueProblem:
        return False
    return True


SESSIONS_IN_NUMPY = {k: s for k, s in SESSIONS.items() if can(numpy_script.write, s)}
SESSIONS_IN_TORCH = {k: s for k, s in SESSIONS.items() if can(torch_script.write, s)}
SESSIONS_IN_ONNX = {
    k: s for k, s in SESSIONS.items() if (s.model.groups or k in IN_ONNX) and "gelu" not in k
}


@pytest.mark.parametrize("name", SESSIONS_IN_NUMPY)
def test_the_numpy_script_computes_and_trains_the_same(
    name: str, wanted: dict[str, Any], by_numpy: dict[str, Any]
) -> None:
    found = by_numpy[name]
    for part in ("loss", "predicted", "losses"):
        close(found[part], wanted[name][part])
    for part in ("grads", "parameters"):
        for parameter, value in wanted[name][part].items():
            close(found[part][parameter], value)


@pytest.mark.parametrize("name", SESSIONS_IN_TORCH)
def test_the_pytorch_script_computes_and_trains_the_same(
    name: str, wanted: dict[str, Any], by_torch: dict[str, Any]
) -> None:
    found = by_torch[name]
    for part in ("loss", "predicted", "losses"):
        close(found[part], wanted[name][part])
    for part in ("grads", "parameters"):
        for got, value in zip(found[part], wanted[name][part].values(), strict=True):
            close(got, value)


@pytest.mark.parametrize("name", SESSIONS_IN_ONNX)
def test_the_onnx_model_predicts_the_same(name: str, by_onnx: dict[str, Any]) -> None:
    session = SESSIONS[name]
    close(by_onnx[name], session.predict(session.model.table.x.tolist())["outputs"])


def test_the_scripts_hold_every_network_of_layers_and_every_operation_of_the_table() -> None:
    layered = {name for name, session in SESSIONS.items() if session.model.groups}
    assert layered <= set(SESSIONS_IN_NUMPY)
    assert layered <= set(SESSIONS_IN_TORCH)
    graphs = [session.model.graph for session in SESSIONS_IN_NUMPY.values()]
    used = {node.op for graph in graphs for node in graph.nodes}
    assert not set(NUMPY) - used - {"copy"}
    graphs = [session.model.graph for session in SESSIONS_IN_TORCH.values()]
    assert not set(TORCH) - {node.op for graph in graphs for node in graph.nodes} - {"copy"}


def test_what_a_format_cannot_hold_is_named() -> None:
    session = begun(MATRIX, program="p = prod(x @ w + b, axis=1, keepdims=True)", loss="mse")
    for name in ("numpy", "pytorch"):
        with pytest.raises(ValueProblem, match="prod"):
            export(session, name)
    with pytest.raises(ValueProblem, match="safetensors"):
        export(session, "word")


@pytest.mark.parametrize("name", ["safetensors", "npz"])
def test_arrays_come_back_exactly(name: str) -> None:
    session = begun(optimizer={"name": "adam"})
    session.step("iteration", 2)
    row, content = export(session, name)
    read = load if name == "safetensors" else lambda raw: dict(np.load(io.BytesIO(raw)))
    found = read(content)
    assert set(found) == set(session.model.trainable)
    for key, value in found.items():
        assert value.tolist() == session.arrays[key].tolist()
    assert row.suffix == name


def test_one_array_is_a_file_of_numpy() -> None:
    value = np.array([[1.5, -2.0]])
    assert np.load(io.BytesIO(npy(value)), allow_pickle=False).tolist() == value.tolist()


def test_every_format_has_a_name_and_a_word_in_both_languages() -> None:
    assert list(FORMATS) == ["json", "safetensors", "npz", "pytorch", "numpy", "onnx"]
    assert all(row.doc.en and row.doc.pt for row in FORMATS.values())


def test_a_script_is_a_file_that_can_be_run(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "network.py"
    path.write_bytes(numpy_script.write(begun(name="x\" or '''")))
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[19].startswith("iteration 20: loss 0.1")
