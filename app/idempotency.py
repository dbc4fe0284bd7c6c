"""Retried writes: a request with an `Idempotency-Key` is worked on once, and answered every time.

The answer is stored in the transaction that stores the change, so that a crash leaves both or none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.errors import Refused
from app.store.answers import Answer
from app.store.sealed import named, opened, sealed
from engine.sentence import say

HEADER = "idempotency-key"
KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?")


@dataclass(frozen=True, slots=True)
class Ticket:
    """The key of a request with where it counts, and a digest of what was asked."""

    secret: str
    digest: bytes

    @property
    def name(self) -> str:
        """What the store holds of the key."""
        return named(self.secret)

    def replay(self, answer: Answer) -> Response:
        """Return a stored answer again; refuse the key if it belongs to another body."""
        if answer.digest != self.digest:
            raise Refused(
                422,
                say(
                    "This Idempotency-Key was sent before with another body; take a "
                    "new key for a new request."
                ),
            )
        headers, _, body = opened(self.secret, answer.content).partition(b"\n")
        given = {**orjson.loads(headers), "Idempotency-Replayed": "true"}
        return Response(body, answer.status, given)

    def answer(self, response: Response) -> Answer:
        """Return what is stored of a response."""
        kept = {"content-type", "etag", "location"}
        headers = {name: value for name, value in response.headers.items() if name in kept}
        content = orjson.dumps(headers) + b"\n" + bytes(response.body)
        return Answer(self.digest, response.status_code, sealed(self.secret, content))


async def ticket(request: Request) -> Ticket | None:
    """Read the key of a request, None where it has none.

    A key counts for one address: method and path, and for new networks also who asks, since keys
    of different people may be the same.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise Refused(
            400, say("Idempotency-Key must have 1 to 200 visible ASCII characters, such as a UUID.")
        )
    path = request.scope["path"]
    client = request.client.host if request.client and "network" not in request.path_params else ""
    scope = f"{request.method} {path} {client}".strip()
    return Ticket(f"{scope[:200]}\n{key}", await _digest(request))


class Running:
    """The requests with a key that are being worked on in this process."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()

    @contextmanager
    def once(self, given: Ticket | None) -> Iterator[None]:
        """Hold a key while its request runs; refuse another one with the same key meanwhile."""
        if given is None:
            yield
            return
        if given.secret in self._tickets:
            raise still_running()
        self._tickets.add(given.secret)
        try:
            yield
        finally:
            self._tickets.discard(given.secret)


def still_running() -> Refused:
    """Return the refusal of a key whose first request has no answer yet."""
    return Refused(
        409,
        say(
            "A request with this Idempotency-Key is still running; send it again in a "
            "moment to get its answer."
        ),
        {"Retry-After": "1"},
    )


async def _digest(request: Request) -> bytes:
    """Return a digest of the body; the same JSON in other words is the same body."""
    raw = await request.body() if "content-type" in request.headers else b""
    # What is no JSON, or nested too deeply to be written again, stands for itself.
    with suppress(ValueError, orjson.JSONEncodeError):
        raw = orjson.dumps(orjson.loads(raw), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(raw).digest()
