"""What no module of ours does, whatever it is sent: read off the syntax trees of the sources."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for part in ("app", "engine") for path in (ROOT / part).rglob("*.py"))
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in SOURCES}
RUNS = {"eval", "exec", "compile", "__import__", "globals", "setattr", "delattr"}
# The one place that runs text: what the engine's own tables generated, never a user's.
GENERATED = {"engine/codegen/source.py": ["exec", "compile"]}
UNSAFE = {
    "pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "sympy",
    "subprocess", "pty", "ctypes", "code", "codeop", "runpy", "xml", "yaml",
}  # fmt: skip
# What the command line does starts programs of fixed names, never by a request.
STARTS = {
    "app/export/chromium.py": {"subprocess"},
    "app/export/figure.py": {"subprocess"},
    "app/operating/backup.py": {"subprocess"},
}
# The C library's allocator, by functions of fixed names.
ALLOCATES = {"app/memory.py": {"ctypes"}}
# The one place that hands work to other processes, which pickle it: our own function by its name,
# and JSON that has been checked, never bytes of a user's.
HANDS_OUT = {"app/sweeps/workers.py": {"joblib"}}
SHELL = {"system", "popen", "spawnl", "spawnv", "execv", "execl", "execve"}
# NumPy's ways to read a file: they take addresses, and some unpickle.
READERS = {"load", "loadtxt", "genfromtxt", "fromfile", "fromregex", "memmap", "DataSource"}
# Where a member is named by a variable: by a table of ours, never by what was sent.
NAMED_BY_TABLES = {
    "app/lingering.py": ["name"],
    "app/memory.py": ["name"],
    "app/player/page.py": ["name"],
    "app/tangents.py": ["role"],
    "app/training/history.py": ["name", "member"],
    "app/training/layer_graph.py": ["key"],
    "app/training/pass_overlay.py": ["key", "key"],
    "app/training/patching.py": ["name"],
    "app/training/spec.py": ["name"],
    "app/verdicts.py": ["name"],
    "engine/codegen/expressions.py": ["name", "name"],
    "engine/codegen/floats.py": ["f'_{phase}_text'"],
    "engine/printing.py": ["kind", "kind"],
    "engine/questions/question.py": ["name"],
}
OPENS = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "joinpath"}
# Where requests are answered and computed: only the bundled tables are files there.
WITHOUT_FILES = ("app/routes/", "app/training/", "engine/")
READ = {"engine/datasets/digits.py", "engine/datasets/iris.py"}
LONG = 20_000
SECONDS = 1.0


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (part for part in ast.walk(tree) if isinstance(part, ast.Call))


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    func = call.func
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def modules(tree: ast.AST) -> set[str]:
    """Return the modules that are imported, and their packages."""
    found = set()
    for part in ast.walk(tree):
        if isinstance(part, ast.Import):
            found |= {alias.name for alias in part.names}
        elif isinstance(part, ast.ImportFrom) and not part.level and part.module:
            found.add(part.module)
    return found | {name.split(".")[0] for name in found if not name.startswith("importlib.")}


@pytest.mark.parametrize("name", TREES)
def test_nothing_runs_text(name: str) -> None:
    tree = TREES[name]
    assert modules(tree) & UNSAFE == (STARTS | HANDS_OUT | ALLOCATES).get(name, set())
    plain = [call.func.id for call in calls(tree) if isinstance(call.func, ast.Name)]
    assert [one for one in plain if one in RUNS] == GENERATED.get(name, [])
    assert not [call for call in calls(tree) if called(call) in SHELL]
    assert not [word for call in calls(tree) for word in call.keywords if word.arg == "shell"]
    brought = [call.args[0] for call in calls(tree) if called(call) == "import_module"]
    assert all(isinstance(one, ast.Constant) for one in brought)


@pytest.mark.parametrize("name", TREES)
def test_no_request_names_a_member(name: str) -> None:
    found = [call.args[1] for call in calls(TREES[name]) if called(call) == "getattr"]
    named = [ast.unparse(one) for one in found if not isinstance(one, ast.Constant)]
    assert sorted(named) == sorted(NAMED_BY_TABLES.get(name, []))


@pytest.mark.parametrize("name", TREES)
def test_arrays_are_never_unpickled(name: str) -> None:
    for call in calls(TREES[name]):
        func = call.func
        if isinstance(func, ast.Attribute) and ast.unparse(func.value) in {"np", "numpy", "np.lib"}:
            assert func.attr not in READERS
            words = {word.arg: ast.unparse(word.value) for word in call.keywords}
            pickled = words.get("allow_pickle", "True" if func.attr == "save" else "False")
            assert pickled == "False"


def test_files_are_read_by_known_names_alone() -> None:
    """Nothing that answers a request opens a file, but for the tables of the package."""
    within = {name: tree for name, tree in TREES.items() if name.startswith(WITHOUT_FILES)}
    found = {name for name, tree in within.items() if OPENS & set(map(called, calls(tree)))}
    assert found == READ


@pytest.mark.parametrize("name", TREES)
def test_chance_comes_from_the_system(name: str) -> None:
    """Ids come from `secrets`, numbers from a generator with a seed; nothing from a global one."""
    assert "random" not in modules(TREES[name])
    parts = [one for one in ast.walk(TREES[name]) if isinstance(one, ast.Attribute)]
    used = {one.attr for one in parts if ast.unparse(one.value) == "np.random"}
    assert used <= {"Generator", "PCG64", "default_rng", "SeedSequence", "BitGenerator"}


METHODS = {"match", "fullmatch", "search", "sub", "split", "findall", "finditer"}


def patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    """Return every pattern of the sources by the way in which it is applied, and itself."""
    found: dict[tuple[str, str], re.Pattern[str]] = {}
    for name, tree in TREES.items():
        if "/migrations/" in name:
            # Alembic alone can import these.
            continue
        module = vars(importlib.import_module(name.removesuffix(".py").replace("/", ".")))
        for call in calls(tree):
            method = called(call)
            if method in METHODS and isinstance(call.func, ast.Attribute):
                for one in applied(call, ast.unparse(call.func.value).split("[")[0], module):
                    found[method, one.pattern] = one
    return found


def applied(call: ast.Call, base: str, module: dict[str, Any]) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a call applies: held by the module, or written in the call."""
    held = module.get(base)
    for one in held.values() if isinstance(held, dict) else [held]:
        if isinstance(one, re.Pattern):
            yield one
    if base == "re" and isinstance(call.args[0], ast.Constant):
        yield re.compile(str(call.args[0].value))


PATTERNS = patterns()
PIECES = ("a", "1", " ", "\t", "_", "\\", "{", "}", "«", "»", "[", "1,", "a1", ".", "1.", ":", "^{",
          "\\hat{", "«a:", "%", "-", '"', '",', "W/", "x[1", "+", "e-1", "\n")  # fmt: skip


@pytest.mark.parametrize(("method", "pattern"), PATTERNS)
def test_no_pattern_tries_every_way(method: str, pattern: str) -> None:
    """Twenty thousand characters take a moment; with squares of that they would take seconds."""
    for piece in PIECES:
        for end in ("", "!", "\0"):
            text = piece * (LONG // len(piece)) + end
            began = time.process_time()
            apply(PATTERNS[method, pattern], method, text)
            assert time.process_time() - began < SECONDS, piece


def apply(pattern: re.Pattern[str], method: str, text: str) -> None:
    if method == "sub":
        pattern.sub("", text)
    elif method == "finditer":
        pattern.findall(text)
    else:
        getattr(pattern, method)(text)
