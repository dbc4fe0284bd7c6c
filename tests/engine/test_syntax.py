"""Programs are parsed one at a time: CPython's parser counts the depth of trees for all threads."""

from __future__ import annotations

import ast
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import engine
from engine import syntax

ROOT = Path(__file__).parents[2]


def test_programs_are_parsed_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong otherwise does so once in some seconds; that nothing overlaps is certain."""
    inside, most, plain = 0, 0, ast.parse
    counting = threading.Lock()

    def parse(text: str, **more: Any) -> Any:
        nonlocal inside, most
        with counting:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        try:
            return plain(text, **more)
        finally:
            with counting:
                inside -= 1

    monkeypatch.setattr("engine.syntax.ast", SimpleNamespace(parse=parse))
    with ThreadPoolExecutor(8) as threads:
        made = threads.map(engine.parse, [f"f{k} = x * y + {k}" for k in range(16)])
        trees = threads.map(syntax.expression, [f"add(x, {k})" for k in range(16)])
        assert [graph.output for graph in made] == [f"f{k}" for k in range(16)]
        assert all(isinstance(tree, ast.Call) for tree in trees)
    assert most == 1


def test_nothing_else_calls_the_parser() -> None:
    for part in ("engine", "app"):
        for path in (ROOT / part).rglob("*.py"):
            if path.name != "syntax.py":
                called = [ast.unparse(one.func) for one in ast.walk(ast.parse(path.read_text()))
                          if isinstance(one, ast.Call)]  # fmt: skip
                assert "ast.parse" not in called, path
