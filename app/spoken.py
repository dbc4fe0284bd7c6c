"""Problems and notices in the language of who asks: the header Accept-Language says which.

Both are raised and kept in English, with codes and parameters, from which they are said anew.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.catalogues import DEFAULT, negotiate
from app.catalogues.coded import SAID
from app.catalogues.problems import LANGUAGES, retold
from app.errors import problem_in

PROBLEM, JSON, EVENTS = "application/problem+json", "application/json", "text/event-stream"
# What a run says of itself, and how a training came where its numbers left their range.
NOTICES = ("notices", "where")
ERROR, DATA = b"event: error", b"data: "


class Spoken:
    """Translates the detail of problems, and the notices of answers and of events as they come.

    All else stays as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = DEFAULT
        if scope["type"] == "http":
            language = negotiate(None, Headers(scope=scope).get("accept-language", ""), LANGUAGES)
        if language == DEFAULT:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Translator(send, language))


class _Translator:
    """Holds a problem back until it is whole, and sends it in another language."""

    def __init__(self, send: Send, language: str) -> None:
        self.send, self.language = send, language
        self.start: Message | None = None
        self.streams = False
        self.kind = ""
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self.start is None:
            whole = self.streams and message.get("body")
            await self.send({**message, "body": self._events(whole)} if whole else message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _begin(self, start: Message) -> None:
        """Hold back what has to be whole; a stream of events comes in whole ones."""
        headers, kind = Headers(raw=start["headers"]), _kind(start)
        self.streams = kind == EVENTS and "content-length" not in headers
        if kind in (PROBLEM, JSON) or (kind == EVENTS and not self.streams):
            self.start, self.kind = start, kind
        else:
            await self.send(start)

    async def _finish(self, start: Message) -> None:
        told = self.body and self._told()
        if told and (self.kind == PROBLEM or told != self.body):
            self.body = told
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(self.body))
            headers["Content-Language"] = self.language
            headers.add_vary_header("Accept-Language")
        await self.send(start)
        await self.send({"type": "http.response.body", "body": self.body})

    def _told(self) -> bytes:
        if self.kind == PROBLEM:
            return _problem(self.body, self.language)
        return (
            self._events(self.body) if self.kind == EVENTS else _noticed(self.body, self.language)
        )

    def _events(self, whole: bytes) -> bytes:
        """Return events with their sentences told; the data of one are JSON in one line."""
        lines, failed = [], False
        for line in whole.split(b"\n"):
            if line.startswith(b"event: "):
                failed = line == ERROR
            elif line.startswith(DATA):
                tell = _problem if failed else _noticed
                line = DATA + tell(line[len(DATA) :], self.language)
            lines.append(line)
        return b"\n".join(lines)


def _problem(body: bytes, language: str) -> bytes:
    return orjson.dumps(problem_in(orjson.loads(body), language))


def _noticed(body: bytes, language: str) -> bytes:
    """Return the answer with its notices told; the rest, which may be long, is not read."""
    for member in NOTICES:
        said = _list(body, f"{member}{SAID}")
        if said is None:
            continue
        found = _list(body, member)
        if found is None or not all(map(_is_said, said.items)):
            continue
        told = [retold(one["code"], str(one["text"]), one["parameters"], language)
                for one in said.items]  # fmt: skip
        body = body[: found.start] + orjson.dumps(told) + body[found.end :]
    return body


class _List(NamedTuple):
    """A list that is a member of an answer, and where it stands there."""

    items: list[Any]
    start: int
    end: int


def _list(body: bytes, member: str) -> _List | None:
    """Return the last list of this name that is not empty."""
    # A quote within a string is escaped: this stands for a member and for nothing else.
    name = f'"{member}":'.encode()
    at = body.rfind(name)
    start = at + len(name)
    if at < 0 or body[start : start + 2] not in (b'["', b"[{"):
        return None
    text = body[start:].decode()
    items, end = json.JSONDecoder().raw_decode(text)
    return _List(items, start, start + len(text[:end].encode()))


def _is_said(one: Any) -> bool:
    return isinstance(one, dict) and {"code", "text", "parameters"} <= set(one)


def _kind(message: Message) -> str:
    return Headers(raw=message["headers"]).get("content-type", "").partition(";")[0]
