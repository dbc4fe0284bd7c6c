"""What is wrong with a row of a table, as a whole."""

from __future__ import annotations

import csv

from .csv_cells import CellProblem
from .sentence import Sentence, say


def other_width(
    row: int, width: int, first: int, expected: int, delimiter: Sentence
) -> CellProblem:
    """Return the error of a row that is not as wide as the first one."""
    return CellProblem(
        say("Row {row} has {fields}, and row {first_row} has {expected}; all rows have the same "
            "number, with a {delimiter} between them.", row=row, fields=_fields(width),
            first_row=first, expected=expected, delimiter=delimiter),
        row, min(width, expected) + 1,
    )  # fmt: skip


def unreadable(row: int, error: str) -> Sentence:
    """Return what is wrong with a row that cannot be read, for a message of the module csv."""
    if "limit" in error:
        return say(
            "Row {row} has a field that is too long; at most {most:,} characters are accepted.",
            row=row,
            most=csv.field_size_limit(),
        )
    if "end of data" in error:
        return say(
            'Row {row} opens a quotation mark that is never closed; close it with a second ".',
            row=row,
        )
    return say(
        "Row {row} has text after a closing quotation mark; a quotation mark inside quotes "
        'is written twice, as "".',
        row=row,
    )


def _fields(count: int) -> Sentence:
    return say("1 field") if count == 1 else say("{count} fields", count=count)
