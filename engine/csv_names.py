"""Names in a table, of columns and of classes: they are shown, so short and without tricks."""

from __future__ import annotations

from .names import invisible

NAME_CHARACTERS = 100


def one_line(cell: str) -> str:
    """Return a header's cell as a name: spreadsheets break lines within a cell."""
    return " ".join(line.strip() for line in cell.splitlines())


def unfit(name: str) -> str | None:
    """Say what keeps a cell from being a name, to go on after its place; None if nothing does."""
    if len(name) > NAME_CHARACTERS:
        return f"is a name of {len(name):,} characters; at most {NAME_CHARACTERS} are accepted."
    char = invisible(name)
    if char is not None:
        return f"is a name with the invisible character U+{ord(char):04X}; delete it there."
    return None
