"""Problems and notices in the language of who asks: the header Accept-Language says which.

Both are raised and kept in English; what is said of them stands in a catalogue by their sentences.
"""

from __future__ import annotations

import json

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.catalogues import DEFAULT, negotiate
from app.catalogues.problems import translated

PROBLEM, JSON = "application/problem+json", "application/json"
# What a run says of itself, and how a training came where its numbers left their range.
NOTICES = (b'"notices":', b'"where":')


class Spoken:
    """Translates the detail of problems, and the notices of answers; all else stays as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = DEFAULT
        if scope["type"] == "http":
            language = negotiate(None, Headers(scope=scope).get("accept-language", ""))
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
        problem = orjson.loads(self.body)
        return orjson.dumps({**problem, "detail": translated(problem["detail"], self.language)})

    def _noticed(self) -> bytes:
        """Return the answer with its notices told; the rest, which may be long, is not read."""
        body = self.body
        for member in NOTICES:
            # A quote within a string is escaped: this stands for a member and for nothing else.
            at = body.rfind(member)
            start = at + len(member)
            if at < 0 or not body.startswith(b'["', start):
                continue
            text = body[start:].decode()
            sentences, end = json.JSONDecoder().raw_decode(text)
            if not all(isinstance(one, str) for one in sentences):
                continue
            told = [translated(one, self.language) for one in sentences]
            body = body[:start] + orjson.dumps(told) + text[end:].encode()
        return body


def _kind(message: Message) -> str:
    return Headers(raw=message["headers"]).get("content-type", "")
