"""A plain, synchronous way to ask the application, and to read answers as strict JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI

API = "/api/v1"
SITE = "http://gradwalk.test"
T = TypeVar("T")


class Client:
    """Asks the application in this process, through one event loop."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=SITE)
        self._runner = runner

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self.send(method, path, **options))

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask from within the event loop, so that several requests run side by side."""
        return await self._client.request(method, path, **options)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Run what is asynchronous to its end."""
        return self._runner.run(work)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, body: Any) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return self.ask("POST", API + path, content=content, headers=headers)

    def graph(self, program: str, values: Any = None, **more: Any) -> dict[str, Any]:
        """Return the answer for a graph that must be accepted."""
        answer = self.post("/graphs", {"program": program, "values": values or {}, **more})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = strict(answer)
        return found

    def problem(self, path: str, body: Any, status: int) -> dict[str, Any]:
        """Return the problem that a body must be answered with."""
        return problem(self.post(path, body), status)


@contextmanager
def running(app: FastAPI, runner: asyncio.Runner) -> Iterator[Client]:
    """Ask an application that has its store open, and close it at the end."""
    lifespan = app.router.lifespan_context(app)
    runner.run(_entered(lifespan))
    try:
        yield Client(app, runner)
    finally:
        runner.run(_left(lifespan))


async def _entered(lifespan: Any) -> None:
    await lifespan.__aenter__()


async def _left(lifespan: Any) -> None:
    await lifespan.__aexit__(None, None, None)


def strict(response: httpx.Response) -> Any:
    """Read JSON as RFC 8259 has it: no NaN, no Infinity."""

    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(response.content, parse_constant=refuse)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Check that an answer is a well-formed problem with this status, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = strict(response)
    assert {"type", "title", "status", "detail", "code", "parameters"} <= set(found)
    assert found["status"] == status
    assert found["detail"].strip()[-1] in ".;:!?" or found["detail"][0].isupper()
    return found
