"""A plan of a program whose values are all numbers: one function over Python floats.

Names in the generated text: v3 and g3 are the value and gradient of node 3, e3 an intermediate of
its row; P the parameters, L the other leaves, R what the last pass and the last
whole pass left, H the optimizer's numbers,
T the count of updates, M0 its first slot. A pass that meets an exception where IEEE arithmetic goes
on is done again by a careful twin, whose functions return infinity or NaN instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from ..graph import Node
from ..ops import OPS, Array
from .expressions import CAREFUL, FAST, expression, number
from .rules import RuleText
from .source import build, guarded
from .store import Store
from .task import Task
from .tuples import flattened, packed, unique, unpacked

# Terms per line: a longer sum would be too deep a tree for Python's compiler.
TERMS = 50


class Floats:
    """Buffers and functions of one plan of numbers."""

    def __init__(self, task: Task, store: Store, leaves: dict[str, Array]) -> None:
        self.task, self.store = task, store
        self.index = task.graph.index
        self.data = [float(leaves[name]) for name in task.data]
        self.places = {name: i for i, name in enumerate(task.data)}
        self.record: list[Any] = [(), ()]
        self.values = self._value_names()
        self.grads: dict[str, str] = {}
        self.names: dict[str, Any] = dict(FAST)
        self.names |= {"P": store.parameters, "L": self.data, "R": self.record,
                       "H": store.constants, "T": store.steps}  # fmt: skip
        self.forward_lines = list(self._forward())
        self.backward_lines = list(self._backward()) if task.scalar else []
        names = (self.values[node.id] for node in task.graph.nodes if node.op is not None)
        self.computed = unique(name for name in names if name.isidentifier())
        pulled = (name for name in self.grads.values() if name.isidentifier())
        self.recorded = unique([*self.computed, *pulled])
        self.seen: list[Any] = [(), ()]
        self.numbers: list[dict[str, float]] = [{}, {}]
        self.functions: dict[str, Callable[[], Any]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take the rule of the store's optimizer as it is now."""
        store = self.store
        self.names |= {f"M{i}": store.slots[slot] for i, slot in enumerate(store.rule.slots)}
        self.rule = RuleText(store, [f"v{self.index[n]}" for n in store.shapes])
        for phase in self.functions:
            self._install(phase)

    def configured(self) -> None:
        """Take new numbers of the optimizer: the functions read them where they stand."""

    def function(self, phase: str) -> Callable[[], Any]:
        """Return the function of forward, backward, update, run (the first two) or step (all)."""
        if phase not in self.functions:
            self._install(phase)
        found: Callable[[], Any] = self.functions[phase]
        return found

    def _install(self, phase: str) -> None:
        """Build a function; one that was handed out before goes on with the new code."""
        source = f"def {phase}():\n" + "\n".join(getattr(self, f"_{phase}_text")())

        def careful() -> Any:
            twin = build(guarded(source), {**self.names, **CAREFUL}, phase)
            self.names[f"careful_{phase}"] = twin
            return twin()

        self.names[f"careful_{phase}"] = careful
        built = build(source, self.names, phase)
        if phase in self.functions:
            self.functions[phase].__code__ = built.__code__
        else:
            self.functions[phase] = built

    def _leaves_text(self) -> Iterator[str]:
        yield from unpacked(self._numbered("v", self.task.trainable), "P")
        yield from unpacked(self._numbered("v", self.task.data), "L")

    def _numbered(self, letter: str, nodes: Iterable[str]) -> list[str]:
        return [f"{letter}{self.index[node]}" for node in nodes]

    def _guard(self, phase: str, lines: list[str]) -> Iterator[str]:
        yield " try:"
        yield from (f"  {line}" for line in lines or ["pass"])
        yield f" except errors: return careful_{phase}()"

    def _forward_text(self) -> Iterator[str]:
        yield from self._leaves_text()
        yield from self._guard("forward", self.forward_lines)
        yield f" R[0] = {packed(self.computed)}"
        yield f" return {self.values[self.task.graph.output]}"

    def _backward_text(self) -> Iterator[str]:
        yield from self._leaves_text()
        yield from unpacked(self.computed, "R[0]", nested=True)
        lets = [line for line in self.forward_lines if line.startswith("e")]
        yield from self._guard("backward", lets + self.backward_lines)
        yield self._whole_record()

    def _run_text(self) -> Iterator[str]:
        yield from self._leaves_text()
        yield from self._guard("run", self.forward_lines + self.backward_lines)
        yield self._whole_record()
        yield f" return {self.values[self.task.graph.output]}"

    def _update_text(self) -> Iterator[str]:
        yield from self._leaves_text()
        yield from unpacked(self.recorded, "R[1]", nested=True)
        yield from self._update_body("update", [])

    def _step_text(self) -> Iterator[str]:
        yield from self._leaves_text()
        yield from self._update_body("step", self.forward_lines + self.backward_lines)
        yield f" return {self.values[self.task.graph.output]}"

    def _whole_record(self) -> str:
        return f" R[0] = R[1] = {packed(self.recorded)}"

    def _update_body(self, phase: str, lines: list[str]) -> Iterator[str]:
        rule = self.rule
        grads = [self.grads.get(name, "0.0") for name in self.store.shapes]
        yield from (f" {line}" for line in rule.reads)
        yield from self._guard(phase, [*lines, *rule.lines(grads)])
        if phase == "step":
            yield self._whole_record()
        yield from (f" {line}" for line in rule.writes)
        yield " T[0] += 1"

    def _value_names(self) -> dict[str, str]:
        """Name every node's value; a row that passes its argument through shares the name."""
        names: dict[str, str] = {}
        for i, node in enumerate(self.task.graph.nodes):
            row = expression(node.op, None) if node.op else None
            if isinstance(node.literal, float):
                value = node.literal
                names[node.id] = number(value) if np.isfinite(value) else f"v{i}"
            elif row is not None and row.forward == "{x}":
                names[node.id] = names[node.args[0]]
            else:
                names[node.id] = f"v{i}"
        return names

    def _fields(self, node: Node) -> dict[str, str]:
        args = dict(zip("xy", (self.values[arg] for arg in node.args), strict=False))
        params = {k: number(v) for k, v in node.params.items() if isinstance(v, float)}
        return {"z": self.values[node.id], "e": f"e{self.index[node.id]}", **args, **params}

    def _row(self, node: Node) -> Any:
        literal = self.task.graph[node.args[-1]].literal
        return expression(node.op or "", literal if isinstance(literal, float) else None)

    def _forward(self) -> Iterator[str]:
        for i, node in enumerate(self.task.graph.nodes):
            if node.op is None:
                if node.literal is not None and self.values[node.id] == f"v{i}":
                    self.names[f"v{i}"] = node.literal
                continue
            row = self._row(node)
            if row is None:
                self.names[f"f{i}"] = _forward_call(node)
                yield f"v{i} = f{i}({', '.join(self.values[arg] for arg in node.args)})"
            elif row.forward != "{x}":
                fields = self._fields(node)
                if row.let:
                    yield f"e{i} = {row.let.format_map(fields)}"
                yield f"v{i} = {row.forward.format_map(fields)}"

    def _backward(self) -> Iterator[str]:
        """Yield the lines of the backward pass: per node one sum, its terms in step order."""
        task, terms = self.task, {node.id: [] for node in self.task.graph.nodes}  # type: ignore[var-annotated]
        if task.seeded:
            terms[task.graph.output].append("1.0")
            self.grads[task.graph.output] = "1.0"
        for i in range(len(task.graph.nodes) - 1, -1, -1):
            node = task.graph.nodes[i]
            if node.id not in task.wanted:
                continue
            found = terms[node.id] or ["0.0"]
            if len(found) == 1 and (found[0].isidentifier() or found[0] in ("0.0", "1.0")):
                self.grads[node.id] = found[0]
            else:
                self.grads[node.id] = f"g{i}"
                yield f"g{i} = {' + '.join(found[:TERMS])}"
                for start in range(TERMS, len(found), TERMS):
                    yield f"g{i} = g{i} + {' + '.join(found[start : start + TERMS])}"
            if node.op is not None and node.id in task.active:
                for slot, arg in enumerate(node.args):
                    if arg in task.wanted:
                        terms[arg].append(self._term(node, slot, self.grads[node.id]))

    def _term(self, node: Node, slot: int, g: str) -> str:
        row = self._row(node)
        if row is None:
            i = self.index[node.id]
            self.names[f"q{i}_{slot}"] = _pull_call(node, slot)
            given = ", ".join((g, self.values[node.id], *(self.values[a] for a in node.args)))
            return f"q{i}_{slot}({given})"
        local = row.locals[slot].format_map(self._fields(node))
        if local in ("1", "-1"):
            return g if local == "1" else f"-{g}"
        if g == "1.0":
            return str(local)
        return f"{g} * {local}" if local[0] != "-" else f"{g} * ({local})"

    def read(self, node: str) -> Array:
        """Return a node's value: leaves as they are now, the rest of the last pass."""
        if node in self.store.starts:
            return scalar(self.store.parameters[self.store.starts[node]])
        if node in self.places:
            return scalar(self.data[self.places[node]])
        return self._recorded(0, self.values[node])

    def read_grad(self, node: str) -> Array | None:
        """Return a node's gradient, None where there is none."""
        known = node in self.grads and self.record[1]
        return self._recorded(1, self.grads[node]) if known else None

    def _recorded(self, kind: int, name: str) -> Array:
        """Look a name up in the last record, of which a table is made at the first question."""
        if not name.isidentifier():
            return scalar(float(name.strip("()")))
        if self.seen[kind] is not self.record[kind]:
            self.seen[kind] = self.record[kind]
            # After a forward pass alone the record is shorter: its gradients are not yet known.
            found = flattened(self.record[kind])
            self.numbers[kind] = dict(zip(self.recorded, found, strict=False))
        known = self.numbers[kind]
        return scalar(known[name] if name in known else self.names[name])

    @property
    def nbytes(self) -> int:
        """Bytes of all numbers that the plan holds, at 8 each."""
        lists = (self.data, self.store.parameters, *self.store.slots.values())
        return 8 * sum(map(len, (*lists, self.recorded)))

    def write(self, values: dict[str, Array]) -> None:
        """Overwrite leaves."""
        for name, value in values.items():
            if name in self.store.shapes:
                self.store.write(self.store.parameters, name, value)
            else:
                self.data[self.places[name]] = float(value)


def scalar(value: float) -> Array:
    """Return a number as the recorder does, a value of shape []."""
    found: Any = np.float64(value)
    return found  # type: ignore[no-any-return]


def _forward_call(node: Node) -> Callable[..., float]:
    op = OPS[node.op or ""]

    def call(*args: float) -> float:
        with np.errstate(all="ignore"):
            return float(op.forward(*map(np.float64, args), **node.params))

    return call


def _pull_call(node: Node, slot: int) -> Callable[..., float]:
    op = OPS[node.op or ""]

    def call(*given: float) -> float:
        with np.errstate(all="ignore"):
            g, z, *args = map(np.float64, given)
            return float(op.pull(slot, g, z, tuple(args), node.params))  # type: ignore[arg-type]

    return call
