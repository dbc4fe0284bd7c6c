"""The shared cases, and an independent rounding."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import cells, matrix, number, plain
from tests.engine.cases import load

CASES = load("numbers.json")
SCALARS = [case for case in CASES if "value" in case]
MATRICES = [case for case in CASES if "cells" in case]


@pytest.mark.parametrize("case", SCALARS, ids=str)
def test_numbers(case: dict[str, Any]) -> None:
    printed = plain(float(case["value"]), case["digits"], case["lang"])
    assert printed == (case["text"], case["exact"])


@pytest.mark.parametrize("case", MATRICES, ids=str)
def test_matrices(case: dict[str, Any]) -> None:
    rows = [[float(cell) for cell in row] for row in case["cells"]]
    printed = cells(rows, case["digits"], case["lang"])
    assert [list(row) for row in printed.rows] == case["rows"]
    assert printed.exact == case["exact"]


@given(st.floats(1e-4, 999_999.0), st.sampled_from([3, 4, 6]))
def test_rounding_is_half_even_on_the_binary_value(x: float, digits: int) -> None:
    text, exact = plain(x, digits)
    decimals = len(text.partition(".")[2])
    shown = Fraction(text)
    unit = Fraction(1, 10**decimals)
    distance = abs(Fraction(x) - shown)
    assert distance * 2 <= unit
    if distance * 2 == unit:
        assert shown / unit % 2 == 0
    assert exact == (float(text) == x and Fraction(text) == Fraction(repr(x)))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_all_digits_give_the_number_back(x: float) -> None:
    text = plain(x, None).text.replace("−", "-")
    mantissa, _, power = text.partition("·10")
    back = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    assert math.isclose(float(f"{mantissa}e{back or 0}"), x, rel_tol=0, abs_tol=0)


def test_latex_forms() -> None:
    assert number(1.23456e-5).text == r"1.235 \cdot 10^{-5}"
    assert number(-0.5, 4, "pt-BR").text == "-0{,}5"
    assert number(math.nan).text == r"\text{NaN}"
    assert number(-math.inf).text == r"-\infty"


def test_matrices_as_latex() -> None:
    small: Any = np.array([[0.1, 0.2], [1.0, -0.5]])
    assert matrix(small).text == r"\begin{bmatrix} 0.1 & 0.2 \\ 1.0 & -0.5 \end{bmatrix}"
    large: Any = np.zeros((64, 128))
    assert matrix(large).text == r"[64 \times 128]"
    assert matrix(large[0, :7]).text == "[7]"
