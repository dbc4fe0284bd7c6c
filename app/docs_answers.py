"""What this application itself answers to the examples of its reference.

Asked in the process, over ASGI, so that a printed answer is never older than the code.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson
from starlette.types import ASGIApp, Message

HOST = "127.0.0.1:8000"


class Answer(NamedTuple):
    status: int
    body: Any


async def ask(app: ASGIApp, method: str, path: str, body: Any = None) -> Answer:
    """Send one request to the application, and return its answer's JSON (None if it is none)."""
    content = b"" if body is None else orjson.dumps(body)
    headers = {
        "host": HOST,
        "content-type": "application/json",
        "content-length": str(len(content)),
    }
    target, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": target,
        "raw_path": target.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 8000),
    }
    status, parts = 500, []

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    try:
        return Answer(status, orjson.loads(b"".join(parts)))
    except orjson.JSONDecodeError:
        return Answer(status, None)
