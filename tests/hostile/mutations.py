"""Requests of the corpus, bent: each function takes a body and a source of choices.

Those of bytes cut, repeat and flip; those of JSON swap types, repeat keys, nest, and write numbers
and texts as nobody does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn
Place = tuple[str | int, ...]

# Written as they are, so that JSON may hold what Python's own writer would refuse.
ODD = (
    "null", "true", "[]", "{}", '""', '"x"', "0", "-0.0", "-1", "1.5", "1e-400", "1e308",
    "-1e308", "9007199254740993", "18446744073709551616", "1" + "0" * 400, "1e999", "NaN", "01",
    "'x'", "tru", "[[]]", "[null]", "[1,[2]]", '{"a":1}', '"NaN"', '"Infinity"', '"\\u0000"',
    '"\\ud800"', '"\\u202e"', '"e\\u0301"', '"' + "\\u0301" * 500 + '"', '"' + "a" * 300 + '"',
    "[" * 30 + "]" * 30, "[" * 300 + "]" * 300, "[" * 2000 + "]" * 2000,
    '{"a":' * 300 + "1" + "}" * 300,
)  # fmt: skip
KEYS = ("", "x", "name", "program", "__proto__", "\u0000", "\ud800", "é", "a" * 300, "x\u0301")
MARK = "\u2603here\u2603"


def bent(draw: Draw, body: bytes) -> bytes:
    """Return a body with one to three changes."""
    for _ in range(draw(st.integers(1, 3))):
        body = draw(st.sampled_from(CHANGES))(draw, body)
    return body


def truncated(draw: Draw, body: bytes) -> bytes:
    return body[: draw(st.integers(0, len(body)))]


def repeated(draw: Draw, body: bytes) -> bytes:
    begin, end = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    times = draw(st.sampled_from((2, 10, 1000)))
    return body[:begin] + body[begin:end][:200] * times + body[end:]


def flipped(draw: Draw, body: bytes) -> bytes:
    place = draw(st.integers(0, len(body)))
    return body[:place] + draw(st.binary(min_size=1, max_size=4)) + body[place + 1 :]


def swapped(draw: Draw, body: bytes) -> bytes:
    """Put something odd where a value stands."""

    def change(value: Any, place: Place) -> Any:
        return put(value, place, MARK)

    return written(draw, body, change).replace(quoted(MARK), draw(st.sampled_from(ODD)).encode())


def doubled(draw: Draw, body: bytes) -> bytes:
    """Name a key of an object a second time, with another value."""
    found = body.find(b":")
    key = body[body.rfind(b'"', 0, max(found - 1, 0)) : found] if found > 0 else b'"x"'
    odd = draw(st.sampled_from(ODD)).encode()
    return body.replace(b"{", b"{" + (key if key[:1] == b'"' else b'"x"') + b":" + odd + b",", 1)


def added(draw: Draw, body: bytes) -> bytes:
    """Add a key to an object, or an element to a list."""
    key, odd = draw(st.sampled_from(KEYS)), draw(st.sampled_from(ODD))

    def change(value: Any, place: Place) -> Any:
        inside = at(value, place)
        more = {**inside, key: MARK} if isinstance(inside, dict) else [inside, MARK]
        return put(value, place, more)

    return written(draw, body, change).replace(quoted(MARK), odd.encode())


def nested(draw: Draw, body: bytes) -> bytes:
    """Put a value into lists or objects, many deep."""
    depth = draw(st.integers(1, 400))
    opens, closes = draw(st.sampled_from((("[", "]"), ('{"x":', "}"))))

    def change(value: Any, place: Place) -> Any:
        return put(value, place, [MARK, at(value, place)])

    text = written(draw, body, change)
    return text.replace(quoted(MARK), (opens * depth + "1" + closes * depth).encode())


def without(draw: Draw, body: bytes) -> bytes:
    """Leave a key or an element out."""

    def change(value: Any, place: Place) -> Any:
        if not place:
            return value
        inside = at(value, place[:-1])
        if isinstance(inside, dict):
            rest: Any = {key: one for key, one in inside.items() if key != place[-1]}
        else:
            rest = [one for i, one in enumerate(inside) if i != place[-1]]
        return put(value, place[:-1], rest)

    return written(draw, body, change)


CHANGES = (truncated, repeated, flipped, swapped, swapped, swapped, doubled, added, nested, without)


def written(draw: Draw, body: bytes, change: Callable[[Any, Place], Any]) -> bytes:
    """Change one place of a body that is JSON; leave another as it is."""
    try:
        value = json.loads(body)
        found = list(places(value))
        return json.dumps(change(value, draw(st.sampled_from(found)))).encode()
    except (ValueError, RecursionError):
        return body


def quoted(text: str) -> bytes:
    return json.dumps(text).encode()


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the way to each value, the whole first; of a long list the first few."""
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for i, one in enumerate(value[:4]):
            yield from places(one, (*path, i))


def at(value: Any, place: Place) -> Any:
    for key in place:
        value = value[key]
    return value


def put(value: Any, place: Place, new: Any) -> Any:
    """Return a value with another one at a place."""
    if not place:
        return new
    at(value, place[:-1])[place[-1]] = new
    return value
