"""Long random walks of steps, changes and rewinds, held against a record of all states."""

from __future__ import annotations

import random
from typing import Any

import pytest

from app.training import blobs
from app.training.requests import NetworkPatch
from app.training.session import Session
from app.training.state import GOALS, Checkpoint
from tests.app.training.networks import LINE, XOR, begun

CHANGES: list[dict[str, Any]] = [
    {"optimizer": {"learning_rate": 0.02}}, {"optimizer": {"name": "rmsprop", "momentum": 0.5}},
    {"optimizer": {"name": "adam"}}, {"batch_size": 1}, {"batch_size": 3}, {"shuffle": True},
    {"schedule": {"name": "step", "every": 3, "gamma": 0.5}}, {"schedule": None},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("base", [XOR, LINE], ids=["layers", "program"])
def test_a_walk_comes_back_to_every_state_that_it_has_left(base: dict[str, Any], seed: int) -> None:
    dice = random.Random(seed)
    session = begun(base, batch_size=3)
    segments = [(0, session.spec)]
    states = {0: session.state.parameters_blob}
    digests: dict[int, bytes] = {}
    kept = [Checkpoint(0, states[0])]
    for _ in range(40):
        here = session.state.iteration
        choice = dice.random()
        if choice < 0.55:
            found = session.step(dice.choice(GOALS), dice.randint(1, 4))
            drop(here, segments, kept, states, digests)
            for record in found.records:
                digests[record.iteration] = record.digest
            if found.records:
                states[session.state.iteration] = session.state.parameters_blob
            if dice.random() < 0.3 and session.state.phase == "update":
                kept.append(Checkpoint(session.state.iteration, session.state.parameters_blob))
        elif choice < 0.7:
            spec, state = session.patch(NetworkPatch.model_validate(dice.choice(CHANGES)))
            drop(here, segments, kept, states, digests)
            segments.append((here, spec))
            kept = [one for one in kept if one.iteration < here or one.iteration == 0 < here]
            kept.append(Checkpoint(here, state.parameters_blob))
            states[here] = state.parameters_blob
            digests.pop(here, None)
        else:
            k = dice.randint(0, session.state.furthest)
            begins = max(start for start, _ in segments if start <= k)
            before = [one for one in kept if begins <= one.iteration < k]
            at = [one for one in kept if one.iteration == k]
            replay = session.replay(segments, (before or at)[-1], k, digests)
            assert replay.differs is None
            if k in states:
                assert session.state.parameters_blob == states[k]
        if dice.random() < 0.3:
            session = Session.resume(session.spec, session.state)
        if session.state.iteration in digests and session.state.phase != "start":
            assert blobs.digest(session.arrays) == digests[session.state.iteration]


def drop(
    here: int,
    segments: list[tuple[int, Any]],
    kept: list[Checkpoint],
    states: dict[int, bytes],
    digests: dict[int, bytes],
) -> None:
    """Forget what came after an iteration that is gone on from."""
    segments[:] = [one for one in segments if one[0] <= here]
    kept[:] = [one for one in kept if one.iteration <= here]
    for table in (states, digests):
        for k in [k for k in table if k > here]:
            del table[k]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_phases_trains_like_iterations(seed: int) -> None:
    dice = random.Random(seed)
    session, plain = begun(batch_size=3, shuffle=True), begun(batch_size=3, shuffle=True)
    losses: list[float] = []
    for _ in range(30):
        losses += session.step(dice.choice(GOALS), dice.randint(1, 3)).losses
    assert plain.step("iteration", len(losses)).losses == losses
    assert plain.state.parameters_blob == session.state.parameters_blob
