"""A cell of a table: whether it is a number, how it is shown, and what is wrong with it."""

from __future__ import annotations

import re

from .errors import ValueProblem
from .sentence import Sentence, say

DECIMALS = {".": say("point"), ",": say("comma")}
# Where the text stands in a request; the settings stand beside it.
POINTER = "/data/csv"
_NUMBERS = {
    sign: re.compile(rf"[+-]?(\d+({re.escape(sign)}\d*)?|{re.escape(sign)}\d+)([eE][+-]?\d+)?",
                     re.ASCII)
    for sign in DECIMALS
}  # fmt: skip
_SHOWN = 30


class CellProblem(ValueProblem):
    """A table is not accepted; `row` and `column`, from 1, say where, as far as it is one place."""

    def __init__(
        self, message: Sentence, row: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, pointer=POINTER)
        self.row = row
        self.column = column


def place(row: int, column: int, name: str | None = None) -> Sentence:
    """Say where a cell stands, both counted from 1, to begin a sentence with."""
    if name is None:
        return say("Row {row}, column {column}", row=row, column=column)
    return say("Row {row}, column {column} ({name})", row=row, column=column,
               name=called(name, column))  # fmt: skip


def unnamed(column: int) -> Sentence:
    """Return the name of a column, counted from 1, that has none."""
    return say("column {number}", number=column)


def called(name: str, column: int) -> str:
    """Return a column's name for a sentence."""
    own = unnamed(column)
    return own if name == own else name


def shown(cell: str) -> str:
    """Write a cell for a sentence: in quotes, cut where it is long, nothing invisible."""
    text = "".join(char if char.isprintable() else "·" for char in cell[: _SHOWN + 1])
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def is_number(cell: str, decimal: str) -> bool:
    """Whether a cell is a number with this decimal sign."""
    return _NUMBERS[decimal].fullmatch(cell) is not None
