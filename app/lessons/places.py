"""Where the values of a TOML text stand: the line of each, by its path.

The standard library reads TOML without places. Here only keys, headers and the ends of values are
found; a key or a header is read by the standard library itself, so both understand it alike.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|'
    r"'''(?:[^']|'(?!''))*'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|"
    r"\#[^\n]*|\n|[\[\]{}=]|[^\"'\#\n\[\]{}=]+|.",
    re.DOTALL,
)
_LONG = ('"""', "'''")
# No field of a lesson lies deeper.
DEEPEST = 8


class Place(NamedTuple):
    """The line of a key, and the one on which its text begins; both from 1."""

    line: int
    text: int
    long: bool = False


def places(text: str) -> dict[Path, Place]:
    """Return the place of each key and each table of a text that is TOML."""
    found: dict[Path, Place] = {(): Place(1, 1)}
    counts: dict[Path, int] = {}
    within: Path = ()
    for line, key, first, long in _statements(text.replace("\r\n", "\n")):
        if first is None:
            within = _table(key, counts)
            found[within] = Place(line, line)
        else:
            path = (*within, *_keys(f"{key}=0"))
            found[path] = Place(line, first, long)
    return found


def line_of(path: Path, found: dict[Path, Place]) -> int:
    """Return the line of a path, or of what it is part of."""
    return place_of(path, found).line


def place_of(path: Path, found: dict[Path, Place]) -> Place:
    """Return the place of a path, or of the nearest thing that holds it."""
    return next(found[path[:end]] for end in range(len(path), -1, -1) if path[:end] in found)


def _statements(text: str) -> list[tuple[int, str, int | None, bool]]:
    """Return each header and each key with its line, the line of its text, and whether it is long.

    A header has no line of a text.
    """
    rows: list[tuple[int, str, int | None, bool]] = []
    line, began, said, depth = 1, 1, "", 0
    first: int | None = None
    long = False
    for token in (found[0] for found in _TOKEN.finditer(text)):
        blank = not said.strip() and first is None
        if token == "\n" and depth == 0:
            if not blank:
                rows.append((began, said.strip(), first, long))
            said, first, long = "", None, False
        elif token.startswith("#"):
            pass
        elif token == "=" and first is None and depth == 0:
            first = line
        else:
            began = line if blank and token.strip() else began
            depth += (token in ("[", "{")) - (token in ("]", "}"))
            if first is None:
                said += token
            elif token.startswith(_LONG) and not long and depth == 0:
                first, long = line + token.startswith(tuple(f"{q}\n" for q in _LONG)), True
        line += token.count("\n")
    if said.strip() or first is not None:
        rows.append((began, said.strip(), first, long))
    return rows


def _table(header: str, counts: dict[Path, int]) -> Path:
    """Return the path of a header; each [[header]] is one more of its list."""
    path: Path = ()
    keys = _keys(header)
    for number, key in enumerate(keys):
        path = (*path, key)
        if header.startswith("[[") and number == len(keys) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _keys(statement: str) -> list[str]:
    keys: list[str] = []
    node: Any = tomllib.loads(statement)
    while isinstance(node, dict | list) and node:
        if isinstance(node, list):
            node = node[0]
        else:
            [(key, node)] = node.items()
            keys.append(key)
    return keys[:DEEPEST]
