"""Problems are told in the language of who asks, to the last sentence of the code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from app import catalogues
from app.catalogues import DEFAULT
from app.catalogues.problems import (
    FOREIGN,
    LANGUAGES,
    code_of,
    holes,
    retold,
    templates,
    translated,
)
from engine.sentence import foreign, say
from tests.app.client import Client
from tools.sentences import RAISING, calls, plain, said

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
ENGLISH = templates(DEFAULT)


def own(language: str) -> dict[str, str]:
    """Return a language's file as it stands."""
    path = Path(catalogues.__file__).with_name(f"problems.{language}.json")
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_sentence_of_the_code_has_a_code_and_no_code_is_left_over() -> None:
    found = dict(said())
    assert len(found) > 500
    assert found.keys() == set(ENGLISH.values())
    assert len(set(ENGLISH.values())) == len(ENGLISH)


def test_sentences_are_written_where_they_are_said() -> None:
    assert "" not in dict(said()), dict(said()).get("")


def test_what_is_raised_is_a_sentence_and_no_bare_text() -> None:
    assert list(plain()) == []
    assert {name for _, name, _ in calls()} >= RAISING.keys()


def test_codes_are_dotted_words() -> None:
    dotted = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
    assert [code for code in ENGLISH if not dotted.fullmatch(code)] == [FOREIGN]
    assert max(map(len, ENGLISH)) <= 48


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_sorted(language: str) -> None:
    assert list(own(language)) == sorted(own(language))


@pytest.mark.parametrize("language", OTHERS)
def test_every_code_is_said_in_every_language(language: str) -> None:
    assert own(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_translations_take_what_their_sentences_take(language: str) -> None:
    same = {FOREIGN, "lesson.place", "plan.shape_of_parameter"}
    for code, words in own(language).items():
        english = ENGLISH[code]
        assert holes(words) == holes(english), code
        assert not words.endswith(".") or english.endswith("."), code
        assert words != english or code in same, code


def test_holes_are_names_alone() -> None:
    for code, template in ENGLISH.items():
        for _, name, spec, conversion in Formatter().parse(template):
            assert name is None or re.fullmatch("[a-z_]+", name), code
            assert spec in (None, "", ",", "g", ".1f", "04X", "02X"), code
            assert conversion is None, code


ASKED = [
    ("f = x +", "O programa não pode ser lido daqui em diante; escreva atribuições como q = x + y, "
                "uma por linha ou separadas por ;."),
    ("f = lambda: 1", "O programa usa lambda, que não é aceito aqui: são aceitos números, nomes, "
                      "+ - * / ** @, parênteses, .T, índices e chamadas de funções."),
    ("f = x // 2", "O programa usa o operador //, que não é aceito aqui: / divide."),
    ("f = x", "Falta o valor de x; dê um em values, ou escreva x = 1 como uma linha do programa."),
    ("x = 1; x = 2; f = x", "x é atribuído na linha 1, coluna 1, e recebe valor na linha 1"),
    ("f = softmax(3)", "Isto trabalha ao longo de um eixo: dê um vetor ou uma matriz, não um "
                       "número."),
    ("f = dropout([1], [1], p=1.5)",
     "p, a fração que o dropout tira, vai de 0 a menos de 1, não 1,5."),
    ("f = max(1, 2, True, 4)", "max recebe 1 argumento e, se quiser, axis e keepdims, e foram "
                               "dados 4."),
]  # fmt: skip


@pytest.mark.parametrize(("program", "words"), ASKED)
def test_problems_of_programs_in_portuguese(client: Client, program: str, words: str) -> None:
    headers = {"Accept-Language": "pt-BR,pt;q=0.9,en;q=0.8"}
    answer = client.ask("POST", "/api/v1/graphs", json={"program": program}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(words)
    assert answer.headers["content-language"] == "pt-BR"
    assert "accept-language" in answer.headers["vary"].lower()
    assert answer.headers["content-length"] == str(len(answer.content))
    english = client.ask("POST", "/api/v1/graphs", json={"program": program})
    assert "content-language" not in english.headers
    assert english.json() == {**answer.json(), "detail": english.json()["detail"]}


def test_numbers_stand_as_the_language_writes_them(client: Client) -> None:
    body = {"program": "f = sum(x)", "values": {"x": [0] * 200_001}}
    answer = client.ask(
        "POST", "/api/v1/graphs", json=body, headers={"Accept-Language": "pt"}
    ).json()
    assert answer["detail"] == (
        "O número de elementos do valor x é 200.001, e são aceitos no máximo 200.000."
    )
    assert answer["code"] == "limit.over"
    assert answer["parameters"] == {
        "what": {"code": "limit.elements_of_value", "parameters": {"name": "x"},
                 "text": "The number of elements of the value x is"},
        "got": 200_001,
        "most": 200_000,
    }  # fmt: skip


def test_fields_and_whole_bodies_in_portuguese(client: Client) -> None:
    headers = {"Accept-Language": "pt-BR"}
    body = {"inputs": 2, "layers": [{"units": 1}], "loss": "mse"}
    answer = client.ask("POST", "/api/v1/networks", json=body, headers=headers).json()
    assert answer["detail"] == "Em /optimizer: falta este campo."
    empty = client.ask("POST", "/api/v1/graphs", content=b"", headers=headers).json()
    assert empty["detail"].startswith("O corpo")
    typed = client.ask("POST", "/api/v1/programs", json={"program": "f = x ^ 2"}, headers=headers)
    assert typed.json()["error"]["detail"] == (
        "O programa usa o operador ^, que não é aceito aqui: uma potência se escreve x ** 2."
    )
    chosen = {"program": "f = x", "values": {"x": 1}, "detail": "fine"}
    answer = client.ask("POST", "/api/v1/graphs", json=chosen, headers=headers).json()
    assert answer["detail"] == "Em /detail: aqui é aceito 'tensor' ou 'scalar'."


def test_a_table_in_portuguese(client: Client) -> None:
    headers = {"Accept-Language": "pt-BR"}
    data = {"csv": "a;b\n1;2\n1;um\n2;3\n", "x": ["a"], "y": ["b"], "classes": False}
    answer = client.ask("POST", "/api/v1/datasets/preview", json={"data": data}, headers=headers)
    assert answer.json()["problem"]["detail"] == (
        "A linha 3, coluna 2 (b), tem “um”; ali é esperado um número como 1,5."
    )
    assert answer.json()["problem"]["code"] == "table.no_number"


def test_what_a_reader_wrote_stays_as_it_is() -> None:
    odd = "The name {} {0} {name} holds the character é"
    sentence = say(ENGLISH["data.no_set"], name=odd, accepted=["xor", "and"])
    assert translated(sentence, "pt-BR") == (
        f"Não existe o conjunto de dados {odd}; são aceitos xor, and."
    )


def test_what_looks_like_a_number_and_is_a_name_stays_as_it_is() -> None:
    sentence = say(ENGLISH["data.no_set"], name="1.5", accepted=["2,000"])
    assert "1.5; são aceitos 2,000." in translated(sentence, "pt-BR")


@pytest.mark.parametrize(
    "text", ["", "…", "{}", "x" * 100_000, "At " * 50_000, "There is no node q."]
)
def test_a_text_that_is_no_sentence_is_not_guessed_at(text: str) -> None:
    assert translated(text, "pt-BR") == text
    assert translated(foreign(text), "pt-BR") == text
    assert code_of(foreign(text)) == FOREIGN


HOSTILE: list[tuple[object, object]] = [
    (None, {}), ("graph.no_node", None), ("graph.no_node", {}), ("graph.no_node", {"name": "q"}),
    ([], {"node": "q"}), ("no.such_code", {"node": "q"}), ("graph.no_node", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "parameters"), HOSTILE)
def test_what_is_no_sentence_in_code_stays_a_text(code: object, parameters: object) -> None:
    assert retold(code, "as it was", parameters, "pt-BR") == "as it was"


@pytest.mark.parametrize("odd", [None, True, [], {}, {"code": 1}, {"number": []}, [[[]]], 1e400])
def test_whatever_stands_in_a_hole_is_written(odd: object) -> None:
    told = retold("limit.over", "", {"what": odd, "got": odd, "most": odd}, "pt-BR")
    assert told.endswith(".")


def test_sentences_lie_in_one_another_only_so_deep() -> None:
    inner: dict[str, Any] = {"code": "text", "text": "x", "parameters": {"text": "x"}}
    for _ in range(500):
        inner = {"code": "text", "text": "cut", "parameters": {"text": inner}}
    assert retold("text", "", {"text": inner}, "pt-BR") == "cut"


WRONG: list[dict[str, Any]] = [
    {"program": "f = clip(x)", "values": {"x": 1}},
    {"program": "f = a @ b", "values": {"a": [[1]], "b": [[1], [2]]}},
    {"program": "f = x + y", "values": {"x": [1, 2], "y": [1, 2, 3]}},
    {"program": "f = nosuch(x)", "values": {"x": 1}},
    {"program": "f = x", "values": {"x": "1"}},
    {"program": "f = x", "values": {"x": [[1], [1, 2]]}},
    {"program": "f = x", "values": {"x": 1}, "detail": "fine"},
    {"program": 3},
    {"program": "f = x", "values": {"x": 1}, "expand": ["g"]},
    {"program": "f = (x", "values": {"x": 1}},
    {"program": "f = dropout(x, p=2)", "values": {"x": [1]}},
    {"program": "f = x", "values": {"x": 1}, "nudge": {"node": "q", "h": 1}},
    {"program": "f = x", "values": {"x": 1}, "check": 1},
    {"program": "f = x", "values": {"x": 1}, "constants": ["q"]},
    {"program": "f = sum(x, axis=1.5)", "values": {"x": [1]}},
    {"program": "f = x", "values": {"x": 1, "ｘ": 1}},
]  # fmt: skip
WORDS = re.compile(r"\b(the|is|are|not|must|with|accepted|expected|should|input|takes|or)\b", re.I)


@pytest.mark.parametrize("body", WRONG, ids=json.dumps)
def test_no_english_is_left_in_a_problem(client: Client, body: Any) -> None:
    headers = {"Accept-Language": "pt-BR"}
    answer = client.ask("POST", "/api/v1/graphs", json=body, headers=headers)
    assert answer.status_code == 422
    assert not WORDS.search(answer.json()["detail"]), answer.json()["detail"]
