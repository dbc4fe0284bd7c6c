"""Who may import whom, and how large a file may be."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = sorted((ROOT / "engine").rglob("*.py"))
SOURCES = ENGINE + sorted((ROOT / "app").rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, relative ones resolved."""
    package = module(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: set[str] = set()
    for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(part, ast.Import):
            found.update(alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            base = package[: len(package) - part.level + 1] if part.level else []
            target = ".".join(base + ([part.module] if part.module else []))
            found.add(target)
            found.update(f"{target}.{alias.name}" for alias in part.names)
    return found


@pytest.mark.parametrize("path", ENGINE, ids=name)
def test_the_engine_imports_the_standard_library_and_numpy(path: Path) -> None:
    tops = {target.split(".")[0] for target in imports(path)} - {"engine", "numpy"}
    assert tops <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_engine_has_no_import_cycles() -> None:
    known = {module(path) for path in ENGINE}
    left = {module(path): imports(path) & known - {module(path)} for path in ENGINE}
    while left:
        free = {one for one, wants in left.items() if not wants & set(left)}
        assert free, f"a cycle among {sorted(left)}"
        left = {one: wants for one, wants in left.items() if one not in free}
