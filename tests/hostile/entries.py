"""The corpus of hostile requests: one JSON object a line, the body in base64.

`{network}` in a path stands for a network that is there, and must be as it was afterwards.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

CORPUS = Path(__file__).with_name("corpus.jsonl")


class Entry(NamedTuple):
    id: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    expected: set[int]


def entries() -> Iterator[Entry]:
    """Read the corpus; of a large body it says what is repeated, how often, and what is around."""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Entry(
            row["id"], row["method"], row["path"], row.get("headers", {}), _body(row.get("body")),
            set(row["expected"]),
        )  # fmt: skip


def _body(given: Any) -> bytes:
    if given is None:
        return b""
    if isinstance(given, str):
        return base64.b64decode(given)
    parts = {name: base64.b64decode(given.get(name, "")) for name in ("before", "part", "after")}
    return parts["before"] + parts["part"] * int(given["times"]) + parts["after"]
