"""Problems are told in the language of who asks, to the last sentence of the code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.catalogues import DEFAULT, LANGUAGES
from app.catalogues.problems import HOLE, sentences, translated
from app.complaints import WORDS
from engine.grammar import CONSTANTS, REFUSED
from engine.settings import KINDS
from engine.source import SENTENCES
from tests.app.client import Client

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != DEFAULT]
RAISED = {"SyntaxProblem", "NameProblem", "ShapeError", "ValueProblem", "MissingValues",
          "LimitError", "CellProblem", "Refused", "Fault", "Unset"}  # fmt: skip
# A place in a table and what stands there: each kind of cell has a sentence of its own.
PUT_TOGETHER = {"{} {}", "Row {}, column {} {}"}


def raised() -> Iterator[str]:
    """Yield the sentences that the code raises, `{}` for what is put in."""
    for folder in ("app", "engine"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = _name(node.func) if isinstance(node, ast.Call) else ""
                if isinstance(node, ast.Call) and name in RAISED:
                    yield from map(_template, node.args[name == "Refused" :][:1])


def _name(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _template(text: ast.expr) -> str:
    if isinstance(text, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else HOLE for p in text.values)
    return str(text.value) if isinstance(text, ast.Constant) else HOLE


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_that_is_raised_has_a_translation(language: str) -> None:
    found = set(raised()) - {HOLE} - PUT_TOGETHER
    assert len(found) > 150
    assert found - set(sentences(language)) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_translations_take_what_their_sentences_take(language: str) -> None:
    for text, words in sentences(language).items():
        assert words.count(HOLE) == text.count(HOLE), text
        assert not words.endswith(".") or text.endswith("."), text


@pytest.mark.parametrize("language", OTHERS)
def test_words_for_what_is_no_mathematics_are_translated(language: str) -> None:
    named = {"lambda", "if … else", "await", "yield", "def", "async def", "class", "return", "del",
             "if", "with", "match", "raise", "try", "assert", "import", "global", "nonlocal",
             "pass", "break", "continue", ":=", "None", "..."}  # fmt: skip
    tables = [*REFUSED.values(), *CONSTANTS.values()]
    for words in (word for pair in tables for word in pair):
        assert words in named or translated(words, language) != words, words
    for _, words in KINDS.values():
        assert words == "True or False" or translated(words, language) != words
    for _, words in SENTENCES:
        assert translated(words, language) != words


@pytest.mark.parametrize("language", OTHERS)
def test_what_fields_accept_is_translated(language: str) -> None:
    for words in WORDS.values():
        assert re.sub(r"{\w+}", HOLE, words) in sentences(language), words


ASKED = [
    ("f = x +", "O programa não pode ser lido daqui em diante; escreva atribuições como q = x + y, "
                "uma por linha ou separadas por ;."),
    ("f = lambda: 1", "O programa usa lambda, que não é aceito aqui: são aceitos números, nomes, "
                      "+ - * / ** @, parênteses, .T, índices e chamadas de funções."),
    ("f = x // 2", "O programa usa o operador //, que não é aceito aqui: / divide."),
    ("f = x", "Falta o valor de x; dê um em values, ou escreva x = 1 como uma linha do programa."),
    ("x = 1; x = 2; f = x", "x é"),
    ("f = softmax(3)", "Isto trabalha ao longo de um eixo: dê um vetor ou uma matriz, não um "
                       "número."),
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


def test_what_a_reader_wrote_stays_as_it_is() -> None:
    odd = "The name {} {} holds the character é"
    told = translated(f"There is no data set {odd}; accepted are xor, and.", "pt-BR")
    assert told == f"Não existe o conjunto de dados {odd}; são aceitos xor, and."


@pytest.mark.parametrize("text", ["", "…", "{}", "x" * 100_000, "At " * 50_000, "; " * 50_000])
def test_any_text_is_taken_in_linear_time(text: str) -> None:
    assert translated(text, "pt-BR") == text


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
]  # fmt: skip
ENGLISH = re.compile(r"\b(the|is|are|not|must|with|accepted|expected|should|input|takes)\b", re.I)


@pytest.mark.parametrize("body", WRONG, ids=json.dumps)
def test_no_english_is_left_in_a_problem(client: Client, body: Any) -> None:
    headers = {"Accept-Language": "pt-BR"}
    answer = client.ask("POST", "/api/v1/graphs", json=body, headers=headers)
    assert answer.status_code == 422
    assert not ENGLISH.search(answer.json()["detail"]), answer.json()["detail"]
