from __future__ import annotations

import json
from typing import Any

import pytest

from app.limits import DOOR, table
from engine.limits import DEFAULT
from tests.app.client import API, Client, problem, strict
from tests.app.networks import XOR

OK = {"program": "f = x * 2", "values": {"x": 1}}

MALFORMED = {
    "nothing": b"",
    "cut off": b'{"program": "f = x',
    "NaN": b'{"program": "f = x", "values": {"x": NaN}}',
    "Infinity": b'{"program": "f = x", "values": {"x": -Infinity}}',
    "too large for a double": b'{"program": "f = x", "values": {"x": 1e999}}',
    "lone surrogate": b'{"program": "f = \\ud800"}',
    "not UTF-8": b'{"program": "\xff"}',
    "UTF-16": json.dumps(OK).encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + json.dumps(OK).encode(),
    "single quotes": b"{'program': 'f = x'}",
    "trailing comma": b'{"program": "f = x",}',
    "two documents": b"{} {}",
    "NUL": b'{"program": "f"}\0',
    "deep": b"[" * 100_000,
    "deep and closed": b'{"program": "f = x", "values": {"x": '
    + b"[" * 5_000
    + b"]" * 5_000
    + b"}}",
}

INVALID: dict[str, tuple[dict[str, Any], str | None]] = {
    "a bool": ({**OK, "values": {"x": True}}, "/values/x"),
    "a string": ({**OK, "values": {"x": "1"}}, "/values/x"),
    "null": ({**OK, "values": {"x": None}}, "/values/x"),
    "an object": ({**OK, "values": {"x": {}}}, "/values/x"),
    "a bool inside": ({**OK, "values": {"x": [1, [False]]}}, None),
    "ragged": ({**OK, "values": {"x": [[1, 2], [3]]}}, None),
    "five dimensions": ({**OK, "values": {"x": [[[[[1]]]]]}}, None),
    "values that are a list": ({**OK, "values": []}, "/values"),
    "an unknown field": ({**OK, "owner": 1}, "/owner"),
    "no program": ({"values": {}}, "/program"),
    "a program that is a number": ({"program": 1}, "/program"),
    "a constant that is a number": ({**OK, "constants": [1]}, "/constants/0"),
    "check as a number": ({**OK, "check": 1}, "/check"),
    "a language that is not there": ({**OK, "explain": "xx"}, "/explain"),
    "a detail that is not there": ({**OK, "detail": "fine"}, "/detail"),
    "a label that is a number": ({**OK, "labels": {"x": 1}}, "/labels/x"),
    "a long label": ({**OK, "labels": {"x": "x" * 10_000}}, "/labels/x"),
    "a label with a control character": ({**OK, "labels": {"x": "a\u0007"}}, "/labels/x"),
    "a label that turns text around": ({**OK, "labels": {"x": "a\u202eb"}}, "/labels/x"),
    "a rate that is a string": (
        {**OK, "update": {"learning_rate": "0.1", "parameters": ["x"]}},
        "/update/learning_rate",
    ),
    "an unknown field of update": (
        {**OK, "update": {"learning_rate": 0.1, "parameters": ["x"], "momentum": 0}},
        "/update/momentum",
    ),
    "an update of what is no leaf": (
        {**OK, "update": {"learning_rate": 0.1, "parameters": ["f"]}},
        None,
    ),
    "an update of a constant": (
        {**OK, "constants": ["x"], "update": {"learning_rate": 0.1, "parameters": ["x"]}},
        None,
    ),
    "a constant that is no leaf": ({**OK, "constants": ["nope"]}, None),
    "a nudge of nothing": ({**OK, "nudge": {"node": "x", "h": 0}}, "/nudge/h"),
    "a nudge elsewhere": ({**OK, "nudge": {"node": "nope", "h": 1}}, "/nudge/node"),
    "a nudge outside": ({**OK, "nudge": {"node": "x", "h": 1, "index": [3]}}, "/nudge/index"),
    "huge integers as index": (
        {**OK, "nudge": {"node": "x", "h": 1, "index": [10**18]}},
        "/nudge/index",
    ),
    "code": ({"program": "__import__('os').system('id')"}, None),
    "attributes": ({"program": "f = ().__class__"}, None),
    "invisible characters": ({"program": "f = x\u200b"}, None),
    "nothing to compute": ({"program": ""}, None),
    "a deep program": ({"program": "f = " + "(" * 3_000 + "x" + ")" * 3_000}, None),
    "many signs": ({"program": "f = " + "-" * 5_000 + "x", "values": {"x": 1}}, None),
    "shapes that do not fit": (
        {"program": "f = sum(a + b)", "values": {"a": [1, 2], "b": [1, 2, 3]}},
        None,
    ),
    "a broadcast without end": (
        {
            "program": "f = sum(a + b.T)",
            "values": {"a": [[0.0]] * 60_000, "b": [[0.0]] * 60_000},
        },
        None,
    ),
}


@pytest.mark.parametrize("path", ["/graphs", "/programs", "/players"])
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_json_is_a_400(client: Client, path: str, body: bytes) -> None:
    found = client.problem(path, body, 400)
    assert "JSON" in found["detail"]


@pytest.mark.parametrize(("body", "pointer"), INVALID.values(), ids=INVALID)
def test_what_is_wrong_is_a_422_that_says_where(
    client: Client, body: dict[str, Any], pointer: str | None
) -> None:
    found = client.problem("/graphs", body, 422)
    if pointer is not None:
        assert found["pointer"] == pointer


@pytest.mark.parametrize("body", [[], 1, "f = x", None, True])
def test_a_body_that_is_no_object_is_a_422(client: Client, body: Any) -> None:
    client.problem("/graphs", body, 422)


def test_missing_values_are_named(client: Client) -> None:
    found = client.problem("/graphs", {"program": "f = w * x + b", "values": {"w": 1}}, 422)
    assert found["missing"] == ["x", "b"]


def test_a_name_assigned_twice_has_both_positions(client: Client) -> None:
    found = client.problem("/graphs", {"program": "a = x\na = x * 2", "values": {"x": 1}}, 422)
    assert [place["line"] for place in found["positions"]] == [1, 2]


def test_a_wrong_program_has_a_position(client: Client) -> None:
    found = client.problem("/graphs", {"program": "f = x +* y"}, 422)
    assert found["position"]["line"] == 1


def test_a_limit_is_named_with_its_value_and_what_came(client: Client) -> None:
    long = "f = x" + " " * DEFAULT.program_characters
    found = client.problem("/graphs", {"program": long, "values": {"x": 1}}, 422)
    assert found["limit"] == {
        "name": "program_characters",
        "value": DEFAULT.program_characters,
        "got": len(long),
    }


@pytest.mark.parametrize(
    ("change", "limit"),
    [
        ({"inputs": 4097}, {"name": "inputs", "value": 4096, "got": 4097}),
        ({"layers": [{"units": 9999}]}, {"name": "units", "value": 4096, "got": 9999}),
        ({"layers": [{"units": 1}] * 33}, {"name": "layers", "value": 32, "got": 33}),
        ({"inputs": 0}, None), ({"held_out": 0.95}, None), ({"inputs": 1.5}, None),
        ({"inputs": 2**70}, None),
    ],
)  # fmt: skip
def test_a_bound_of_a_field_is_a_limit_too(
    client: Client, change: dict[str, Any], limit: dict[str, Any] | None
) -> None:
    found = client.problem("/networks", {**XOR, **change}, 422)
    assert found.get("limit") == limit
    assert found["pointer"].startswith(f"/{next(iter(change))}")


def test_every_limit_is_listed(client: Client) -> None:
    items = strict(client.get(f"{API}/limits"))["items"]
    assert {row["name"]: row["value"] for row in items} == table()


@pytest.mark.parametrize(
    "kind",
    [
        None, "text/plain", "application/vnd.api+json", "application/json; charset=utf-16",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/",
        "json", "text/html, application/json",
    ],
)  # fmt: skip
def test_what_does_not_say_that_it_is_json_is_a_415(client: Client, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    content = json.dumps(OK).encode()
    problem(client.ask("POST", f"{API}/graphs", content=content, headers=headers), 415)


@pytest.mark.parametrize("kind", ["application/json; charset=UTF-8", "Application/JSON"])
def test_json_may_name_its_charset(client: Client, kind: str) -> None:
    content = json.dumps(OK).encode()
    headers = {"Content-Type": kind}
    answer = client.ask("POST", f"{API}/graphs", content=content, headers=headers)
    assert answer.status_code == 200


def test_a_compressed_body_is_a_415(client: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    problem(client.ask("POST", f"{API}/graphs", content=b"\x1f\x8b", headers=headers), 415)


def test_a_body_over_the_limit_is_a_413(client: Client) -> None:
    found = client.problem("/graphs", b" " * (DOOR.body_bytes + 1), 413)
    assert found["limit"] == {
        "name": "body_bytes",
        "value": DOOR.body_bytes,
        "got": DOOR.body_bytes + 1,
    }


@pytest.mark.parametrize("path", ["/api/v1/nope", "/api", "/api/v2/graphs", "/api/v1/lessons/nope"])
def test_what_is_not_there_is_a_404(client: Client, path: str) -> None:
    problem(client.get(path), 404)
    problem(client.get(path, accept="text/html"), 404)


def test_the_wrong_method_is_a_405_that_names_the_right_one(client: Client) -> None:
    answer = client.get(f"{API}/graphs")
    problem(answer, 405)
    assert answer.headers["allow"] == "POST"
    problem(client.ask("DELETE", f"{API}/ops"), 405)
    assert client.ask("PUT", f"{API}/networks/0").headers["allow"] == "DELETE, GET, HEAD, PATCH"
    problem(client.ask("TRACE", "/lab"), 405)


def test_a_bug_is_a_problem_without_a_trace(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("app.details.roles", broken)
    answer = client.post("/graphs", {**OK, "explain": "en"})
    problem(answer, 500)
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_too_many_waiting_computations_are_a_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.computing.DOOR", type("Door", (), {"computations_waiting": 0}))
    answer = client.post("/graphs", OK)
    problem(answer, 503)
    assert answer.headers["retry-after"] == "1"


def test_wrong_programs_never_break_the_server(client: Client) -> None:
    for program in (
        "f = x if x else y",
        "lambda: 1",
        "f'{x}'",
        "x := 3",
        "1j",
        "f = 9**9**9",
        "\ufeff",
    ):
        for path in ("/graphs", "/programs"):
            answer = client.post(path, {"program": program})
            assert answer.status_code in {200, 422}, program
            strict(answer)


def test_an_unknown_field_is_answered_with_those_that_exist(client: Client) -> None:
    update = {"learning_rate": 0.1, "parameters": [], "momentum": 0.9}
    found = client.problem("/graphs", {"program": "f = x", "update": update}, 422)
    assert found["pointer"] == "/update/momentum"
    assert found["detail"].endswith("accepted are learning_rate, parameters.")


def test_a_program_of_a_network_is_pointed_at_beside_its_position(client: Client) -> None:
    body = {"program": "p = x +* w", "trainable": ["w"], "data": XOR["data"], "loss": "mse",
            "optimizer": XOR["optimizer"]}  # fmt: skip
    found = client.problem("/networks", body, 422)
    assert (found["pointer"], found["position"]["line"]) == ("/program", 1)
    document = {"format": "gradwalk-network", "version": 1, "network": body}
    found = client.problem("/networks/import", document, 422)
    assert (found["pointer"], found["position"]["line"]) == ("/network/program", 1)


def test_a_label_with_invisible_characters_is_refused_in_words(client: Client) -> None:
    found = client.problem("/networks", {**XOR, "name": "a\u202eb"}, 422)
    assert found["pointer"] == "/name"
    assert found["detail"].startswith("At /name: control characters and invisible ones are not")


def test_a_nest_that_is_too_deep_is_told_in_one_sentence(client: Client) -> None:
    found = client.problem("/networks", {**XOR, "data": {"x": [[[[[1]]]]], "y": [[1]]}}, 422)
    assert found["detail"] == "The number of axes of the data x is 5, and at most 4 are accepted."
    assert (found["pointer"], found["limit"]["name"]) == ("/data/x", "dimensions")
