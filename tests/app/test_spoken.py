"""The middleware that tells problems in another language: what it changes, and what it leaves."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.spoken import Spoken
from app.streams import event
from app.training_stream import LOST
from tests.app.client import API, Client
from tests.app.networks import events

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


def test_an_event_that_is_a_problem_is_told_and_the_ones_beside_it_stay() -> None:
    progress = event("progress", {"iteration": 1, "frame": "event: error"})
    for kind in (b"text/event-stream", b"text/event-stream; charset=utf-8"):
        headers, body = answered([b": still here\n\n", progress + LOST], kind, b"pt-BR")
        assert body.startswith(b": still here\n\n" + progress)
        told = events(body.decode())[-1]
        assert told[0] == "error"
        assert told[1]["detail"] != events(LOST.decode())[0][1]["detail"]
        assert "armazen" in told[1]["detail"] or "guard" in told[1]["detail"]
    assert int(headers["content-length"]) == len(body)


def test_what_is_no_problem_goes_through_as_it_is() -> None:
    for kind in (b"application/json", b"text/plain", b"text/event-stream"):
        headers, body = answered([DETAIL], kind, b"pt-BR")
        assert body == DETAIL
        assert headers["content-length"] == str(len(DETAIL))


@pytest.mark.parametrize(
    "body",
    [
        b'{"notices":[]}',
        b'{"notices":{"type":"array"}}',
        b'{"notices":[1.5,"NaN"],"where":[["the last line"]]}',
        b'{"label":"\\"notices\\":[\\"the last line\\"]"}',
    ],
)
def test_what_is_no_notice_is_left_alone(body: bytes) -> None:
    assert answered([body], b"application/json", b"pt-BR")[1] == body


SOFT: dict[str, Any] = {"inputs": 1, "layers": [{"units": 1, "activation": "softmax"}],
                        "loss": "bce", "optimizer": {"name": "sgd", "learning_rate": 0.1},
                        "data": {"x": [[1], [2]], "y": [[0], [1]]}}  # fmt: skip
# What is said of runs, and how often: each sentence of its own kind.
TOLD: list[tuple[str, dict[str, Any], int]] = [
    ("/graphs", {"program": "f = x * x", "values": {"x": [1, 2]}}, 1),
    ("/graphs", {"program": "x * x", "values": {"x": [1, 2], "y": 3}}, 2),
    ("/graphs", {"program": "f = x + 1e-999", "values": {"x": 1, "f": 2}}, 2),
    ("/graphs", {"program": "f = log(x)", "values": {"x": 0}}, 2),
    ("/graphs", {"program": "a = x - x; f = sum(sqrt(a) * y)", "values": {"x": [0], "y": [0]}}, 1),
    ("/graphs", {"program": "f = sum(log(softmax(x)))", "values": {"x": [0, 1000]}}, 3),
    ("/graphs", {"program": "f = sum(x / x)", "values": {"x": [0, 1]}}, 2),
    ("/graphs", {"program": "y = x * log(x); f = sum(y)", "values": {"x": [0, 1]}}, 2),
    ("/networks", SOFT, 1),
    ("/networks", {**SOFT, "loss": "cross_entropy"}, 2),
    ("/networks", {**SOFT, "layers": [{"units": 1, "activation": "tanh"}]}, 1),
]  # fmt: skip
ENGLISH = re.compile(r"\b(the|is|are|not|must|with|takes|leaves|value of|gradient of)\b", re.I)


@pytest.mark.parametrize(("path", "body", "least"), TOLD, ids=range(len(TOLD)))
def test_notices_are_told_in_portuguese(
    client: Client, path: str, body: dict[str, Any], least: int
) -> None:
    english = client.post(path, body).json()
    headers = {"Accept-Language": "pt-BR"}
    answer = client.ask("POST", API + path, json=body, headers=headers)
    told = answer.json()
    assert len(told["notices"]) == len(english["notices"]) >= least
    for notice, sentence in zip(told["notices"], english["notices"], strict=True):
        assert notice != sentence
        assert not ENGLISH.search(notice), notice
    assert answer.headers["content-language"] == "pt-BR"
    assert answer.headers["content-length"] == str(len(answer.content))
    if path == "/graphs":
        assert {**told, "notices": 0} == {**english, "notices": 0}


def test_a_mean_and_a_failed_step_are_told_in_portuguese(client: Client) -> None:
    headers = {"Accept-Language": "pt-BR"}
    line = {**SOFT, "layers": [{"units": 1}], "loss": "mse",
            "optimizer": {"name": "sgd", "learning_rate": 1e200}}  # fmt: skip
    network = client.post("/networks", line).json()["id"]
    here = f"{API}/networks/{network}"
    mean = client.ask("GET", f"{here}/graph?rows=mean", headers=headers).json()
    assert mean["notices"][0].startswith("Cada número é a média sobre 2 linhas")
    step = {"phase": "iteration", "count": 9}
    failed = client.ask("POST", f"{here}/step", json=step, headers=headers).json()
    assert failed["stopped"] == "nonfinite"
    assert failed["where"] and not any(map(ENGLISH.search, failed["where"])), failed["where"]
