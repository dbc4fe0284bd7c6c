"""How often trainings that are streamed are stored on their way, and with what effort for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# What is done is stored this often, and checkpoints lie as close.
SOON = 0.5
# Where many train, all of them together are stored so often a second; none more seldom than this.
TOGETHER = 100
SELDOM = 5.0
# Large networks are stored more seldom.
BYTES_PER_SECOND = 2_000_000


class Saving:
    """Counts the trainings that go on in this process."""

    def __init__(self) -> None:
        self._trainings = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count a training for as long as it goes on."""
        self._trainings += 1
        try:
            yield
        finally:
            self._trainings -= 1

    def every(self, size: int) -> float:
        """Return the seconds between two stores of a training with parameters of so many bytes."""
        share = min(self._trainings / TOGETHER, SELDOM)
        return max(SOON, share, size / BYTES_PER_SECOND)
