"""JSON for reading: short things in one line, long lists cut with a word on what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson

WIDTH = 76
LONGEST = 2
LONGEST_TEXT = 160


def compact(value: Any) -> str:
    """Return JSON in one line, with a space after commas and colons."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{compact(k)}: {compact(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(compact, value)) + "]"
    return orjson.dumps(value).decode()


def pretty(value: Any, room: int = WIDTH, indent: str = "") -> str:
    """Return valid JSON, broken where a line would be too long."""
    flat = compact(value)
    if len(flat) <= room or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        rows = [f"{compact(k)}: {pretty(v, room - len(k) - 6, inner)}" for k, v in value.items()]
    else:
        rows = [pretty(item, room - 2, inner) for item in value]
    return _block("{}" if isinstance(value, dict) else "[]", rows, ",", indent)


def excerpt(value: Any, more: Callable[[int], str], room: int = WIDTH, indent: str = "") -> str:
    """Return JSON for reading only: of a list that takes many lines, the first two items.

    `more` says how many are left out; long texts end with three dots.
    """
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return compact(value[:LONGEST_TEXT] + "…")
    flat = compact(value)
    if len(flat) <= room or not isinstance(value, dict | list) or not value:
        return flat
    rows = list(_rows(value, more, room, indent + "  "))
    return _block("{}" if isinstance(value, dict) else "[]", rows, "", indent)


def _rows(value: Any, more: Callable[[int], str], room: int, inner: str) -> Iterator[str]:
    if isinstance(value, dict):
        for at, (key, item) in enumerate(value.items(), 1):
            comma = "," if at < len(value) else ""
            yield f"{compact(key)}: {excerpt(item, more, room - len(key) - 6, inner)}{comma}"
        return
    shown = value[:LONGEST] if len(value) > LONGEST + 1 else value
    for at, item in enumerate(shown, 1):
        comma = "," if at < len(value) else ""
        yield excerpt(item, more, room - 2, inner) + comma
    if len(shown) < len(value):
        yield f"… {more(len(value) - len(shown))}"


def _block(brackets: str, rows: list[str], comma: str, indent: str) -> str:
    body = f"{comma}\n".join(f"{indent}  {row}" for row in rows)
    return f"{brackets[0]}\n{body}\n{indent}{brackets[1]}"
