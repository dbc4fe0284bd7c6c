"""Answers are read by a whitelist, in both notations."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questions import Unreadable, read
from engine.questions.typed import LONGEST

READ = {
    "4": 4.0, " -0.0423 ": -0.0423, "−0,0423": -0.0423, ".5": 0.5, ",5": 0.5, "5.": 5.0,
    "3/4": 0.75, "-3/4": -0.75, "4*1": 4.0, "4 × 1": 4.0, "4·1": 4.0, "1 ÷ 4": 0.25,
    "-0.453*0.248": -0.453 * 0.248, "−0,453 × 0,248": -0.453 * 0.248, "2 - 3 - 4": -5.0,
    "8/4/2": 1.0, "2+3*4": 14.0, "(2+3)*4": 20.0, "-(1-0.5)": -0.5, "--2": 2.0, "+2": 2.0,
    "4.2e-5": 4.2e-5, "4,2E-5": 4.2e-5, "4.2·10⁻⁵": 4.2e-5, "4,2 × 10^-5": 4.2e-5,
    "4.2*10^−5": 4.2e-5, "3*10": 30.0, "0.5-(0.1*-0.0424)": 0.5 + 0.1 * 0.0424,
}  # fmt: skip
UNREADABLE = {
    "": "empty", "   ": "empty", "nan": "letters", "inf": "letters", "Infinity": "letters",
    "9**9**9": "letters", "2^3": "letters", "1,000.5": "letters", "1.2.3": "letters",
    "x": "letters",
    "4 4": "letters", "(1": "letters", "1)": "letters", "()": "letters", "1+": "letters",
    "__import__('os')": "letters", "1;2": "letters", "0x10": "letters", "1_000": "letters",
    "٣": "letters", "1e": "letters", "1/0": "zero", "1/(2-2)": "zero", "1e999": "infinite",
    "1e308*1e308": "infinite", "9" * 200: "", "9" * 201: "long", "1" * 10**6: "long",
    "(" * 100 + "1" + ")" * 99: "deep", "-" * 150 + "1": "deep", "1e9999": "letters",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_numbers_fractions_and_expressions_are_read(text: str, value: float) -> None:
    assert math.isclose(read(text).value, value, rel_tol=1e-12)


@pytest.mark.parametrize(("text", "reason"), UNREADABLE.items(), ids=lambda text: str(text)[:12])
def test_what_is_no_number_is_refused_with_its_reason(text: str, reason: str) -> None:
    if not reason:
        assert math.isfinite(read(text).value)
        return
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "unit"),
    [("0.042", 1e-3), ("0,0420", 1e-4), ("4", 0.1), ("20", 1), ("123", 1), ("4.2e-5", 1e-6),
     ("0.1", 0.01), ("0", 1), ("0.000", 1e-3), ("-2", 0.1)],
)  # fmt: skip
def test_the_unit_is_that_of_the_last_digit_or_of_the_second(text: str, unit: float) -> None:
    assert math.isclose(read(text).unit or 0, unit)


def test_an_expression_has_no_unit() -> None:
    assert read("4*1").unit is None
    assert read("3/4").unit is None


@given(st.text(max_size=3 * LONGEST))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        assert math.isfinite(read(text).value)
    except Unreadable as error:
        assert error.reason


@given(st.text(alphabet="0123456789.,+-*/() e^×·⁻⁵", max_size=40))
def test_no_row_of_accepted_signs_does_either(text: str) -> None:
    try:
        assert math.isfinite(read(text).value)
    except Unreadable as error:
        assert error.reason


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(".,"))
def test_every_float_is_read_as_it_is_printed(value: float, mark: str) -> None:
    assert read(repr(value).replace(".", mark)).value == value
