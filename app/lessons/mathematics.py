"""Whether LaTeX can be typeset: the commands that lessons know, and how they are put together.

The page typesets with Temml; a test holds both to the same verdicts. What Temml knows beyond the
table is refused here, so that no text reaches the few commands that do more than draw.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from engine.sentence import Sentence, say

DEEPEST = 40
TEXTS = frozenset({"text", "textbf", "textit", "textrm", "textsf", "texttt", "operatorname",
                   "operatorname*"})  # fmt: skip
_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\s+|.", re.DOTALL)
_END = ""


class Unset(Exception):
    """LaTeX that cannot be typeset; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def fault(latex: str) -> Sentence | None:
    """Return the sentence that says why LaTeX cannot be typeset, None if it can."""
    try:
        _Reader(latex).whole()
    except Unset as found:
        return found.sentence
    return None


@cache
def _commands() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("commands.json").read_text(encoding="utf-8")
    return {kind: frozenset(words.split()) for kind, words in json.loads(text).items()}


@cache
def _arguments() -> dict[str, int]:
    """Return how many arguments each command takes."""
    table = _commands()
    sizes = dict.fromkeys(table["sizes"], 0)
    return sizes | {name: n for n in range(3) for name in table[str(n)]} | {"operatorname*": 1}


class _Reader:
    """Reads LaTeX once, from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
        self.at = 0
        self.depth = 0

    def whole(self) -> None:
        self._sequence("")
        if self._next() != _END:
            raise Unset(_closed(self._next()))

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def _take(self) -> str:
        token = self._next()
        self.at += 1
        return token

    def _sequence(self, environment: str) -> None:
        """Read up to what closes the group; scripts come at most once each."""
        self._down()
        scripts: set[str] = set()
        while self._next() not in (_END, "}", "\\right", "\\end", "\\middle"):
            token = self._next()
            if token in ("^", "_"):
                self._script(scripts)
            elif token == "&":
                if not environment:
                    raise Unset(say("The sign & stands between columns alone; write \\&."))
                self._take()
                scripts = set()
            else:
                if token not in ("'", "\\limits", "\\nolimits"):
                    scripts = set()
                self._atom()
        self.depth -= 1

    def _script(self, scripts: set[str]) -> None:
        sign = self._take()
        if sign in scripts:
            raise Unset(
                say("The sign {sign} follows twice; put the first part in braces.", sign=sign)
            )
        scripts.add(sign)
        self._argument(sign)

    def _argument(self, of: str) -> None:
        if self._next() in (_END, "}", "^", "_", "&", "\\\\", "\\right", "\\end", "\\middle"):
            raise Unset(say("Something is missing after {of}.", of=of))
        self._down()
        self._atom()
        self.depth -= 1

    def _down(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unset(say("Groups lie in one another more than {most} deep.", most=DEEPEST))

    def _atom(self) -> None:
        token = self._take()
        if token == "{":
            self._group()
        elif token == "\\left":
            self._fence()
        elif token == "\\begin":
            self._environment()
        elif token.startswith("\\") and token != "\\\\":
            self._command(token)
        elif token in ("#", "%", "$"):
            raise Unset(
                say("The sign {sign} does not stand by itself; write \\{sign}.", sign=token)
            )

    def _group(self) -> None:
        self._sequence("")
        if self._take() != "}":
            raise Unset(say("A brace {{ is never closed."))

    def _command(self, token: str) -> None:
        name = token[1:]
        if name.endswith("*") and name not in TEXTS:
            name, self.tokens[self.at - 1] = name[:-1], token[:-1]
            self.tokens.insert(self.at, "*")
        count = _arguments().get(name)
        if count is None:
            raise Unset(
                say(
                    "There is no command \\{name} here; docs/authoring.md lists them.",
                    name=name[:40],
                )
            )
        if name == "sqrt" and self._next() == "[":
            while self._take() not in ("]", _END):
                pass
        if name in TEXTS and self._next() == "{":
            return self._text()
        if name in _commands()["sizes"]:
            return self._delimiter(token)
        for _ in range(count):
            self._argument(token)
        return None

    def _text(self) -> None:
        depth = 0
        while self._next() != _END:
            token = self._take()
            depth += (token == "{") - (token == "}")
            if token in ("#", "%", "&", "^", "_") or (token[:1] == "\\" and token[1:].isalpha()):
                raise Unset(
                    say(
                        "Inside of \\text{{…}} there are words alone, not {found}.",
                        found=token[:40],
                    )
                )
            if depth == 0:
                return
        raise Unset(say("A brace {{ is never closed."))

    def _fence(self) -> None:
        self._delimiter("\\left")
        self._sequence("")
        while self._next() == "\\middle":
            self._take()
            self._delimiter("\\middle")
            self._sequence("")
        if self._take() != "\\right":
            raise Unset(say("A \\left has no \\right."))
        self._delimiter("\\right")

    def _delimiter(self, of: str) -> None:
        token = self._take()
        if token.removeprefix("\\") not in _commands()["delimiters"] or token in ("{", "}"):
            raise Unset(say("After {of} comes a bracket such as ( or [ or \\{{.", of=of))

    def _environment(self) -> None:
        name = self._name()
        if name not in _commands()["environments"]:
            raise Unset(
                say(
                    "There is no environment {name} here; docs/authoring.md lists them.",
                    name=name[:40],
                )
            )
        if name == "array":
            self._name()
        self._sequence(name)
        if self._take() != "\\end" or self._name() != name:
            raise Unset(say("A \\begin{{{name}}} has no \\end{{{name}}}.", name=name))

    def _name(self) -> str:
        """Return what stands in the braces that come next."""
        said = ""
        if self._take() == "{":
            while self._next() not in ("}", _END):
                said += self._take()
            self._take()
        return said


def _closed(token: str) -> Sentence:
    if token == "}":
        return say("A brace }} closes nothing.")
    return say("The command {command} has no beginning.", command=token)
