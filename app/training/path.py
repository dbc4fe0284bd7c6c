"""The way of some parameters through a training: their values after each iteration.

Between two checkpoints the iterations are computed again, by the same plans as in a rewind, and so
bit for bit. Of a training that is too long for that, the checkpoints alone are told.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.training import blobs
from app.training.elements import Element
from app.training.loop import Loop
from app.training.model import Model
from app.training.replay import holding
from app.training.spec import Spec
from app.training.state import Checkpoint
from engine.ops import Array

# So many iterations, or seconds, are computed again.
REPLAYED = 5_000
SECONDS = 1.5
# So many points are told.
POINTS = 1_000


class Path(NamedTuple):
    """The values of the elements by column, after each of the iterations."""

    iterations: NDArray[np.int64]
    values: Array


class Segments:
    """The specs that a training went through, with the plans of the one used last.

    `known` is one of them whose model is made already.
    """

    def __init__(self, specs: Sequence[tuple[int, Spec]], known: tuple[Spec, Model]) -> None:
        self._specs, self._known = specs, known
        self._found: tuple[Spec, Loop] | None = None

    def loop(self, iteration: int) -> Loop:
        """Return the plans of the spec that holds at an iteration."""
        _, spec = holding(self._specs, iteration)
        if self._found is None or self._found[0] != spec:
            known, made = self._known
            model = made if spec == known else Model.of(spec.request)
            self._found = spec, Loop(spec, model)
        return self._found[1]


def path(
    segments: Segments, checkpoints: Sequence[Checkpoint], elements: Sequence[Element], last: int
) -> Generator[None, None, Path]:
    """Return the way up to an iteration; yields after each one that is computed again."""
    iterations: list[int] = []
    values: list[tuple[float, ...]] = []
    until = time.monotonic() + SECONDS
    ends = [*(one.iteration for one in checkpoints[1:]), last + 1]
    for checkpoint, end in zip(checkpoints, ends, strict=True):
        arrays = blobs.read(checkpoint.blob)
        iterations.append(checkpoint.iteration)
        values.append(tuple(one.of(arrays) for one in elements))
        if end == checkpoint.iteration + 1:
            continue
        loop = segments.loop(checkpoint.iteration)
        loop.load(arrays)
        for iteration in range(checkpoint.iteration, end - 1):
            if len(iterations) > REPLAYED or time.monotonic() > until:
                break
            loop.enter(iteration)
            loop.forward()
            loop.update()
            iterations.append(iteration + 1)
            values.append(tuple(one.of(loop.whole.values) for one in elements))
            yield
        yield
    return thinned(Path(np.array(iterations), np.array(values)))


def thinned(whole: Path, points: int = POINTS) -> Path:
    """Return at most so many points, even along the way that was gone, and both of its ends."""
    n = len(whole.iterations)
    if n <= points:
        return whole
    with np.errstate(all="ignore"):
        scale = np.abs(whole.values).max() or 1.0
        steps = np.linalg.norm(np.diff(whole.values / scale, axis=0), axis=1)
    gone = np.concatenate([[0.0], np.cumsum(steps)])
    far = gone if gone[-1] > 0 else np.arange(n, dtype=np.float64)
    places = np.floor(far / far[-1] * (points - 2)).astype(int)
    kept = np.flatnonzero(np.diff(places, prepend=-1))
    kept = kept if kept[-1] == n - 1 else np.append(kept, n - 1)
    return Path(whole.iterations[kept], whole.values[kept])
