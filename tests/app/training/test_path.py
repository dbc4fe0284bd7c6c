"""The way of training is that of the parameters, iteration by iteration, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from app.training import path
from app.training.elements import Element
from app.training.path import Path, Segments
from app.training.session import Session
from app.training.state import Checkpoint
from tests.app.training.networks import begun

PAIR = (Element("W1", (0, 0)), Element("b2", (0,)))


def walked(count: int) -> tuple[Session, list[Checkpoint], list[tuple[float, ...]]]:
    """Train, and keep every fifth state, and where the two parameters were after each iteration."""
    session = begun(optimizer={"name": "adam"}, batch_size=3, shuffle=True)
    kept = [Checkpoint(0, session.state.parameters_blob)]
    places = [tuple(one.of(session.arrays) for one in PAIR)]
    for done in range(1, count + 1):
        session.step("iteration")
        places.append(tuple(one.of(session.arrays) for one in PAIR))
        if done % 5 == 0:
            kept.append(Checkpoint(done, session.state.parameters_blob))
    return session, kept, places


def found(session: Session, kept: list[Checkpoint], last: int) -> Path:
    work = path.path(Segments([(0, session.spec)], (session.spec, session.model)), kept, PAIR, last)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            way: Path = ended.value
            return way


def test_the_way_is_that_of_the_parameters_bit_for_bit() -> None:
    session, kept, places = walked(23)
    way = found(session, kept, 23)
    assert way.iterations.tolist() == list(range(24))
    assert way.values.tolist() == [list(one) for one in places]


def test_the_session_stays_where_it_was() -> None:
    session, kept, _ = walked(7)
    before = session.state
    found(session, kept, 7)
    assert session.state is before
    session.step("iteration")
    assert session.state.parameters_blob == walked(8)[0].state.parameters_blob


def test_of_a_long_training_only_the_checkpoints_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path, "REPLAYED", 7)
    session, kept, places = walked(23)
    way = found(session, kept, 23)
    assert way.iterations.tolist() == [*range(8), 10, 15, 20]
    assert way.values.tolist() == [list(places[i]) for i in way.iterations]


def test_a_thinned_way_keeps_its_ends_and_its_corners() -> None:
    corner = np.concatenate([np.linspace([0, 0], [10, 0], 50), np.linspace([10, 0], [10, 5], 5000)])
    whole = Path(np.arange(5050, dtype=np.int64), corner)
    way = path.thinned(whole, 100)
    assert len(way.iterations) <= 100
    assert (way.iterations[0], way.iterations[-1]) == (0, 5049)
    assert (way.values == corner[way.iterations]).all()
    gaps = np.linalg.norm(np.diff(way.values, axis=0), axis=1)
    assert gaps.max() < 0.5, "even along the way, not along the iterations"


def test_a_way_that_stands_still_is_thinned_by_iterations() -> None:
    way = path.thinned(Path(np.arange(5000, dtype=np.int64), np.ones((5000, 2))), 100)
    assert 90 <= len(way.iterations) <= 100
    assert np.diff(way.iterations).max() <= 60
