"""Long tuples in generated text, nested so that Python builds every one of them on its stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# The compiler grows displays of more than 30 items one by one.
GROUP = 30
# Up to this many elements of a list are faster written one by one than as a slice.
FEW = 8


def packed(names: list[str]) -> str:
    """Write a tuple of names; of more than 30, a tuple of tuples, and so on."""
    while len(names) > GROUP:
        names = [_tuple(names[i : i + GROUP]) for i in range(0, len(names), GROUP)]
    return _tuple(names)


def _tuple(names: list[str]) -> str:
    return f"({', '.join(names)},)" if names else "()"


def flattened(nested: Any) -> Iterator[float]:
    """Yield the numbers of a nested tuple in order."""
    for part in nested:
        if isinstance(part, tuple):
            yield from flattened(part)
        else:
            yield part


def unpacked(names: list[str], source: str, nested: bool = False) -> Iterator[str]:
    """Yield the line that takes names out of a list, or of what `packed` wrote."""
    if names:
        yield f" {packed(names) if nested else _tuple(names)} = {source}"


def assigned(target: str, parts: list[str]) -> Iterator[str]:
    """Yield the lines that overwrite a list."""
    if len(parts) <= FEW:
        yield from (f"{target}[{i}] = {part}" for i, part in enumerate(parts))
        return
    for i in range(0, len(parts), GROUP):
        group = parts[i : i + GROUP]
        yield f"{target}[{i}:{i + len(group)}] = {_tuple(group)}"


def unique(names: Iterable[str]) -> list[str]:
    """Return the names without repeats, in order of appearance."""
    return list(dict.fromkeys(names))
