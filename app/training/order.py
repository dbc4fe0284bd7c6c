"""Which rows an iteration takes, counted from where the present order of batches began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.training.spec import Origin, Spec
from engine import batches
from engine.batches import Place, Rows


@dataclass(slots=True)
class Order:
    """The batches of a network; iterations and epochs count over its whole life."""

    train: Rows
    size: int
    shuffle: bool
    seed: int
    origin: Origin
    _epochs: dict[int, Rows] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: Spec, train: Rows) -> Order:
        """Return the order that a spec asks for."""
        asked: Mapping[str, Any] = spec.request
        return cls(train, asked["batch_size"], asked["shuffle"], asked["seed"], spec.origin)

    @property
    def per_epoch(self) -> int:
        """Iterations of an epoch: ⌈rows / batch size⌉."""
        return batches.per_epoch(len(self.train), self.size)

    def place(self, iteration: int) -> Place:
        """Return the epoch and the batch of an iteration, both from 0."""
        since = iteration - self.origin.iteration
        epoch, index = batches.place(len(self.train), self.size, since)
        return Place(self.origin.epoch + epoch, index)

    def epochs(self, iteration: int) -> int:
        """Return the number of complete epochs after this many updates."""
        return self.place(iteration)[0]

    def ends_epoch(self, iteration: int) -> bool:
        """Whether an epoch is complete once this many updates are done."""
        return (iteration - self.origin.iteration) % self.per_epoch == 0

    def rows(self, iteration: int) -> Rows:
        """Return the numbers of the rows of an iteration's batch."""
        epoch, index = self.place(iteration)
        start = index * self.size
        if not self.shuffle:
            return self.train[start : start + self.size]
        if epoch not in self._epochs:
            order = batches.order(len(self.train), True, self.seed, epoch)
            self._epochs = {epoch: self.train[order]}
        return self._epochs[epoch][start : start + self.size]

    def next_origin(self, iteration: int) -> Origin:
        """Return where another order begins: a new epoch from this iteration on."""
        epoch, index = self.place(iteration)
        return Origin(iteration, epoch + (index > 0), self.origin.elapsed)
