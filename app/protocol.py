"""HTTP as it arrives: what is too large, too slow or ambiguous is refused before the application.

uvicorn's parser is strict about the framing; this adds what it leaves to a proxy, since many will
run the server without one: limits of the head, deadlines, and refusals in the one shape of errors.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from http import HTTPStatus
from typing import cast

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.body import ARRIVED
from app.catalogues import DEFAULT, negotiate
from app.catalogues.problems import LANGUAGES
from app.errors import problem, problem_in
from app.limits import DOOR
from app.lingering import Lingering
from app.security import headers_for
from engine.sentence import Sentence, said, say, unfilled

MALFORMED = say("This is not a request in HTTP/1.1; see RFC 9112 for what is.")
CODING = say("The only transfer coding that is accepted is chunked.")
VERSION = say("Requests in HTTP/1.1 and HTTP/1.0 are accepted.")
LATE = unfilled(
    "The request did not arrive in time; its head must be complete in {seconds:g} seconds."
)


class Refusal(Exception):
    """Ends the parsing of a request that is answered with this status and sentence."""


class Careful(HttpToolsProtocol):
    """One connection of a client, which has so many seconds for each head and each body."""

    seconds: float = DOOR.arrival_seconds
    # The application answers 408 first, if it waits for the body at all.
    grace = 5.0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        self._lingering = Lingering(transport)
        super().connection_made(cast(Transport, self._lingering))
        self._timer: TimerHandle | None = None
        self._refusal = (400, MALFORMED)
        self._head_bytes = 0
        self._in_head = True
        self._deaf = False
        self._wait(self.seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._lingering.unwatch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._lingering.closing or self._deaf:
            return
        if self._timer is None:
            self._wait(self.seconds)
        super().data_received(data)
        if self._in_head:
            # Of an unfinished line the parser tells nothing yet.
            self._head_bytes += len(data)
            if self._head_bytes > 2 * DOOR.head_bytes and not self._lingering.closing:
                self._refusal = _too_large()
                self.send_400_response("")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._lingering.watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._lingering.unwatch()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._lingering.amid = True

    def on_url(self, url: bytes) -> None:
        self._head_bytes += len(url)
        if self._head_bytes > DOOR.head_bytes:
            self._refuse(*_too_large())
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value) + 4
        if self._head_bytes > DOOR.head_bytes or len(self.headers) >= DOOR.head_fields:
            self._refuse(*_too_large())
        if name.lower() == b"transfer-encoding" and value.strip().lower() != b"chunked":
            self._refuse(400, CODING)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.parser.get_http_version() not in {"1.0", "1.1"}:
            self._refuse(400, VERSION)
        self._in_head, self._head_bytes = False, 0
        self._wait(self.seconds + DOOR.body_bytes / DOOR.body_bytes_per_second + self.grace)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop()
        self._lingering.amid = False
        cast(dict[str, object], self.scope)[ARRIVED] = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer a request that never reaches the application, and close the connection."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            # What came before was complete, and is answered.
            cycle.keep_alive, self._deaf = False, True
            return
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(refused(*self._refusal, self._language()))
        if cycle is not None:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()

    def _language(self) -> str:
        """Return the language that the fields which have arrived by now ask for."""
        given = (value for name, value in self.headers or () if name.lower() == b"accept-language")
        return negotiate(None, next(given, b"").decode("latin-1"), LANGUAGES)

    def _refuse(self, status: int, sentence: Sentence) -> None:
        self._refusal = (status, sentence)
        raise Refusal(sentence)

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._timer = self.loop.call_later(seconds, self._late)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        self._refusal = (408, said(LATE, {"seconds": self.seconds}))
        if self._in_head and self._head_bytes:
            self.send_400_response("")
        self.transport.close()


def _too_large() -> tuple[int, Sentence]:
    return 431, say(
        "The head of the request is too large; at most {bytes:,} bytes in {fields:,} fields are "
        "accepted.",
        bytes=DOOR.head_bytes,
        fields=DOOR.head_fields,
    )


def refused(status: int, sentence: Sentence, language: str = DEFAULT) -> bytes:
    """Return a whole response that carries a problem."""
    body = orjson.dumps(problem_in(problem(status, sentence), language))
    headers = {
        **headers_for(""),
        "Content-Type": "application/problem+json",
        "Content-Language": language,
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
