"""Problems in the language of who asks: the header Accept-Language says which."""

from __future__ import annotations

import orjson
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.catalogues import DEFAULT, negotiate
from app.catalogues.problems import translated

PROBLEM = "application/problem+json"


class Spoken:
    """Translates the detail of problems; every other answer goes through as it is."""

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
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _tells_problem(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        if self.body:
            problem = orjson.loads(self.body)
            problem["detail"] = translated(problem["detail"], self.language)
            self.body = orjson.dumps(problem)
            headers = MutableHeaders(scope=start)
            headers["Content-Length"] = str(len(self.body))
            headers["Content-Language"] = self.language
            headers.add_vary_header("Accept-Language")
        await self.send(start)
        await self.send({"type": "http.response.body", "body": self.body})


def _tells_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "") == PROBLEM
