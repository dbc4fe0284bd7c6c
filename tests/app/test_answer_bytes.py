"""What is put together from a template is, byte for byte, what is written at length."""

from __future__ import annotations

from itertools import product
from typing import Any

import orjson
import pytest

from app import answers, details
from app.answer_bytes import encoded, written
from app.answer_templates import MOST_BYTES, Templates
from app.graph_models import GraphRequest

LAST = {"links": {"page": "http://gradwalk.test/lab"}}
X: list[Any] = [[[0.5, -1.0, 1e-300]], [[2, 1e17, -0.0]], [[0.1, 0.2, 0.3]],
                [[300, 2, 1]], [[0, 900, 0]]]  # fmt: skip
PROGRAMS = (
    "s = x @ W; a = sigmoid(s); L = half_mse(a, y)",
    "sum(softmax(x @ W) * y) + 3**2 / (1 + max(x))",
    "logsumexp(x[0]) + std(x + 1000) * sum(W) - sum(y)",
    "q = x * x; x @ W + y",
)
WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"detail": "scalar"},
    {"constants": ["x", "y"], "labels": {"W": r"W^{(1)}"}},
    {"update": {"learning_rate": 0.1, "parameters": ["W"]}},
    {"expand": ["W"]},
    {"explain": "pt-BR"},
    {"explain": "en", "detail": "scalar", "update": {"learning_rate": 0.1, "parameters": ["W"]}},
    {"explain": "en", "labels": {"W": r"-W"}, "constants": ["y"]},
    {"check": True},
)


def asked(program: str, x: Any, **way: Any) -> GraphRequest:
    values = {"x": x, "W": [[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]], "y": [[1, 0]]}
    return GraphRequest.model_validate({"program": program, "values": values, **way})


def at_length(request: GraphRequest) -> bytes:
    return orjson.dumps({**answers.written(request, details.shown(request)), **LAST})


CASES = [
    (program, way)
    for program, way in product(PROGRAMS, WAYS)
    # An update needs one number as its output.
    if not (way.get("update") and program == PROGRAMS[-1])
]


@pytest.mark.parametrize(("program", "way"), CASES, ids=str)
def test_every_answer_is_the_one_that_is_written_at_length(
    program: str, way: dict[str, Any]
) -> None:
    templates = Templates()
    for x in (*X, *X):
        request = asked(program, x, **way)
        found = written(request, details.shown(request), LAST, templates)
        assert found == at_length(request)


def test_a_template_is_used_from_the_second_time_on(monkeypatch: pytest.MonkeyPatch) -> None:
    templates, many = Templates(), [asked(PROGRAMS[0], x) for x in X]
    for request in many[:2]:
        written(request, details.shown(request), LAST, templates)
    expected = at_length(many[2])
    view = details.shown(many[2])
    monkeypatch.setattr("app.answers.written", None)
    assert written(many[2], view, LAST, templates) == expected


KNOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "numbers": ("q = x * y + x; f = log(q) * q", {}),
    "constants": ("f = x * y - 2 * x", {"constants": ["y"]}),
    "an update": ("L = half_mse(x * y, 1)",
                  {"update": {"learning_rate": 0.1, "parameters": ["x"]}}),
    "an alias": ("a = x; f = a * y", {}),
    "an array inside": ("f = sum([1, 2] * x) * y", {}),
    "no number": ("f = [1, 2] * x * y", {}),
    "no gradient": ("f = x * y", {"constants": ["x", "y"]}),
}  # fmt: skip


@pytest.mark.parametrize(("program", "way"), KNOWN.values(), ids=KNOWN)
def test_what_was_asked_with_other_numbers_is_answered_as_at_length(
    program: str, way: dict[str, Any]
) -> None:
    unused = {"x": 2, "y": 1, "z": 5}
    rows: list[Any] = [{"x": x, "y": y} for x, y in ((1, 2), (3, 4.5), (-2, 0), (0, 0), (1e200, 2))]
    for values in (*rows, unused, *rows):
        request = GraphRequest.model_validate({"program": program, "values": values, **way})
        assert encoded(request, LAST) == at_length(request)


def test_other_numbers_for_a_known_program_need_nothing_but_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [
        GraphRequest.model_validate({"program": "f = x * y - y", "values": {"x": x, "y": 2}})
        for x in (1, 2, 3)
    ]
    for request in many[:2]:
        encoded(request, LAST)
    expected = at_length(many[2])
    monkeypatch.setattr("app.details.shown", None)
    assert encoded(many[2], LAST) == expected


@pytest.mark.parametrize("program", ["f = x / y", "f = log(x) + y"])
def test_numbers_that_are_not_finite_are_words(program: str) -> None:
    templates = Templates()
    for x, y in ((1, 2), (3, 4), (0, 0), (-1, 0), (5, 6)):
        request = GraphRequest.model_validate({"program": program, "values": {"x": x, "y": y}})
        found = written(request, details.shown(request), LAST, templates)
        assert found == at_length(request)


def test_text_of_the_asker_is_never_taken_for_a_gap() -> None:
    templates = Templates()
    for value in (1, 2, 3):
        request = GraphRequest.model_validate(
            {"program": "f = x*x", "values": {"x": value}, "labels": {"x": r'"1",2,null\n'}}
        )
        found = written(request, details.shown(request), LAST, templates)
        assert found == at_length(request)


def test_templates_keep_to_their_bytes() -> None:
    templates = Templates(most_bytes=20_000)
    for number in range(60):
        for _ in range(2):
            request = GraphRequest.model_validate({"program": f"f = x + {number}",
                                                   "values": {"x": 1}})  # fmt: skip
            written(request, details.shown(request), LAST, templates)
        assert 0 < templates._bytes <= 20_000
    assert len(templates._kept) < 60
    assert MOST_BYTES <= 100_000_000


def test_rows_that_are_taken_apart_differently_are_other_kinds() -> None:
    templates = Templates()
    for x in ([[90, 0], [0, 1]], [[0, 1], [90, 0]], [[90, 0], [90, 1]], [[90, 0], [91, 1]]) * 3:
        request = GraphRequest.model_validate(
            {"program": "sum(softmax(x)[:, 0])", "detail": "scalar", "values": {"x": x}}
        )
        found = written(request, details.shown(request), LAST, templates)
        assert found == at_length(request)
