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

PROBLEM, JSON = "application/problem+json", "application/json"
# What a run says of itself, and how a training came where its numbers left their range.
NOTICES = ("notices", "where")


class Spoken:
    """Translates the detail of problems, and the notices of answers; all else stays as it is."""

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
        self.kind = ""
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _kind(message) in (PROBLEM, JSON):
            self.start, self.kind = message, _kind(message)
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        told = self.body and (self._problem() if self.kind == PROBLEM else self._noticed())
        if told and (self.kind == PROBLEM or told != self.body):
            self.body = told
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(self.body))
            headers["Content-Language"] = self.language
            headers.add_vary_header("Accept-Language")
        await self.send(start)
        await self.send({"type": "http.response.body", "body": self.body})

    def _problem(self) -> bytes:
        return orjson.dumps(problem_in(orjson.loads(self.body), self.language))

    def _noticed(self) -> bytes:
        """Return the answer with its notices told; the rest, which may be long, is not read."""
        body = self.body
        for member in NOTICES:
            said = _list(body, f"{member}{SAID}")
            if said is None:
                continue
            found = _list(body, member)
            if found is None or not all(map(_is_said, said.items)):
                continue
            told = [retold(one["code"], str(one["text"]), one["parameters"], self.language)
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
    return Headers(raw=message["headers"]).get("content-type", "")
