"""The text of a program and its syntax tree, with positions in characters."""

from __future__ import annotations

import ast
import re
import warnings

from .errors import LimitError, LimitHit, Position, SyntaxProblem, over_limit
from .limits import Limits
from .names import check_characters
from .sentence import Sentence, say
from .syntax import module

_BREAKS = re.compile("\r\n?")
_TOO_DEEP = "nested parentheses|too complex|recursion|overflow"


class Source:
    """A program's lines. `ast` counts UTF-8 bytes; everything here counts characters from 1."""

    def __init__(self, program: str) -> None:
        text = _BREAKS.sub("\n", program)
        lines = text.split("\n")
        filled = [line for line in lines if line.strip(" \t") and line.lstrip(" \t")[0] != "#"]
        first = re.match("[ \t]*", filled[0]) if filled else None
        indent = first.group() if first else ""
        if not all(line.startswith(indent) for line in filled):
            indent = ""
        self.text = text
        self._ascii = text.isascii()
        self._lines = lines
        self.shift = len(indent)
        # A whole program that is indented, as in a quoted text, is read as if it were not.
        self.dedented = "\n".join(line.removeprefix(indent) for line in lines)

    def position(self, line: int, byte: int) -> Position:
        """Return the place of a byte offset in a line of the dedented text."""
        if self._ascii:
            return Position(line, byte + 1 + self.shift)
        text = self._lines[line - 1][self.shift :] if line <= len(self._lines) else ""
        before = text if text.isascii() else text.encode()[:byte].decode(errors="ignore")
        column = byte if text.isascii() else len(before)
        return Position(line, column + 1 + self.shift)

    def of(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> Position:
        """Return where a part of the syntax tree begins."""
        return self.position(node.lineno, node.col_offset)

    def segment(self, node: ast.expr) -> str:
        """Return the text of a part of the syntax tree, or nothing if it takes several lines."""
        if node.end_lineno != node.lineno or node.end_col_offset is None:
            return ""
        start = self.of(node).column - 1
        end = self.position(node.lineno, node.end_col_offset).column - 1
        return self._lines[node.lineno - 1][start:end]


def read(program: str, limits: Limits) -> tuple[Source, list[ast.stmt]]:
    """Return the source and its statements.

    Raises SyntaxProblem or LimitError; the text is never compiled or run.
    """
    if not isinstance(program, str):
        raise SyntaxProblem(say("The program must be a text."), pointer="/program")
    if len(program) > limits.program_characters:
        raise over_limit(
            "program_characters",
            limits.program_characters,
            len(program),
            say("The number of characters of the program is"),
        )
    source = Source(program)
    check_characters(source.text)
    tree = _tree(source, limits)
    if not tree.body:
        raise SyntaxProblem(
            say("The program is empty; write an assignment such as q = x + y."),
            position=Position(1, 1),
        )
    return source, tree.body


def _tree(source: Source, limits: Limits) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return module(source.dedented)
    except SyntaxError as error:
        position = _error_position(source, error)
        if re.search(_TOO_DEEP, error.msg):
            raise _too_deep(limits, position) from None
        raise SyntaxProblem(_sentence(error.msg), position=position) from None
    except (RecursionError, MemoryError):
        raise _too_deep(limits, None) from None
    except (ValueError, UnicodeError) as error:
        raise SyntaxProblem(say("The program cannot be read: {error}.", error=str(error))) from None


def _too_deep(limits: Limits, position: Position | None) -> LimitError:
    return LimitError(
        say(
            "The program is nested too deeply; at most {most} levels are accepted. "
            "Give parts of it names on lines of their own.",
            most=limits.depth,
        ),
        position=position,
        limit=LimitHit("depth", limits.depth, limits.depth + 1),
    )


def _error_position(source: Source, error: SyntaxError) -> Position:
    """Return where Python stopped; its offset counts characters from 1 (0 or None: unknown)."""
    line = max(error.lineno or 1, 1)
    lines = source.dedented.split("\n")
    shift = source.shift
    if line > len(lines):
        return Position(len(lines), len(lines[-1]) + 1 + shift)
    column = min(max(error.offset or 1, 1), len(lines[line - 1]) + 1)
    return Position(line, column + shift)


# What Python's messages begin with, and the sentence that a learner reads instead.
SENTENCES = (
    ("unexpected indent", say("This line is indented; begin every line at the same column.")),
    (
        "unindent",
        say("This line is indented otherwise than the first; begin all at the same column."),
    ),
    ("'(' was never closed", say("A parenthesis is opened here and never closed.")),
    ("'[' was never closed", say("A bracket is opened here and never closed.")),
    ("unmatched", say("A bracket is closed here that was never opened.")),
    ("closing parenthesis", say("This bracket does not match the one that was opened.")),
    ("cannot assign", say("Only a name can stand left of =, as in q = x + y.")),
    (
        "Exceeds the limit",
        say("This number has too many digits; write it with an exponent, as 1e9."),
    ),
)


def _sentence(message: str) -> Sentence:
    for start, sentence in SENTENCES:
        if start in message:
            return sentence
    return say(
        "The program cannot be read from here on; write assignments such as q = x + y, one per "
        "line or separated by ;."
    )
