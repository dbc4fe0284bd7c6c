"""Terms: nodes to be, with their shapes, that rules calculate with as with numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import over_limit
from ..graph import Graph, Nested, Node
from ..limits import Limits
from ..ops import OPS, Shape
from ..sentence import say
from ..texts import argument_text, operation_text

# NumPy's functions that are operations.
UFUNCS: Mapping[Any, str] = {
    np.add: "add", np.subtract: "sub", np.multiply: "mul", np.divide: "div", np.power: "pow",
    np.negative: "neg", np.exp: "exp", np.log: "log", np.sqrt: "sqrt", np.sin: "sin",
    np.cos: "cos", np.tan: "tan", np.tanh: "tanh", np.abs: "abs", np.sign: "sign",
    np.maximum: "maximum", np.minimum: "minimum",
}  # fmt: skip


class Writer:
    """A graph that grows: the nodes it began with, and what is written after them."""

    def __init__(self, graph: Graph, shapes: Mapping[str, Shape], limits: Limits) -> None:
        self.limits = limits
        self.nodes: dict[str, Node] = {node.id: node for node in graph.nodes}
        self.shapes: dict[str, Shape] = dict(shapes)
        numbers = [int(name[1:]) for name in self.nodes if re.fullmatch("%[0-9]+", name)]
        self._unnamed = max(numbers, default=0)
        self._texts = {
            node.id: argument_text(node.id, node.named, node.op, node.literal, node.source)
            for node in graph.nodes
        }

    def term(self, name: str) -> Term:
        """Return a node as a term."""
        return Term(self, name)

    def literal(self, value: Nested, shape: Shape = ()) -> Term:
        """Write a constant."""
        return self._add(Node(self._fresh(), literal=value, named=False), shape)

    def apply(self, op: str, *args: Term | float, **params: Any) -> Term:
        """Write one operation; `name` is that of its node, if it has one."""
        terms = [arg if isinstance(arg, Term) else self.literal(float(arg)) for arg in args]
        shape = OPS[op].shape(*(term.shape for term in terms), **params)
        text = operation_text(op, [self._texts[term.id] for term in terms])
        names = tuple(term.id for term in terms)
        return self._add(
            Node(self._fresh(), op, names, params, named=False, source=text), shape
        )  # fmt: skip

    def _fresh(self) -> str:
        self._unnamed += 1
        return f"%{self._unnamed}"

    def _add(self, node: Node, shape: Shape) -> Term:
        if len(self.nodes) >= self.limits.nodes:
            raise over_limit(
                "nodes",
                self.limits.nodes,
                len(self.nodes) + 1,
                say("The number of nodes, with those of the derivative, is at least"),
            )
        self.nodes[node.id] = node
        self.shapes[node.id] = shape
        self._texts[node.id] = argument_text(
            node.id, node.named, node.op, node.literal, node.source
        )
        return Term(self, node.id)


class Term:
    """A node of a graph that is being written; arithmetic writes further nodes."""

    __slots__ = ("id", "writer")

    def __init__(self, writer: Writer, name: str) -> None:
        self.writer = writer
        self.id = name

    @property
    def shape(self) -> Shape:
        return self.writer.shapes[self.id]

    @property
    def number(self) -> float | None:
        """The number that a constant of the program is, None for anything else."""
        node = self.writer.nodes[self.id]
        return node.literal if isinstance(node.literal, float) else None

    def __add__(self, other: Term | float) -> Term:
        return self.writer.apply("add", self, other)

    def __radd__(self, other: float) -> Term:
        return self.writer.apply("add", other, self)

    def __sub__(self, other: Term | float) -> Term:
        return self.writer.apply("sub", self, other)

    def __rsub__(self, other: float) -> Term:
        return self.writer.apply("sub", other, self)

    def __mul__(self, other: Term | float) -> Term:
        return self.writer.apply("mul", self, other)

    def __rmul__(self, other: float) -> Term:
        return self.writer.apply("mul", other, self)

    def __truediv__(self, other: Term | float) -> Term:
        return self.writer.apply("div", self, other)

    def __rtruediv__(self, other: float) -> Term:
        return self.writer.apply("div", other, self)

    def __pow__(self, other: Term | float) -> Term:
        return self.writer.apply("pow", self, other)

    def __neg__(self) -> Term:
        return self.writer.apply("neg", self)

    def __matmul__(self, other: Term) -> Term:
        return self.writer.apply("matmul", self, other)

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **settings: Any) -> Term:
        """Let NumPy's own functions write nodes, so that a row's `locals` work on terms."""
        op = UFUNCS.get(ufunc)
        if op is None or method != "__call__" or settings:
            refused: Any = NotImplemented
            return refused  # type: ignore[no-any-return]
        return self.writer.apply(op, *args)

    def to(self, op: str, **params: Any) -> Term:
        """Apply an operation of one argument."""
        return self.writer.apply(op, self, **params)

    def sum(self, axis: int | None = None, keepdims: bool = False) -> Term:
        return self.to("sum", axis=axis, keepdims=keepdims)

    def mean(self, axis: int | None = None, keepdims: bool = False) -> Term:
        return self.to("mean", axis=axis, keepdims=keepdims)

    def reshape(self, shape: Shape) -> Term:
        return self if shape == self.shape else self.to("reshape", sizes=shape)

    def spread(self, shape: Shape) -> Term:
        return self if shape == self.shape else self.to("spread", sizes=shape)

    def swap(self) -> Term:
        """Transpose a matrix, or each matrix of a stack."""
        return self.to("transpose" if len(self.shape) == 2 else "swap")

    def at(self, *index: int | slice) -> Term:
        return self.to("index", index=index)


def sum_to(term: Term, shape: Shape) -> Term:
    """Sum a term over the axes along which its argument was repeated."""
    while len(term.shape) > len(shape):
        term = term.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and term.shape[axis] != 1:
            term = term.sum(axis=axis, keepdims=True)
    return term
