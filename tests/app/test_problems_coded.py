"""Problems and notices in code: small JSON, from which any client can say them in its language."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from app.catalogues import DEFAULT
from app.catalogues.coded import LIST, TEXT, coded, in_code
from app.catalogues.problems import LANGUAGES, retold, templates, translated
from engine.errors import EngineError
from engine.parse import parse
from engine.sentence import Measure, say
from tests.app.client import Client
from tests.app.process import Server, serving

ROOT = Path(__file__).parents[2]
WRONG = ("f = x +", "f = g(x)", "f = x ^ 2", "sin = 1", "f = max(1, axis=1.5)", "x = 1; x = 2")
LONG = "n" * 100_000
AXIS = "There is no axis {axis} in the shape {shape}."


def inside(**parameters: Any) -> dict[str, Any]:
    """Return the parameters of a sentence as they are sent."""
    holes = " ".join("{" + name + "}" for name in parameters)
    sent: dict[str, Any] = orjson.loads(orjson.dumps(in_code(say(holes, **parameters))))
    found: dict[str, Any] = sent["parameters"]
    return found


def test_numbers_names_and_lists_are_sent_as_what_they_are() -> None:
    assert inside(a=2, b=0.5, c="1.5", d=["x", "y"], e=Measure("−0.5"), f=[]) == {
        "a": 2, "b": 0.5, "c": "1.5", "d": ["x", "y"], "e": {"number": "−0.5"}, "f": [],
    }  # fmt: skip


def test_a_sentence_within_a_sentence_has_a_code_of_its_own() -> None:
    sentence = say("{what} is {words}", what=say("tab"), words=[say("comma"), "x"])
    assert in_code(sentence)["parameters"] == {
        "what": {"code": "word.tab", "text": "tab", "parameters": {}},
        "words": [{"code": "word.comma", "text": "comma", "parameters": {}}, "x"],
    }


@pytest.mark.parametrize("odd", [float("inf"), float("nan"), 10**400, 2**70, True, np.float64(1e9)])
def test_every_number_is_json(odd: Any) -> None:
    (value,) = inside(odd=odd).values()
    assert isinstance(value, int | float | str)


def test_what_is_long_is_cut_and_the_sentence_is_not() -> None:
    names = ["m" * 99] * 10_000
    sentence = say("{name} {names} {what}", name=LONG, names=names, what=say("tab {x}", x=LONG))
    assert LONG in sentence
    sent = in_code(sentence)
    assert len(sent["parameters"]["name"]) == TEXT
    assert sent["parameters"]["name"].endswith("n…")
    assert sent["parameters"]["names"][-1] == "…"
    assert sum(map(len, sent["parameters"]["names"])) < LIST + 10
    assert len(orjson.dumps(sent)) < 4 * TEXT + 2 * LIST
    assert len(coded(sentence)["text"]) == TEXT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_and_what_is_sent_of_it_are_told_alike(language: str) -> None:
    for program in WRONG:
        with pytest.raises(EngineError) as raised:
            parse(program)
        sentence = raised.value.message
        sent = orjson.loads(orjson.dumps(in_code(sentence)))
        told = retold(sent["code"], str(sentence), sent["parameters"], language)
        assert told == translated(sentence, language)
        assert (told == sentence) == (language == DEFAULT)


def test_the_page_about_problems_shows_one_as_it_is_sent(client: Client) -> None:
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    example = json.loads(page.split("```json\n")[1].split("```")[0])
    body = {"program": "f = x + y", "values": {"x": [1, 2], "y": [1, 2, 3]}}
    # Versions of Python call the status differently.
    assert {**client.problem("/graphs", body, 422), "title": ""} == {**example, "title": ""}
    entry = json.loads("{" + page.split("```json\n")[2].split("```")[0] + "}")
    assert entry.items() <= templates(DEFAULT).items()
    assert f"{TEXT} characters" in page and f"{LIST:,} characters" in page


def test_notices_are_sent_in_code_where_there_are_any(client: Client) -> None:
    plain = client.post("/graphs", {"program": "f = x", "values": {"x": 1}}).json()
    assert plain["notices"] == [] and "notices_said" not in plain
    told = client.post("/graphs", {"program": "f = log(x)", "values": {"x": 0}}).json()
    assert [one["text"] for one in told["notices_said"]] == told["notices"]
    assert told["notices_said"][0]["code"] == "notice.way_there"


SPANISH = {
    "shape.no_axis": "La forma {shape} no tiene el eje {axis}.",
    "limit.over": "{what} {got:,}; se aceptan como máximo {most:,}.",
    "limit.elements_of_value": "El número de elementos del valor {name} es",
    # A slip of the translator, who has taken another name: the sentence stays English.
    "program.no_function": "No existe la función {nombre}.",
}


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The project as it is, with one file more."""
    copy = tmp_path_factory.mktemp("project")
    for part in ("app", "engine", "static", "templates"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    words = copy / "app" / "catalogues" / "problems.es.json"
    words.write_text(json.dumps(SPANISH), encoding="utf-8")
    with serving(PYTHONPATH=str(copy), cwd=copy) as server:
        yield server


def asked(server: Server, body: Any, language: str) -> tuple[str, str]:
    headers = {"Content-Type": "application/json", "Accept-Language": language}
    content = json.dumps(body).encode()
    status, sent, answer = server.ask("POST", "/api/v1/graphs", content, headers)
    assert status == 422
    return json.loads(answer)["detail"], sent.get("content-language", "")


def test_a_third_language_is_one_file_more(spanish: Server) -> None:
    axis = {"program": "f = sum(x, axis=2)", "values": {"x": [1, 2]}}
    many = {"program": "f = sum(x)", "values": {"x": [0] * 200_001}}
    assert asked(spanish, axis, "es-MX,en;q=0.5") == ("La forma [2] no tiene el eje 2.", "es")
    assert asked(spanish, many, "es")[0] == (
        "El número de elementos del valor x es 200.001; se aceptan como máximo 200.000."
    )
    slip, _ = asked(spanish, {"program": "f = g(x)"}, "es")
    assert slip.startswith("There is no function g. Accepted are")
    assert asked(spanish, axis, "pt")[1] == "pt-BR"
    assert asked(spanish, axis, "de")[0] == say(AXIS, axis=2, shape="[2]")
