"""Numbers written once per class are, gap by gap, the numbers that were to be written."""

from __future__ import annotations

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer_gaps import Numbers, agrees, gaps, numbered, refined, texts

FEW = st.sampled_from([0.0, -0.0, 1.0, 0.1, 1e17, 5e-324, -2.5])
ANY = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[Numbers], list[int], list[bytes]]:
    """Draw some answers' numbers, the sources of gaps, and texts that are given."""
    count, given_texts = draw(st.integers(1, 12)), draw(st.integers(0, 3))
    number = FEW | ANY
    rows = draw(st.lists(st.lists(number, min_size=count, max_size=count), min_size=1, max_size=6))
    source = st.integers(-given_texts, count - 1)
    sources = draw(st.lists(source, min_size=1, max_size=30))
    return [np.array(row) for row in rows], sources, [b"t%d" % k for k in range(given_texts)]


@given(answers())
def test_each_gap_gets_its_number(
    drawn: tuple[list[Numbers], list[int], list[bytes]],
) -> None:
    rows, sources, said = drawn
    known = gaps(rows[0], sources)
    for row in (*rows, *rows):
        if not agrees(known, row):
            before = len(known.firsts)
            known = refined(known, row)
            assert agrees(known, row)
            assert len(known.firsts) > before
        found = texts(known, row, said)
        expected = [said[-1 - k] if k < 0 else orjson.dumps(float(row[k])) for k in sources]
        assert found is not None
        assert list(found) == expected
    assert all(agrees(known, row) for row in rows)


def test_equal_numbers_are_one_class_and_zeros_of_two_signs_are_two() -> None:
    known = gaps(np.array([2.0, 0.0, 2.0, -0.0, 0.0]), range(5))
    assert known.classes.tolist() == [0, 1, 0, 2, 1]
    assert not agrees(known, np.array([2.0, 0.0, 2.0, -0.0, -0.0]))


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_not_written(number: float) -> None:
    known = gaps(np.array([1.0, 2.0, 1.0]), range(3))
    row = np.array([1.0, number, 1.0])
    assert agrees(known, row)
    assert texts(known, row, []) is None


def test_placeholders_are_counted_once_and_the_rest_takes_numbers_in_order() -> None:
    assert numbered(["", "b", "", "a", "b"], [4, 7]) == ([4, -1, 7, -2, -1], ["b", "a"])
