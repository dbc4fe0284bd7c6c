"""A split holds out the share asked for, and depends on the seed alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ValueProblem
from engine.splits import split


@given(st.integers(1, 200), st.floats(0, 0.9), st.integers(0, 2**32 - 1))
def test_every_row_is_on_one_side(n: int, share: float, seed: int) -> None:
    found = split(n, share, seed)
    assert sorted([*found.train, *found.held_out]) == list(range(n))
    assert len(found.train) >= 1
    assert len(found.held_out) == min(int(share * n + 0.5), n - 1)
    assert list(found.train) == sorted(found.train)
    assert list(found.held_out) == sorted(found.held_out)


def test_the_seed_decides() -> None:
    one, same, other = (split(50, 0.2, seed).held_out for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    assert len(one) == 10


@pytest.mark.parametrize("share", [-0.1, 0.95, 1, float("nan"), True, "0.2", None])
def test_a_share_is_a_number_up_to_nine_tenths(share: Any) -> None:
    with pytest.raises(ValueProblem, match=r"0 to 0\.9") as caught:
        split(10, share, 0)
    assert caught.value.pointer == "/held_out"
