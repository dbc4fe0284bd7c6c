"""Names in a table, of columns and of classes: they are shown, so short and without tricks."""

from __future__ import annotations

from .names import invisible
from .sentence import Sentence, say

NAME_CHARACTERS = 100


def one_line(cell: str) -> str:
    """Return a header's cell as a name: spreadsheets break lines within a cell."""
    return " ".join(line.strip() for line in cell.splitlines())


def unfit(name: str, place: Sentence) -> Sentence | None:
    """Say what keeps the cell at a place from being a name; None if nothing does."""
    if len(name) > NAME_CHARACTERS:
        return say(
            "{place} is a name of {got:,} characters; at most {most} are accepted.",
            place=place,
            got=len(name),
            most=NAME_CHARACTERS,
        )
    char = invisible(name)
    if char is not None:
        return say(
            "{place} is a name with the invisible character U+{code:04X}; delete it there.",
            place=place,
            code=ord(char),
        )
    return None
