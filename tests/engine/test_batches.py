"""Batches cover each epoch once, in an order that the seed and the epoch decide alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batches import Place, check_batch_size, order, per_epoch, place, rows
from engine.errors import ValueProblem

SIZES = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))


@given(SIZES, st.booleans(), st.integers(0, 2**32 - 1), st.integers(0, 10**6))
def test_the_batches_of_an_epoch_are_all_rows_once(
    sizes: tuple[int, int], shuffle: bool, seed: int, epoch: int
) -> None:
    n, size = sizes
    batches = [rows(n, size, shuffle, seed, Place(epoch, k)) for k in range(per_epoch(n, size))]
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    assert len(batches[-1]) == (n % size or size)
    assert sorted(np.concatenate(batches)) == list(range(n))
    np.testing.assert_array_equal(np.concatenate(batches), order(n, shuffle, seed, epoch))


@given(SIZES, st.integers(0, 10**9))
def test_the_place_of_an_iteration_counts_batches(sizes: tuple[int, int], iteration: int) -> None:
    n, size = sizes
    where = place(n, size, iteration)
    assert where.epoch * per_epoch(n, size) + where.index == iteration
    assert 0 <= where.index < per_epoch(n, size)


def test_iterations_per_epoch_are_rounded_up() -> None:
    assert [per_epoch(10, size) for size in (1, 3, 5, 9, 10)] == [10, 4, 2, 2, 1]


def test_without_shuffle_rows_come_in_order() -> None:
    assert rows(5, 2, False, 9, Place(3, 1)).tolist() == [2, 3]
    assert rows(5, 2, False, 9, Place(3, 2)).tolist() == [4]


def test_each_epoch_and_each_seed_has_an_order_of_its_own() -> None:
    first = order(50, True, 1, 0)
    np.testing.assert_array_equal(first, order(50, True, 1, 0))
    assert not np.array_equal(first, order(50, True, 1, 1))
    assert not np.array_equal(first, order(50, True, 2, 0))
    expected = np.random.Generator(np.random.PCG64([1, 7])).permutation(50)
    np.testing.assert_array_equal(order(50, True, 1, 7), expected)


@pytest.mark.parametrize("size", [0, -1, 6, 2.0, True, "2", None])
def test_a_batch_size_is_a_whole_number_up_to_the_rows(size: Any) -> None:
    assert check_batch_size(5, 5) == 5
    with pytest.raises(ValueProblem, match="from 1 to 5") as caught:
        check_batch_size(size, 5)
    assert caught.value.pointer == "/batch_size"
