from __future__ import annotations

import numpy as np
import pytest

from app.training.histograms import histogram, histograms
from engine.errors import ValueProblem
from tests.app.training.networks import begun


def test_values_and_gradients_of_the_pass_last_run_are_counted() -> None:
    session = begun()
    session.step("iteration", 3)
    found = histograms(session, "W1", 5)
    for what, column in (("value", "values"), ("grad", "grads")):
        numbers = session.tensor("W1", what)  # type: ignore[arg-type]
        counts, edges = np.histogram(numbers, 5)
        assert found[column]["counts"] == counts.tolist()
        assert found[column]["edges"] == pytest.approx(edges.tolist())
        assert found[column]["size"] == 6
        assert found[column]["mean"] == pytest.approx(numbers.mean())


def test_data_have_no_gradients_to_count() -> None:
    session = begun()
    assert histograms(session, "x", 5)["grads"] is None
    with pytest.raises(ValueProblem):
        histograms(session, "W9", 5)


@pytest.mark.parametrize(
    "numbers",
    [[0.0], [3.0, 3.0], [1e308, -1e308], [1.0, 1.0 + 2**-52], [np.inf, np.nan], [5e-324, 0.0],
     [np.nan, 1.0, 2.0]],
)  # fmt: skip
def test_every_finite_number_is_counted_once(numbers: list[float]) -> None:
    found = histogram(np.array(numbers), 8)
    assert sum(found["counts"]) + found["not_finite"] == len(numbers) == found["size"]
    assert len(found["edges"]) == len(found["counts"]) + 1
