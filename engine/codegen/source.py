"""The only place where text is run as Python: text that this package generated from its tables."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from ..syntax import module


def build(source: str, names: dict[str, Any], function: str) -> Callable[..., Any]:
    """Run a generated definition in `names` and return the function that it defines.

    There is no faster way in Python to replay a graph than a function without a loop. The source
    comes from templates with positional names and `repr` of floats; no user's text is in it.
    """
    exec(source, names)
    built: Callable[..., Any] = names[function]
    return built


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
