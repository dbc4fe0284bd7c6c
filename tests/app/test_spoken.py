"""The middleware that tells problems in another language: what it changes, and what it leaves."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.spoken import Spoken

DETAIL = b'{"status":422,"detail":"The request was not valid HTTP."}'


def answered(parts: list[bytes], kind: bytes, language: bytes) -> tuple[dict[str, str], bytes]:
    """Return headers and body of an answer that comes in parts."""
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind), (b"content-length", b"%d" % sum(map(len, parts)))]
        await send({"type": "http.response.start", "status": 422, "headers": headers})
        for i, part in enumerate(parts):
            more = i + 1 < len(parts)
            await send({"type": "http.response.body", "body": part, "more_body": more})

    async def keep(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        raise AssertionError("nothing is read")

    scope: dict[str, Any] = {"type": "http", "headers": [(b"accept-language", language)]}
    asyncio.run(Spoken(app)(scope, nothing, keep))
    start, *rest = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return headers, b"".join(part["body"] for part in rest)


@pytest.mark.parametrize("parts", [[DETAIL], [DETAIL[:9], b"", DETAIL[9:]]])
def test_a_problem_is_told_whole_whatever_its_parts(parts: list[bytes]) -> None:
    headers, body = answered(parts, b"application/problem+json", b"pt-BR")
    assert json.loads(body)["status"] == 422
    assert headers["content-length"] == str(len(body))
    assert headers["content-language"] == "pt-BR"
    assert headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("language", [b"", b"en", b"de, en;q=0.5"])
def test_in_english_nothing_is_touched(language: bytes) -> None:
    headers, body = answered([DETAIL], b"application/problem+json", language)
    assert body == DETAIL
    assert "content-language" not in headers


def test_an_answer_to_head_has_no_body_to_tell() -> None:
    assert answered([b""], b"application/problem+json", b"pt-BR")[1] == b""


def test_what_is_no_problem_goes_through_as_it_is() -> None:
    headers, body = answered([DETAIL], b"application/json", b"pt-BR")
    assert body == DETAIL
    assert headers["content-length"] == str(len(DETAIL))
