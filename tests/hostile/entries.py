"""The corpus of hostile requests: one JSON object a line.

An entry is `row`, the kind of bad input, `id`, `method`, `path`, `headers`, `body` and `expected`,
the statuses that are right; or `row`, `id`, `raw` and `expected`, where `raw` is sent as it is,
head and all. `{network}` in a path or in `raw` stands for a network that is there, and must be as
it was afterwards.

Bytes are written in base64; or as {"text": …}; or as {"part", "times", "before", "after"}, the
former repeated; or as a list of these, one after the other.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

CORPUS = Path(__file__).with_name("corpus.jsonl")
NETWORK = b"{network}"
JSON = {"Content-Type": "application/json"}


class Entry(NamedTuple):
    """`head` and `body` are sent one after the other."""

    id: str
    method: str
    path: str
    head: bytes
    body: bytes
    expected: frozenset[int]
    row: str = ""

    def request(self, network: str) -> bytes:
        """Return the bytes to be sent."""
        return self.head.replace(NETWORK, network.encode()) + self.body


def entries() -> Iterator[Entry]:
    """Read the corpus."""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "raw" in row:
            sent = content(row["raw"])
            yield Entry(row["id"], "", "", sent, b"", frozenset(row["expected"]), row["row"])
        else:
            found = entry(
                row["id"], row["method"], row["path"], row.get("headers", {}),
                content(row.get("body")), row["expected"],
            )  # fmt: skip
            yield found._replace(row=row["row"])


def entry(
    name: str,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    expected: Iterator[int] | list[int] | set[int],
) -> Entry:
    """Return the entry of a request whose framing is in order."""
    fields = {"Host": "localhost", **headers, "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1".encode()]
    lines += [name.encode() + b": " + value.encode("latin-1") for name, value in fields.items()]
    head = b"\r\n".join([*lines, b"", b""])
    return Entry(name, method, path, head, body, frozenset(expected))


def content(given: Any) -> bytes:
    """Return the bytes that are written in one of the ways above."""
    if given is None:
        return b""
    if isinstance(given, list):
        return b"".join(content(one) for one in given)
    if isinstance(given, str):
        return base64.b64decode(given)
    if "text" in given:
        return str(given["text"]).encode("utf-8", "surrogatepass")
    parts = {name: content(given.get(name)) for name in ("before", "part", "after")}
    return parts["before"] + parts["part"] * int(given["times"]) + parts["after"]
