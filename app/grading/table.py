"""Marks as a table for spreadsheets, in which no text is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from app.grading.marks import UNKNOWN, Marks
from engine.questions import SLIPS

CODES = (*(slip.code for slip in SLIPS), "few_digits", "too_early", UNKNOWN)
COLUMNS = (
    "file", "name", "items", "right", "first_try", "shown", "attempts", "unreadable", "slips",
    *(f"slip_{code}" for code in CODES),
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, in its wide forms too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠−|%]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def safe(text: str) -> str:
    """Return a text that a spreadsheet shows as it is: after an apostrophe where it must be."""
    plain = _CONTROLS.sub(" ", text)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def table(graded: Iterable[tuple[str, Marks]], separator: str) -> str:
    """Return the lines of CSV, the names of the columns first."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for file, marks in graded:
        writer.writerow(_row(file, marks))
    return text.getvalue()


def _row(file: str, marks: Marks) -> Sequence[str | int]:
    return (
        safe(file), safe(marks.name), marks.items, marks.right, marks.first_try, marks.shown,
        marks.attempts, marks.unreadable, marks.slips.total(),
        *(marks.slips[code] for code in CODES),
    )  # fmt: skip
