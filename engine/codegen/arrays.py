"""A plan of a program of arrays: one function of NumPy calls into buffers made once.

A value is written once per pass, a gradient that has one contribution goes straight into its
buffer, or is another array seen otherwise where nothing has to be computed. Gradients of trainable
leaves lie side by side in one vector, as the parameters do, so that an update is a few calls.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np

from ..graph import Node
from ..ops import OPS, Array, Shape
from ..passes import unbroadcast
from . import elementwise, losses, matrices, reductions
from .blocks import Blocks
from .expressions import FAST
from .pulls import Pull, PullRow, Push, PushRow
from .source import build
from .store import Store
from .task import Task
from .writer import Writer

FAMILIES = (elementwise, matrices, reductions, losses)
PUSHES: dict[str, PushRow] = {op: row for family in FAMILIES for op, row in family.PUSHES.items()}
PULLS: dict[str, tuple[PullRow, ...]] = {
    op: rows for family in FAMILIES for op, rows in family.PULLS.items()
}
PHASES = {"forward": (0,), "backward": (1,), "update": (2,), "run": (0, 1), "step": (0, 1, 2)}


class Arrays:
    """Buffers and functions of one plan of arrays."""

    def __init__(self, task: Task, store: Store, leaves: dict[str, Array]) -> None:
        self.task, self.store = task, store
        self.parameters = store.parts(store.parameters)
        self.leaves = dict(self.parameters)
        for name in task.data:
            self.leaves[name] = np.array(leaves[name], store.dtype, order="C", ndmin=0)
        self.settable = {id(_root(leaf)) for leaf in self.leaves.values()}
        self.kept: dict[Any, Array] = {}
        self.pool: list[Array] = []
        self.values: dict[str, Array] = {}
        self.grads: dict[str, Array] = {}
        self.names: dict[str, Any] = {}
        self.functions: dict[str, Any] = {}
        # NumPy keeps its error state in a context variable: in a context of its own a pass runs
        # without warnings and without the microsecond that `errstate` takes.
        self.context = contextvars.copy_context()
        self.context.run(partial(np.seterr, all="ignore"))
        self.refresh()

    def refresh(self) -> None:
        """Take the rule of the store's optimizer as it is now."""
        self._emit()
        for phase in self.functions:
            self._install(phase)

    def configured(self) -> None:
        """Take new numbers of the optimizer."""
        self.update.fix()

    def function(self, phase: str) -> Callable[[], Any]:
        """Return the function of forward, backward, update, run (the first two) or step (all)."""
        if phase not in self.functions:
            self._install(phase)
        return partial(self.context.run, self.functions[phase])

    def _install(self, phase: str) -> None:
        """Build a function; one that was handed out before goes on with the new code."""
        lines = [line for part in PHASES[phase] for line in self.sections[part]]
        if phase in ("update", "step"):
            lines.append("T[0] += 1")
        if phase in ("forward", "run", "step"):
            lines.append(f"return {self.result}()")
        source = f"def {phase}():\n" + "\n".join(f" {line}" for line in lines or ["pass"])
        built = build(source, self.names, phase)
        if phase in self.functions:
            self.functions[phase].__code__ = built.__code__
        else:
            self.functions[phase] = built

    def _emit(self) -> None:
        """Write all lines; twice, for the first time shows how much scratch memory is needed."""
        for _ in range(2):
            w = Writer(self.store.dtype, self.pool, self.kept)
            self.values, self.grads, self.sections = dict(self.leaves), {}, []
            self.update = Blocks(self.store, w, self._gradients(w))
            for part in (self._forward, self._backward, self.update.write):
                part(w)
                self.sections.append(w.lines)
                w.lines = []
            output = self.values[self.task.graph.output]
            self.result = w.name(output.item if output.size == 1 else output.copy)
        self.names |= {**FAST, **w.names, "T": self.store.steps, "H": self.store.constants}
        self.update.fix()

    def _gradients(self, w: Writer) -> Array:
        return w.keep("gradients", lambda: np.zeros(self.store.size, w.dtype))

    def _stable(self, x: Array) -> bool:
        """Whether an array keeps its numbers from a pass until the next one."""
        root = _root(x)
        return id(root) not in self.settable and not any(root is slot for slot in self.pool)

    def _forward(self, w: Writer) -> None:
        for i, node in enumerate(self.task.graph.nodes):
            if node.id in self.values:
                continue
            w.used = 0
            if node.op is None:
                self.values[node.id] = _literal(w, i, node)
                continue
            args = tuple(self.values[arg] for arg in node.args)
            view = (
                matrices.VIEWS[node.op](args[0], node.params) if node.op in matrices.VIEWS else None
            )
            if view is not None and self._stable(view):
                self.values[node.id] = view
                continue
            shape = self.task.shapes[node.id]
            z = w.keep(("value", i), _empty(shape, w.dtype))
            self.values[node.id] = z
            if view is not None:
                w(np.copyto, z, view)
            elif node.op in PUSHES and z.size:
                PUSHES[node.op](Push(w, i, z, args, node.params))
            else:
                w(_forward_call(node, z, args))

    def _backward(self, w: Writer) -> None:
        task = self.task
        parts = self.store.parts(self._gradients(w))
        if not task.scalar:
            return
        if task.seeded:
            output = task.graph.output
            one = w.keep("one", lambda: np.ones(task.shapes[output], w.dtype))
            self.grads[output] = one
        uses = self._uses()
        for i in range(len(task.graph.nodes) - 1, -1, -1):
            node = task.graph.nodes[i]
            if node.op is None or node.id not in task.active:
                continue
            for slot, source in enumerate(node.args):
                if source in task.wanted:
                    w.used = 0
                    self._edge(w, i, slot, source, uses[source], parts.get(source))
        for i, node in enumerate(task.graph.nodes):
            if node.id in task.wanted and node.id not in self.grads:
                zeros = partial(np.zeros, task.shapes[node.id], w.dtype)
                self.grads[node.id] = parts.get(node.id, w.keep(("grad", i), zeros))
            elif node.id in parts and not np.shares_memory(self.grads[node.id], parts[node.id]):
                w(np.copyto, parts[node.id], self.grads[node.id])
                self.grads[node.id] = parts[node.id]

    def _uses(self) -> dict[str, int]:
        """Count the contributions to each gradient."""
        found = {node.id: 0 for node in self.task.graph.nodes}
        if self.task.seeded:
            found[self.task.graph.output] = 1
        for link in self.task.graph.links:
            found[link.source] += link.target in self.task.active
        return found

    def _edge(
        self, w: Writer, i: int, slot: int, source: str, uses: int, part: Array | None
    ) -> None:
        """Write what one edge contributes, and add it to what the source has."""
        node, shape = self.task.graph.nodes[i], self.task.shapes[source]
        first = source not in self.grads
        key = ("grad", self.task.graph.index[source])

        def buffer() -> Array:
            return w.keep(key, _empty(shape, w.dtype)) if part is None else part

        def destination(wanted: Shape) -> Array:
            return buffer() if first and wanted == shape else w.scratch(wanted)

        args = tuple(self.values[arg] for arg in node.args)
        g, z = self.grads[node.id], self.values[node.id]
        pull = Pull(w, i, z, args, node.params, slot, g, g is self.kept.get("one"), destination)
        rules = PULLS.get(node.op or "")
        found = rules[slot if node.op != "concat" else 0](pull) if rules and z.size else None
        if found is None:
            found = destination(shape)
            w(_pull_call(node, slot, pull, found))
        if found.shape != shape:
            sums = destination(shape)
            w.narrow(found, sums)
            found = sums
        if not first:
            w(np.add, self.grads[source], found, out=self.grads[source])
        elif uses == 1 and part is None and self._stable(found):
            self.grads[source] = found
        else:
            self.grads[source] = buffer()
            if found is not self.grads[source]:
                w(np.copyto, self.grads[source], found)

    def read(self, node: str) -> Array:
        """Return a copy of a node's value: leaves as they are now, the rest of the last pass."""
        return self.values[node].copy()[()]

    def read_grad(self, node: str) -> Array | None:
        """Return a copy of a node's gradient, None where there is none."""
        return self.grads[node].copy()[()] if node in self.grads else None

    def write(self, values: dict[str, Array]) -> None:
        """Overwrite leaves."""
        for name, value in values.items():
            np.copyto(self.leaves[name], value, casting="same_kind")

    @property
    def nbytes(self) -> int:
        """Bytes of all buffers."""
        own: Iterable[Array] = (*self.leaves.values(), *self.kept.values(), *self.pool,
                                *self.store.slots.values())  # fmt: skip
        roots = {id(_root(x)): _root(x).nbytes for x in own}
        return sum(roots.values())


def _root(x: Array) -> Array:
    """Return the array that owns the memory."""
    while isinstance(x.base, np.ndarray):
        x = x.base
    return x


def _empty(shape: Shape, dtype: str) -> Callable[[], Array]:
    return lambda: np.empty(shape, dtype)


def _literal(w: Writer, i: int, node: Node) -> Array:
    if isinstance(node.literal, float):
        return w.constant(node.literal)
    return w.keep(("value", i), lambda: np.array(node.literal, w.dtype))


def _forward_call(node: Node, z: Array, args: tuple[Array, ...]) -> Callable[[], None]:
    op = OPS[node.op or ""]

    def call() -> None:
        np.copyto(z, op.forward(*args, **node.params), casting="same_kind")

    return call


def _pull_call(node: Node, slot: int, p: Pull, out: Array) -> Callable[[], None]:
    op = OPS[node.op or ""]

    def call() -> None:
        pulled = op.pull(slot, p.g, p.z, p.args, node.params)
        np.copyto(out, unbroadcast(pulled, out.shape), casting="same_kind")

    return call
