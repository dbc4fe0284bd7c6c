"""An optimizer's rule as NumPy calls on flat vectors, block by block while a block is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..ops import Array
from .expressions import FAST
from .rules import number_lines, number_reads
from .source import build
from .store import Store
from .writer import Writer

# Elements per block: gradient, parameter and intermediates of one block stay in the cache.
BLOCK = 16_384
UFUNCS: dict[str, Callable[..., Any]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative,
    "sqrt": np.sqrt, "maximum": np.maximum,
}  # fmt: skip


class Blocks:
    """The update of one plan's parameters by its own gradients.

    What depends on no parameter is a number, held in an array of shape []: `fix` computes those of
    the settings, `write` those that change with every update.
    """

    def __init__(self, store: Store, w: Writer, gradients: Array) -> None:
        self.store, self.rule, self.gradients = store, store.rule, gradients
        graph = self.rule.graph
        numbers = self.rule.fixed | self.rule.moving
        used = {link.source for link in graph.links if link.target not in numbers} & numbers
        self.operands = {
            name: w.keep(("rule", name), lambda: np.zeros((), w.dtype)) for name in sorted(used)
        }
        self.last = {link.source: graph.index[link.target] for link in graph.links}

        self.fix = self._fixing()

    def _fixing(self) -> Callable[[], None]:
        """Return a function that computes the numbers that depend on settings alone."""
        lines, names = self._numbers()
        fixed = [name for name in self.operands if name in self.rule.fixed]
        lines += [f"F{i}({names[name]})" for i, name in enumerate(fixed)]
        fills = {f"F{i}": self.operands[name].fill for i, name in enumerate(fixed)}
        known = {**FAST, **fills, "T": self.store.steps, "H": self.store.constants}
        source = "def fix():\n" + "".join(f" {line}\n" for line in lines or ["pass"])
        return build(source, known, "fix")

    def _numbers(self) -> tuple[list[str], dict[str, str]]:
        lines, names = number_lines(self.rule, self.store.numbers)
        return [*number_reads(self.rule, self.store.numbers), *lines], names

    def write(self, w: Writer) -> None:
        """Write the calls of one update."""
        moving = [name for name in self.operands if name in self.rule.moving]
        if moving:
            lines, names = self._numbers()
            w.lines += [*lines, *(f"{w.name(self.operands[n].fill)}({names[n]})" for n in moving)]
        for start in range(0, self.store.size, BLOCK):
            w.used = 0
            self._block(w, slice(start, min(start + BLOCK, self.store.size)))

    def _block(self, w: Writer, where: slice) -> None:
        store = self.store
        kept = {"p": store.parameters, **{slot: store.slots[slot] for slot in self.rule.slots}}
        parts = {name: flat[where] for name, flat in kept.items()}
        values = {**self.operands, **parts, "g": self.gradients[where]}
        results = {node: name for name, node in self.rule.results.items()}
        free: list[Array] = []
        mine: dict[str, Array] = {}
        for i, node in enumerate(self.rule.graph.nodes):
            if node.op is None or node.id in self.rule.fixed | self.rule.moving:
                continue
            name = results.get(node.id)
            if name is not None:
                assert self.last.get(name, -1) <= i, f"a rule reads {name} after new_{name}"
                out = parts[name]
            else:
                out = mine[node.id] = free.pop() if free else w.scratch(parts["p"].shape)
            w(UFUNCS[node.op], *(values[arg] for arg in node.args), out=out)
            values[node.id] = out
            free += [mine.pop(arg) for arg in self._done(node.args, i, results) if arg in mine]

    def _done(self, args: tuple[str, ...], i: int, results: dict[str, str]) -> Iterator[str]:
        """Yield the arguments that nothing reads after node i."""
        yield from (
            arg for arg in dict.fromkeys(args) if self.last[arg] <= i and arg not in results
        )
