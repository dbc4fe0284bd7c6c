"""What can be wrong with a program or its values, as one tree.

EngineError
├── ProgramError            the text of the program
│   ├── SyntaxProblem       it cannot be read, or uses what is no mathematics here
│   └── NameProblem         a name is unknown, reserved, or assigned twice
├── ShapeError              shapes that do not fit together
├── ValueProblem            a given value, constant or setting
│   └── MissingValues       leaves that have neither a value nor a default
└── LimitError              more than the limits allow, found before memory is taken

The message is a full sentence that names the thing and what would be accepted.
Outside of the tree stands OutOfTime: nothing is wrong, and the computation was not finished.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from .sentence import Sentence, say


class Position(NamedTuple):
    """A place in a program: line and column, both from 1, in characters."""

    line: int
    column: int


class LimitHit(NamedTuple):
    """A limit's name, its value, and what was asked for."""

    name: str
    value: int
    got: int


class EngineError(Exception):
    """Something that a user can put right."""

    def __init__(
        self,
        message: Sentence,
        *,
        position: Position | None = None,
        node: str | None = None,
        limit: LimitHit | None = None,
        missing: tuple[str, ...] = (),
        pointer: str | None = None,
        positions: tuple[Position, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.node = node
        self.limit = limit
        self.missing = missing
        self.pointer = pointer
        self.positions = positions

    def at(self, node: str, position: Position | None) -> Self:
        """Say at which node it happened, unless that is known already."""
        self.node = self.node or node
        self.position = self.position or position
        return self


class ProgramError(EngineError):
    """The text of the program is not accepted."""


class SyntaxProblem(ProgramError):
    """The text cannot be read, or holds something that is no mathematics here."""


class NameProblem(ProgramError):
    """A name is unknown, reserved, or assigned twice."""


class ShapeError(EngineError):
    """Shapes do not fit together."""


class ValueProblem(EngineError):
    """A value, constant or setting that was given is not accepted."""


class MissingValues(ValueProblem):
    """Leaves have neither a value nor a default."""


class LimitError(EngineError):
    """More was asked for than the limits allow."""


class OutOfTime(Exception):
    """A computation would have outlasted the time that it was given."""


def over_limit(name: str, value: int, got: int, what: Sentence) -> LimitError:
    """Return the error for a limit that would be exceeded; `what` begins the sentence."""
    return LimitError(
        say("{what} {got:,}, and at most {most:,} are accepted.", what=what, got=got, most=value),
        limit=LimitHit(name, value, got),
    )
