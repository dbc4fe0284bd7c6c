"""Templates of ONNX read into nodes: `Mul({0}, Sigmoid({0}))` becomes two of them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from engine.syntax import expression


class Builder:
    """Collects nodes and constants; what is computed twice in the same way is written once."""

    def __init__(self, onnx: Any, taken: frozenset[str]) -> None:
        self._onnx, self._taken = onnx, taken
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._known: dict[Any, str] = {}
        self._count = 0

    def name(self) -> str:
        """Return a name that nothing has yet."""
        while True:
            self._count += 1
            if (name := f"part{self._count}") not in self._taken:
                return name

    def constant(self, value: Any, name: str | None = None) -> str:
        """Return the name of numbers that are part of the model."""
        array = np.asarray(value)
        key = (name, array.dtype.str, array.shape, array.tobytes())
        if key not in self._known:
            self._known[key] = name or self.name()
            made = self._onnx.numpy_helper.from_array(array, self._known[key])
            self.constants.append(made)
        return self._known[key]

    def node(
        self, op: str, inputs: list[str], to: str | None, attributes: Mapping[str, Any]
    ) -> str:
        """Return the name of an operation's result; `to` asks for one."""
        while inputs and not inputs[-1]:
            inputs = inputs[:-1]
        key = (op, tuple(inputs), repr(sorted(attributes.items())))
        found = self._known.get(key)
        if found is not None:
            return found if to is None else self.node("Identity", [found], to, {})
        self._known[key] = to or self.name()
        made = self._onnx.helper.make_node(op, inputs, [self._known[key]], **attributes)
        self.nodes.append(made)
        return self._known[key]

    def read(self, template: str, inputs: list[str], to: str | None = None) -> str:
        """Return the name of a filled template's result, whose arguments are called a0, a1, …"""
        names = {f"a{i}": name for i, name in enumerate(inputs)}
        return self._part(_parsed(template), names, to)

    def _part(self, part: ast.expr, names: dict[str, str], to: str | None = None) -> str:
        if isinstance(part, ast.Name):
            return names[part.id]
        if isinstance(part, ast.Call):
            assert isinstance(part.func, ast.Name), "an operation has a plain name"
            inputs = [self._part(arg, names) for arg in part.args]
            settings = {str(one.arg): _attribute(one.value) for one in part.keywords}
            return self.node(part.func.id, inputs, to, settings)
        value = ast.literal_eval(part)
        return "" if value is None else self.constant(value)


@lru_cache(maxsize=256)
def _parsed(template: str) -> ast.expr:
    return expression(template)


def _attribute(part: ast.expr) -> Any:
    value = ast.literal_eval(part)
    return int(value) if isinstance(value, bool) else value
