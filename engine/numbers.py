"""How a number is printed, as LaTeX and as plain text, and whether what is printed is exact.

N significant digits (3, 4, 6, or None for all), rounded half-even on the exact binary value. A
number whose shortest decimal form has at most N digits is printed as that and is exact; digits
before the decimal point are never lost; from 1e6 on and below 1e-4 a power of ten is split off. It
is exact when what is printed is the number's shortest decimal form, so 123456 is exact at 4 digits
too.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .ops import Array

LARGE, SMALL = 1e6, 1e-4
MOST_CELLS = 6
# Numbers whose print is kept: a megabyte or two.
KEPT = 8_192
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Printed(NamedTuple):
    """A number's text, and whether it says all of it."""

    text: str
    exact: bool


class Cells(NamedTuple):
    """A matrix's texts, row by row, and whether all are exact."""

    rows: tuple[tuple[str, ...], ...]
    exact: bool


def number(x: float, digits: int | None = 4, lang: str = "en") -> Printed:
    """Print a number as LaTeX."""
    return _printed(x, digits, lang, latex=True)


def plain(x: float, digits: int | None = 4, lang: str = "en") -> Printed:
    """Print a number as text, with the real minus sign: −0.5, 1.235·10⁻⁵."""
    return _printed(x, digits, lang, latex=False)


@lru_cache(KEPT)
def _printed(x: float, digits: int | None, lang: str, latex: bool) -> Printed:
    """Print a number; the numbers of a graph come up in several of its lines each."""
    x = float(x)
    if not math.isfinite(x) or x == 0:
        return Printed(_special(x, latex), True)
    if digits is not None and LARGE > abs(x) >= SMALL:
        return _ordinary(x, digits, lang, latex)
    shortest = Decimal(repr(x)).normalize()
    if LARGE > abs(x) >= SMALL:
        return _fixed(x, _places(shortest), lang, latex)
    value = shortest
    if digits is not None and len(shortest.as_tuple().digits) > digits:
        value = _rounded(x, digits)
    mantissa = value.scaleb(-value.adjusted())
    text = _localised(format(mantissa, "f"), lang, latex)
    return Printed(text + _power(value.adjusted(), latex), value == shortest)


def _rounded(x: float, digits: int) -> Decimal:
    context = decimal.Context(prec=digits, rounding=decimal.ROUND_HALF_EVEN)
    return context.create_decimal_from_float(x)


def _places(value: Decimal) -> int:
    """Return the digits that a decimal number has after its point."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def _ordinary(x: float, digits: int, lang: str, latex: bool) -> Printed:
    """Print a number of ordinary size: with as many digits as it has, but rounded to so many.

    Python's own formatting rounds half-even on the binary value, too.
    """
    whole, _, part = repr(abs(x)).partition(".")
    part = part.rstrip("0")
    if len((whole + part).strip("0")) <= digits:
        decimals = len(part)
    else:
        exponent = int(f"{x:.{digits - 1}e}".rpartition("e")[2])
        decimals = max(0, digits - 1 - exponent)
    text = f"{x:.{decimals}f}"
    return Printed(_localised(text, lang, latex), float(text) == x)


def _fixed(x: float, decimals: int, lang: str, latex: bool) -> Printed:
    """Print with so many decimals, rounded half-even on the binary value."""
    value = Decimal(x).quantize(Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_EVEN, _WIDE)
    exact = value == Decimal(repr(x))
    if value == 0:
        value = abs(value)
    return Printed(_localised(format(value, "f"), lang, latex), exact)


_WIDE = decimal.Context(prec=1200)


# Languages that write 1,5, by the first part of their tag.
COMMA = frozenset({
    "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu",
    "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro",
    "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi",
})  # fmt: skip


def _special(x: float, latex: bool) -> str:
    if x == 0:
        return "0"
    if math.isnan(x):
        return r"\text{NaN}" if latex else "NaN"
    if latex:
        return r"\infty" if x > 0 else r"-\infty"
    return "∞" if x > 0 else "−∞"


def _localised(text: str, lang: str, latex: bool) -> str:
    if lang.split("-")[0] in COMMA:
        text = text.replace(".", "{,}" if latex else ",")
    return text if latex else text.replace("-", "−")


def _power(exponent: int, latex: bool) -> str:
    if latex:
        return rf" \cdot 10^{{{exponent}}}"
    return "·10" + str(exponent).translate(_SUPERSCRIPTS)


def cells(a: Sequence[Sequence[float]], digits: int | None = 4, lang: str = "en") -> Cells:
    """Print a matrix's cells as text; all share their decimals."""
    return _cells(a, digits, lang, latex=False)


def _cells(rows: Sequence[Sequence[float]], digits: int | None, lang: str, latex: bool) -> Cells:
    """Print all cells with the same decimals.

    That many as the largest cell has at N digits, but no more than some cell needs. Where the
    largest is huge or tiny, every cell is printed as a number of its own.
    """
    finite = [float(x) for row in rows for x in row if math.isfinite(x)]
    largest = max(map(abs, finite), default=0.0)
    if largest != 0 and not LARGE > largest >= SMALL:
        printed = [[_printed(x, digits, lang, latex) for x in row] for row in rows]
    else:
        decimals = _shared_decimals(finite, largest, digits)
        printed = [[_cell(float(x), decimals, lang, latex) for x in row] for row in rows]
    exact = all(cell.exact for row in printed for cell in row)
    return Cells(tuple(tuple(cell.text for cell in row) for row in printed), exact)


def _shared_decimals(finite: list[float], largest: float, digits: int | None) -> int:
    needed = max((_places(Decimal(repr(x)).normalize()) for x in finite), default=0)
    if digits is None or largest == 0:
        return needed
    return min(needed, max(0, digits - 1 - _rounded(largest, digits).adjusted()))


def _cell(x: float, decimals: int, lang: str, latex: bool) -> Printed:
    if not math.isfinite(x):
        return Printed(_special(x, latex), True)
    return _fixed(x, decimals, lang, latex)


def matrix(a: Array, digits: int | None = 4, lang: str = "en") -> Printed:
    """Print a value of any shape as LaTeX: a number, a matrix, or only its shape if it is large."""
    shape = np.shape(a)
    if not shape:
        return number(float(a), digits, lang)
    if len(shape) > 2 or max(shape) > MOST_CELLS or min(shape) == 0:
        return Printed("[" + r" \times ".join(map(str, shape)) + "]", True)
    rows, exact = _cells(np.atleast_2d(a).tolist(), digits, lang, latex=True)
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return Printed(rf"\begin{{bmatrix}} {body} \end{{bmatrix}}", exact)
