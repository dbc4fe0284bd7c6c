"""The only place where text is run as Python: text that this package generated from its tables."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

from ..syntax import module

# Of so many characters; that of most networks of a course, which are alike, is compiled once.
SHORT = 20_000
ALIKE = 256


def build(source: str, names: dict[str, Any], function: str) -> Callable[..., Any]:
    """Run a generated definition in `names` and return the function that it defines.

    There is no faster way in Python to replay a graph than a function without a loop. The source
    comes from templates with positional names and `repr` of floats; no user's text is in it.
    """
    exec(_known(source) if len(source) <= SHORT else _compiled(source), names)
    built: Callable[..., Any] = names[function]
    return built


def _compiled(source: str) -> CodeType:
    return compile(source, "<string>", "exec")


_known = lru_cache(ALIKE)(_compiled)


class _Quotients(ast.NodeTransformer):
    """Writes every a / b as div(a, b)."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            return ast.Call(ast.Name("div", ast.Load()), [node.left, node.right], [])
        return node


def guarded(source: str) -> str:
    """Return generated source with calls of `div` for its divisions."""
    return ast.unparse(ast.fix_missing_locations(_Quotients().visit(module(source))))
