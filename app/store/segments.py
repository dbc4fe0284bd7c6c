"""The specs that a network has had, by the iteration from which on each held, as one text.

Each stands as what differs from the one before, so that a table of data is stored once, however
often a slider moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

# Of an object: fields that are new or other, objects within it that differ, and fields gone.
PUT, WITHIN, GONE = "=", "~", "-"


@dataclass(frozen=True, slots=True)
class Segment:
    """The spec that holds from an iteration on; `changed` are the fields of the PATCH, if any."""

    begins: int
    spec: dict[str, Any]
    changed: dict[str, Any] | None = None


def packed(segments: Sequence[Segment]) -> str:
    """Return a text that has of each its begin, the PATCH, and how its spec differs."""
    before: list[dict[str, Any]] = [{}, *(part.spec for part in segments)]
    return orjson.dumps(
        [
            {"begins": part.begins, "changed": part.changed, "spec": _other(spec, part.spec)}
            for spec, part in zip(before, segments, strict=False)
        ]
    ).decode()


def unpacked(text: str) -> Iterator[Segment]:
    """Yield the segments of a text; an earlier release wrote lists, with every spec whole."""
    spec: dict[str, Any] = {}
    for row in orjson.loads(text):
        if isinstance(row, list):
            yield Segment(*row)
        else:
            spec = _changed(spec, row["spec"])
            yield Segment(row["begins"], spec, row["changed"])


def _other(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    gone = [name for name in before if name not in after]
    found: dict[str, Any] = {PUT: {}, WITHIN: {}, GONE: gone}
    for name, value in after.items():
        known = before.get(name)
        if name in before and _same(known, value):
            continue
        if isinstance(known, dict) and isinstance(value, dict):
            found[WITHIN][name] = _other(known, value)
        else:
            found[PUT][name] = value
    return {kind: fields for kind, fields in found.items() if fields}


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: 1, 1.0 and true are equal in Python, and not here."""
    return one is other or orjson.dumps(one) == orjson.dumps(other)


def _changed(before: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in before.items() if name not in other.get(GONE, ())}
    within = {name: _changed(kept[name], part) for name, part in other.get(WITHIN, {}).items()}
    return {**kept, **other.get(PUT, {}), **within}
