"""Back to any iteration, bit for bit: the nearest state that was kept, and the plan from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.training.limits import TRAINING
from app.training.records import Record
from app.training.spec import Spec
from app.training.state import Checkpoint, State, StepResult
from engine.errors import ValueProblem
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session


class Replay(NamedTuple):
    """Where a rewind came to; `differs` is the first iteration whose digest is another one.

    `stopped` is "deadline" if the time was up before `k` was reached: the session has not moved.
    """

    spec: Spec
    state: State
    records: tuple[Record, ...]
    differs: int | None = None
    stopped: str | None = None


def holding(segments: Sequence[tuple[int, Spec]], iteration: int) -> tuple[int, Spec]:
    """Return the last segment that holds at an iteration."""
    found = [segment for segment in segments if segment[0] <= iteration]
    assert found, "the first segment begins at 0"
    return found[-1]


def replayed(
    session: Session,
    segments: Sequence[tuple[int, Spec]],
    checkpoint: Checkpoint,
    k: int,
    digests: Mapping[int, bytes] | None,
    deadline: float | None,
) -> Replay:
    """Move a session to iteration k, under the spec that holds there; see `Session.replay`."""
    furthest = session.state.furthest
    if isinstance(k, bool) or not isinstance(k, int) or not 0 <= k <= furthest:
        raise ValueProblem(
            say(
                "The iteration must be a whole number from 0 to {furthest:,}, the "
                "furthest reached.",
                furthest=furthest,
            ),
            pointer="/iteration",
        )
    start, spec = holding(segments, k)
    assert start <= checkpoint.iteration <= k, "the checkpoint lies outside of the segment"
    begun = State(checkpoint.iteration, "start", checkpoint.blob, None, furthest)
    mover = session.moved(spec, begun)
    records, stopped = _run(mover, k, deadline)
    if stopped:
        return Replay(session.spec, session.state, records, stopped=stopped)
    there = mover.state
    state = State(k, there.phase, there.parameters_blob, there.before_blob, furthest)
    session.become(mover, state)
    return Replay(spec, state, records, _differs(records, digests or {}))


def _run(session: Session, k: int, deadline: float | None) -> tuple[tuple[Record, ...], str | None]:
    records: list[Record] = []
    while session.state.iteration < k:
        count = min(k - session.state.iteration, TRAINING.steps)
        found: StepResult = session.step("iteration", count, deadline=deadline)
        records += found.records
        if found.stopped:
            return tuple(records), found.stopped
    return tuple(records), None


def _differs(records: Sequence[Record], digests: Mapping[int, bytes]) -> int | None:
    return next(
        (one.iteration for one in records
         if digests.get(one.iteration, one.digest) != one.digest), None
    )  # fmt: skip
