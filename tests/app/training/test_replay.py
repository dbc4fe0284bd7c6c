from __future__ import annotations

from typing import Any

import pytest

from app.training.requests import NetworkPatch
from app.training.session import Session
from app.training.state import Checkpoint
from engine.errors import ValueProblem
from tests.app.training.networks import begun

HARD: dict[str, Any] = {
    "optimizer": {"name": "adam", "learning_rate": 0.05}, "batch_size": 3, "shuffle": True,
    "schedule": {"name": "cosine", "iterations": 40},
}  # fmt: skip


def walked(n: int) -> tuple[Session, list[Any], dict[int, bytes]]:
    """Return a network after n iterations, with all its states and digests."""
    session = begun(**HARD)
    states, digests = [session.state], {}
    for _ in range(n):
        found = session.step("iteration")
        states.append(session.state)
        digests[found.records[0].iteration] = found.records[0].digest
    return session, states, digests


@pytest.mark.parametrize("k", [0, 1, 7, 8, 23])
@pytest.mark.parametrize("kept", [0, 1, 7])
def test_any_iteration_comes_back_bit_for_bit(k: int, kept: int) -> None:
    session, states, digests = walked(23)
    kept = min(kept, k)
    point = Checkpoint(kept, states[kept].parameters_blob)
    for mover in (session, Session.resume(session.spec, session.state)):
        found = mover.replay([(0, mover.spec)], point, k, digests)
        assert (found.differs, found.state) == (None, mover.state)
        assert mover.state.parameters_blob == states[k].parameters_blob
        assert (mover.state.iteration, mover.state.furthest) == (k, 23)
        if kept < k:
            assert mover.state.before_blob == states[k].before_blob
            assert mover.state.phase == "update"


def test_both_directions_and_on_from_there() -> None:
    session, states, _ = walked(10)
    start = Checkpoint(0, states[0].parameters_blob)
    session.replay([(0, session.spec)], start, 4)
    session.replay([(0, session.spec)], start, 9)
    assert session.state.parameters_blob == states[9].parameters_blob
    session.replay([(0, session.spec)], start, 4)
    session.step("iteration")
    assert session.state.parameters_blob == states[5].parameters_blob
    assert session.state.furthest == 5


def test_a_digest_that_differs_is_told() -> None:
    session, states, digests = walked(6)
    digests[3] = b"otherwise"
    found = session.replay(
        [(0, session.spec)], Checkpoint(0, states[0].parameters_blob), 6, digests
    )
    assert found.differs == 3


def test_the_time_limit_leaves_everything_where_it_was() -> None:
    session, states, _ = walked(6)
    point = Checkpoint(0, states[0].parameters_blob)
    found = session.replay([(0, session.spec)], point, 3, deadline=0.0)
    assert found.stopped == "deadline"
    assert session.state == states[6]
    session.step("iteration")
    assert session.state.parameters_blob == walked(7)[1][7].parameters_blob


def test_across_a_change_the_spec_of_that_time_holds() -> None:
    session, states, _ = walked(4)
    first = session.spec
    second, patched = session.patch(
        NetworkPatch(optimizer={"learning_rate": 0.01}, parameters={"b2": [0.25]}, batch_size=2)
    )
    after = session.step("iteration", 5).state
    segments = [(0, first), (4, second)]
    session.replay(segments, Checkpoint(0, states[0].parameters_blob), 3)
    assert session.state.parameters_blob == states[3].parameters_blob
    assert session.spec == first
    session.replay(segments, Checkpoint(4, patched.parameters_blob), 9)
    assert (session.spec, session.state) == (second, after)
    session.replay(segments, Checkpoint(4, patched.parameters_blob), 4)
    assert (session.state.phase, session.arrays["b2"].tolist()) == ("start", [0.25])


@pytest.mark.parametrize("k", [-1, 7, True, "3"])
def test_other_iterations_are_refused(k: Any) -> None:
    session, states, _ = walked(6)
    with pytest.raises(ValueProblem, match="from 0 to 6"):
        session.replay([(0, session.spec)], Checkpoint(0, states[0].parameters_blob), k)
