"""What has to be kept of a network between two requests, and what a step answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.training.records import Record
from engine.sentence import Sentence

# The phases of an iteration in order; `start`: no pass has been run with these parameters.
PHASES = ("forward", "loss", "backward", "update")
PLACES = {"start": 0, **{phase: i for i, phase in enumerate(PHASES, 1)}}
GOALS = (*PHASES, "iteration", "epoch")


@dataclass(frozen=True, slots=True)
class State:
    """`iteration` updates are done; `phase` is the last one run, of the iteration in progress.

    After `update` no iteration is in progress, and `before_blob` is the state that the last one
    began with. `furthest` is the last iteration that can be returned to.
    """

    iteration: int
    phase: str
    parameters_blob: bytes
    before_blob: bytes | None
    furthest: int


@dataclass(frozen=True, slots=True)
class StepResult:
    """The new state, and a record for every iteration completed.

    `stopped` is None, "nonfinite", "until_loss", "deadline" or "stop". For "nonfinite" `at` is the
    iteration, from 1, that could not be completed, `node` the first node that is not finite, and
    `where` says in sentences by which way it came there.
    """

    state: State
    records: tuple[Record, ...]
    loss: float | None
    stopped: str | None = None
    at: int | None = None
    node: str | None = None
    where: tuple[Sentence, ...] = ()

    @property
    def losses(self) -> Sequence[float]:
        """The loss of every iteration completed, before its update."""
        return [record.loss for record in self.records]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state after `iteration` updates."""

    iteration: int
    blob: bytes
