"""Which sentences the code says, and where: what the catalogues of problems must hold.

`python tools/sentences.py` prints the templates that lack a code and the codes that nothing says.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.catalogues import DEFAULT
from app.catalogues.problems import templates

ROOT = Path(__file__).parents[1]
# What takes templates: all text that stands in such a call is one.
SAYING = {"say", "unfilled", "ArrayWords"}
# What takes a finished sentence, and as which argument.
RAISING = {"SyntaxProblem": 0, "NameProblem": 0, "ShapeError": 0, "ValueProblem": 0,
           "MissingValues": 0, "LimitError": 0, "CellProblem": 0, "StoreProblem": 0,
           "StoreFull": 0, "Fault": 0, "Unset": 0, "Refused": 1, "problem": 1,
           "over_limit": 3}  # fmt: skip


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield each call of the engine and the server: where it stands, and what is called."""
    for folder in ("app", "engine"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", called(node), node


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    func = call.func
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def said() -> Iterator[tuple[str, str]]:
    """Yield every template of the code and where it stands."""
    for place, name, call in calls():
        if name in SAYING and call.args:
            wanted = call.args if name == "ArrayWords" else call.args[:1]
            for one in wanted:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value, place
                else:
                    yield "", place


def plain() -> Iterator[str]:
    """Yield the places where a text that is no sentence is raised."""
    for place, name, call in calls():
        if name in RAISING and len(call.args) > RAISING[name]:
            given = call.args[RAISING[name]]
            if isinstance(given, ast.JoinedStr | ast.BinOp | ast.Constant):
                yield place


if __name__ == "__main__":
    known, found = templates(DEFAULT), {template for template, _ in said()}
    for template in sorted(found - set(known.values())):
        print("without a code:", template)  # noqa: T201
    for code, template in known.items():
        if template not in found:
            print("said nowhere:", code)  # noqa: T201
