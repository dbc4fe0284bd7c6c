"""Programs as code: what is written runs, and gives the engine's numbers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from app.export.figure import NoFigure, Subject
from app.export.listed import listed
from app.lessons import lessons
from app.listings import FORMATS, jax_functions, listing
from app.listings.subject import subject
from app.training.exports import numpy_functions, torch_functions
from engine.conventions import CONVENTIONS
from tests.app.client import Client, problem
from tests.app.training.exported import python_with
from tests.engine.cases import load
from tests.engine.programs import programs

FUNCTIONS = {
    "numpy": numpy_functions.FUNCTIONS, "pytorch": torch_functions.FUNCTIONS,
    "jax": jax_functions.FUNCTIONS,
}  # fmt: skip
Case = tuple[str, dict[str, Any], list[str]]
# What other names a graph may have than a script's, and what is no gradient.
ODD: list[Case] = [
    ("np = lambda_1 * d_f; f = np + torch * program", {"lambda_1": 2, "d_f": 3, "torch": 1, "program": 4}, []),  # noqa: E501
    ("f = x * y", {"x": 2, "y": 3}, ["y"]), ("x + [1, 2]", {"x": [1, 2]}, []),
    ("f = [[2]] * x", {"x": 3}, []), ("f = 2", {}, []), ("y = x", {"x": 2}, []),
    ("a = x * 2; f = step(y) * 3", {"x": 1, "y": 2}, []), ("f = sum(x * 1e400)", {"x": [1, 2]}, []),
]  # fmt: skip
CASES: list[Case] = [
    *((c["program"], c["values"], c.get("constants", [])) for c in load("conformance.json")["programs"]),  # noqa: E501
    *((g["program"], g.get("values", {}), g.get("constants", []))
      for lesson in lessons().values() for g in lesson["graphs"].values()),
    *((row.program, dict(row.values), []) for row in CONVENTIONS
      # Where there is no number, tools differ in what they take its derivative for.
      if row.value is not None and "nan" not in repr((row.values, row.value))),
    *ODD,
]  # fmt: skip
DRIVER = """
import json, sys
import numpy as np
found = []
for text, nodes, leaves, name in json.load(open("cases.json")):
    own, answer = {"print": lambda *_: None}, None
    try:
        exec(text, own)
        whole = lambda v: np.asarray(v.detach() if hasattr(v, "detach") else v, float).tolist()
        grads = [getattr(own[leaf], "grad", None) if name == "pytorch" else own["d_" + leaf]
                 for leaf in leaves]
        answer = [whole(own[nodes[-1]]), [None if g is None else whole(g) for g in grads]]
    except Exception as error:
        answer = repr(error)
    found.append(answer)
print(json.dumps(found))
"""


def known(case: Case) -> bool:
    try:
        engine.evaluate(engine.parse(case[0]), case[1], tuple(case[2]))
    except engine.EngineError:
        return False
    return True


CASES = [case for case in CASES if known(case)]


def close(got: Any, wanted: Any, rtol: float, what: str) -> None:
    wanted = np.asarray(wanted, float)
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = max(1e-3, float(np.max(finite, initial=0.0)))
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=rtol * scale, err_msg=what)


def check(case: Case) -> None:
    """Run a program's NumPy, and compare every named node with the engine."""
    program, values, constants = case
    run = engine.evaluate(engine.parse(program), values, tuple(constants))
    own: dict[str, Any] = {"print": lambda *_: None}
    text = listing("numpy", program, values, constants)
    with np.errstate(all="ignore"):
        exec(text, own)
    about = subject(program, values, constants)
    called = about.called(FUNCTIONS["numpy"])
    for name in about.told():
        close(own[called[name]], run.values[name], 1e-12, f"{program}: {name}")
    for name in about.slopes():
        # Where nothing comes back, nothing is written.
        got = own.get(about.writer(called).grads[name], 0.0 * np.asarray(run.values[name]))
        close(got, run.grads[name], 1e-12, f"{program}: d {name}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:60])
def test_numpy_code_gives_the_numbers_of_the_engine(case: Case) -> None:
    check(case)


@given(programs())
@settings(max_examples=60, deadline=None)
def test_numpy_code_of_any_program_does(case: Any) -> None:
    check((*case, []))


def test_nothing_derives_by_itself_in_numpy_code() -> None:
    text = listing("numpy", *CASES[0])
    assert "import numpy as np" in text
    assert "torch" not in text and "jax" not in text and "grad(" not in text


@pytest.mark.parametrize(("name", "module"), [("pytorch", "torch"), ("jax", "jax")])
def test_other_code_gives_the_numbers_of_the_engine(name: str, module: str, tmp_path: Path) -> None:
    python = python_with(module)
    if python is None:
        pytest.skip(f"{module} is not installed; `make test-exports` installs it")
    asked, wanted = [], []
    for case in CASES:
        about = subject(*case)
        run = engine.evaluate(about.graph, case[1], tuple(case[2]))
        text = listing(name, *case)
        called = about.called(FUNCTIONS[name])
        grads = about.writer(called).grads
        leaves = [called[leaf] if name == "pytorch" else grads[leaf][2:] for leaf in about.learnt]
        asked.append((text, [called[node] for node in about.told()], leaves, name))
        wanted.append((run.value, [run.grads[leaf] for leaf in about.learnt]))
    (tmp_path / "cases.json").write_text(json.dumps(asked))
    done = subprocess.run(
        [python, "-W", "ignore", "-c", DRIVER], cwd=tmp_path, capture_output=True, text=True,
        timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    wrong = []
    for case, got, (value, gradients) in zip(CASES, json.loads(done.stdout), wanted, strict=True):
        try:
            assert not isinstance(got, str), got
            close(got[0], value, 1e-11, case[0])
            for one, gradient in zip(got[1], gradients, strict=True):
                close(0.0 if one is None else one, gradient, 1e-11, case[0])
        except AssertionError as error:
            wrong.append((case[0], case[1], str(error)[:400]))
    assert not wrong, f"{len(wrong)} of {len(CASES)}: " + "\n".join(map(str, wrong[:12]))


@pytest.mark.parametrize("name", FORMATS)
def test_code_is_asked_for_by_rest(client: Client, name: str) -> None:
    body = {"program": "f = x * y", "values": {"x": 2, "y": 3}, "constants": ["y"], "format": name}
    answer = client.post("/graphs/code", body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/x-python; charset=utf-8"
    assert answer.text == listing(name, "f = x * y", {"x": 2, "y": 3}, ["y"])
    assert answer.headers["access-control-allow-origin"] == "*"


def test_what_is_no_program_is_no_code(client: Client) -> None:
    assert problem(client.post("/graphs/code", {"program": "f = x *", "format": "numpy"}), 422)
    found = problem(client.post("/graphs/code", {"program": "f = x", "format": "c"}), 422)
    assert found["pointer"] == "/format"


def test_the_command_line_writes_programs_and_scenes() -> None:
    own = Subject("/lab", {"program": "f = x * y", "values": '{"x": 2, "y": 3}', "lang": "en"})
    assert listed(own, "jax").decode() == listing("jax", "f = x * y", {"x": 2, "y": 3}, [])
    graph = lessons()["matrices"]["graphs"][lessons()["matrices"]["scenes"][1]["graph"]]
    scene = Subject("/lessons/matrices", {"scene": "1", "lang": "en"})
    wanted = listing("numpy", graph["program"], graph["values"], graph.get("constants", []))
    assert listed(scene, "numpy").decode() == wanted
    for path, state in (("/lab", {"program": "f = x *", "lang": "pt-BR"}),
                        ("/lessons/matrices", {"scene": "99", "lang": "en"})):  # fmt: skip
        with pytest.raises(NoFigure):
            listed(Subject(path, state), "numpy")
