"""What is refused of whole programs, however well each part is written."""

from __future__ import annotations

from .errors import LimitError, LimitHit, NameProblem, Position
from .sentence import say


def second_meaning(name: str, assigned: bool, first: Position, again: Position) -> NameProblem:
    """Return the error of a name that is assigned again, or after it was used as a leaf."""
    return NameProblem(
        say(
            "{name} is {how} in line {line}, column {column}, and assigned in line {again_line}, "
            "column {again_column}; a name is assigned at most once, before its first use.",
            name=name, how=say("assigned") if assigned else say("used as a leaf"),
            line=first.line, column=first.column,
            again_line=again.line, again_column=again.column,
        ),
        position=again, positions=(first, again),
    )  # fmt: skip


def too_deep(depth: int, most: int, position: Position) -> LimitError:
    """Return the error of an expression with more levels than are accepted."""
    return LimitError(
        say("The expression is nested too deeply; at most {most} levels are accepted. Give parts "
            "of it names on lines of their own.", most=most),
        position=position, limit=LimitHit("depth", most, depth),
    )  # fmt: skip
