"""Names: which characters they may hold, and which names are taken."""

from __future__ import annotations

import unicodedata

from .errors import NameProblem, Position, SyntaxProblem
from .ops import CALLS
from .sentence import say

PI = "pi"
RESERVED = frozenset(CALLS) | {PI, "array"}
# Characters that are invisible, reorder text, or are halves of others.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def normalised(name: str) -> str:
    """Return the name in the form (NFKC) in which names are compared."""
    return unicodedata.normalize("NFKC", name)


def _accepted(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char == "_"
    return "\u0370" <= char <= "\u03ff" and char.isalpha()


def check_name(name: str, position: Position) -> None:
    """Raise NameProblem unless the name is made of accepted letters, digits and _."""
    plain = name.isascii() and name.replace("_", "x").isalnum()
    wrong = None if plain else next((char for char in name if not _accepted(char)), None)
    if wrong is not None:
        raise NameProblem(
            say(
                "The name {name} holds the character {wrong}; ASCII and Greek letters, "
                "digits and _ are accepted.",
                name=name,
                wrong=wrong,
            ),
            position=position,
        )


def check_assignable(name: str, position: Position) -> None:
    """Raise NameProblem if the name belongs to a function or to pi."""
    if name in RESERVED:
        what = say("the number π") if name == PI else say("a function")
        raise NameProblem(
            say(
                "{name} is {what} and cannot be assigned; choose another name.",
                name=name,
                what=what,
            ),
            position=position,
        )


def invisible(text: str) -> str | None:
    """Return the first character that is invisible, reorders text or is half of one."""
    if text.isprintable():
        return None
    return next((char for char in text if unicodedata.category(char) in _REFUSED), None)


def check_characters(text: str) -> None:
    """Raise SyntaxProblem at the first control, invisible or half character."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return
    line = column = 1
    for char in text:
        if char == "\n":
            line, column = line + 1, 1
            continue
        if char != "\t" and unicodedata.category(char) in _REFUSED:
            raise SyntaxProblem(
                say(
                    "The program holds the invisible character U+{code:04X}; delete "
                    "it. Letters, digits, signs, spaces and line ends are accepted.",
                    code=ord(char),
                ),
                position=Position(line, column),
            )
        column += 1
