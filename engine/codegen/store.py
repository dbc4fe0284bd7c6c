"""What plans of the same parameters share: their values, the optimizer's slots, settings, count."""

from __future__ import annotations

from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias
from weakref import WeakSet

import numpy as np

from ..ops import Array, Shape
from ..ops.row import count
from ..optimizers import Optimizer
from .updates import Rule, rule

# One element after another, parameter by parameter: an array, or a list in programs of numbers.
Flat: TypeAlias = Any


@dataclass(slots=True, weakref_slot=True)
class Store:
    """Parameters in one flat vector, in order of `shapes`, and the optimizer's slots alike.

    `floats` says that the vectors are lists of Python floats. `settings` are the optimizer's own;
    `constants` are its numbers as the generated code reads them; `steps` holds the number of
    updates done, `starts` where each parameter's part begins.
    """

    shapes: Mapping[str, Shape]
    dtype: str
    floats: bool
    optimizer: Optimizer
    settings: dict[str, Any]
    parameters: Flat = None
    slots: dict[str, Flat] = field(default_factory=dict)
    constants: list[float] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    steps: list[int] = field(default_factory=lambda: [0])
    users: WeakSet[Any] = field(default_factory=WeakSet)

    def __post_init__(self) -> None:
        ends = list(accumulate((count(shape) for shape in self.shapes.values()), initial=0))
        self.starts = dict(zip(self.shapes, ends, strict=False))
        self.parameters = self.vector()
        self.numbers = {name: i for i, name in enumerate(self.optimizer.numbers(self.settings))}
        self.constants = [0.0] * len(self.numbers)
        self.configure(self.settings)

    @property
    def size(self) -> int:
        """Elements of all parameters together."""
        return sum(map(count, self.shapes.values()))

    @property
    def rule(self) -> Rule:
        """The optimizer's rule under its present settings."""
        return rule(self.optimizer.program(self.settings), self.optimizer.slots)

    def vector(self, value: float = 0.0) -> Flat:
        """Return a flat vector for one number per parameter element."""
        if self.floats:
            return [value] * self.size
        return np.full(self.size, value, self.dtype)

    def configure(self, settings: dict[str, Any]) -> None:
        """Take new settings; slots that the rule needs now and had not are made."""
        self.settings = settings
        for name, value in self.optimizer.numbers(settings).items():
            self.constants[self.numbers[name]] = value
        for slot in self.rule.slots:
            if slot not in self.slots:
                self.slots[slot] = self.vector(self._initial(slot))

    def parts(self, flat: Array) -> dict[str, Array]:
        """Return each parameter's part of a flat vector, as a view in its shape."""
        return {
            name: flat[start : start + count(self.shapes[name])].reshape(self.shapes[name])
            for name, start in self.starts.items()
        }

    def read(self, flat: Flat) -> dict[str, Array]:
        """Return a copy of a flat vector's parts."""
        return {name: part.copy() for name, part in self.parts(np.array(flat, self.dtype)).items()}

    def write(self, flat: MutableSequence[float], name: str, value: Array) -> None:
        """Overwrite one parameter's part of a flat vector."""
        row, start = np.reshape(value, -1), self.starts[name]
        flat[start : start + row.size] = row.tolist() if self.floats else row

    def restore(self, state: Mapping[tuple[str, str], Array], steps: int) -> None:
        """Take parameters (slot "") and slots from a state; slots that it lacks begin anew."""
        for _, slot in state:
            if slot and slot not in self.slots:
                self.slots[slot] = self.vector()
        for slot, flat in self.slots.items():
            flat[:] = self.vector(self._initial(slot))
        for (name, slot), value in state.items():
            self.write(self.slots[slot] if slot else self.parameters, name, value)
        self.steps[0] = steps

    def _initial(self, slot: str) -> float:
        setting = self.optimizer.initial.get(slot)
        return float(self.settings[setting]) if setting else 0.0
