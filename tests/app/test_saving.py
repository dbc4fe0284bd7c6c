"""How often trainings are stored on their way."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from app.saving import Saving


@pytest.mark.parametrize(
    ("trainings", "size", "seconds"),
    [(1, 1_000, 0.5), (50, 1_000, 0.5), (200, 1_000, 2.0), (500, 1_000, 5.0),
     (2_000, 1_000, 5.0), (1, 3_000_000, 1.5), (2_000, 20_000_000, 10.0)],
)  # fmt: skip
def test_many_trainings_are_stored_more_seldom_and_large_ones_too(
    trainings: int, size: int, seconds: float
) -> None:
    saving = Saving()
    with ExitStack() as stack:
        for _ in range(trainings):
            stack.enter_context(saving.one())
        assert saving.every(size) == seconds
    assert saving.every(1_000) == 0.5


def test_a_training_that_fails_is_counted_no_longer() -> None:
    saving = Saving()
    for _ in range(200):
        with pytest.raises(ZeroDivisionError), saving.one():
            raise ZeroDivisionError
    assert saving.every(1_000) == 0.5
