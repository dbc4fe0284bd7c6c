"""Standardised columns have mean 0 and deviation 1, and come back to what they were."""

from __future__ import annotations

import numpy as np

from engine.scaling import fit


def test_columns_are_standardised_and_come_back() -> None:
    x = np.random.default_rng(1).normal(3, 5, (40, 3))
    found = fit(x)
    scaled = found.apply(x)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1)
    np.testing.assert_allclose(found.undo(scaled), x)


def test_a_constant_column_becomes_zero() -> None:
    x = np.full((3, 1), 0.1)
    found = fit(x)
    assert found.scale.tolist() == [1.0]
    assert found.apply(x).tolist() == [[0.0]] * 3


def test_a_fit_to_some_rows_holds_for_others() -> None:
    found = fit(np.array([[0.0], [2.0]]))
    assert found.apply(np.array([[5.0]])).tolist() == [[4.0]]
