"""The file that plays a pass without a server: what is in it, and what it cannot be asked for."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from app.catalogues import LANGUAGES, catalogue
from app.graph_models import CHAIN
from app.lessons import lessons
from app.limits import DOOR
from tests.app.client import API, Client

ASKED: dict[str, Any] = {**CHAIN, "update": {"learning_rate": 0.1, "parameters": ["w1", "w2"]}}
PATH = "/players"
CLOSING = "</script><!-- <b>&amp;"


class Parts(HTMLParser):
    """The elements of a page with what they say, and the text of its title and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = dict(attrs).get("id") or tag

    def handle_data(self, data: str) -> None:
        self.texts[self._inside] = self.texts.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ""

    def packed(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(
            gzip.decompress(base64.b64decode(self.texts["packed"]))
        )
        return content


def parts(client: Client, body: Any) -> Parts:
    answer = client.post(PATH, body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Parts(answer.text)


@pytest.mark.parametrize("lesson", [None, *lessons()])
def test_a_file_is_small_and_has_a_name(client: Client, lesson: str | None) -> None:
    answer = client.post(PATH, {"lesson": lesson} if lesson else ASKED)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
    named = f'attachment; filename="{lesson or "pass"}.html"'
    assert answer.headers["content-disposition"] == named


def test_the_same_request_gives_the_same_bytes(client: Client) -> None:
    other = {**ASKED, "labels": {"L": "E"}}
    first, second, third = (client.post(PATH, body).content for body in (ASKED, ASKED, other))
    assert first == second != third


def test_nothing_in_it_is_fetched(client: Client) -> None:
    page = parts(client, {"lesson": "matrices"})
    for tag, given in page.elements:
        for name in ("src", "href", "srcset", "action", "data"):
            assert (given.get(name) or "data:").startswith("data:"), (tag, given)
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+(\S+)", page.texts["style"])
    assert addresses
    assert all(url.startswith("data:") and not imported for url, imported in addresses)


def test_its_policy_allows_no_connection(client: Client) -> None:
    page = parts(client, ASKED)
    [policy] = [
        given["content"] or ""
        for _, given in page.elements
        if given.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    for kind, sources in allowed.items():
        for source in sources.split():
            assert source in {"'none'", "data:"} or source.startswith("'nonce-"), kind
    assert not {"connect-src", "frame-src", "worker-src"} & allowed.keys()


@pytest.mark.parametrize("lesson", [None, "larger-network"])
def test_every_import_of_its_modules_leads_to_one_of_them(
    client: Client, lesson: str | None
) -> None:
    modules = parts(client, {"lesson": lesson} if lesson else ASKED).packed()["modules"]
    names = {
        name
        for text in modules.values()
        for name in re.findall(r"""(?:\bfrom|\bimport\(?)\s*["']([\w./-]+)["']""", text)
    }
    assert "gradwalk/views/app.js" in names
    assert names <= set(modules)
    scenes = modules.get("gradwalk/views/scene.js", "")
    assert ("sceneView" in scenes) == (lesson is not None)
    assert modules["gradwalk/views/network.js"] == "export {};"


@pytest.mark.parametrize("more", [{}, {"detail": "scalar"}, {"expand": ["L"]}])
def test_it_holds_the_answers_of_the_server(client: Client, more: dict[str, Any]) -> None:
    player = parts(client, {**ASKED, **more}).packed()["config"]["player"]
    [recorded] = player["graphs"]
    for language in LANGUAGES:
        graph = client.graph(**ASKED, **more, explain=language)
        del graph["links"]
        assert recorded["answers"][language] == graph
        assert player["words"][language]["ui.stepForward"] == catalogue(language)["ui.stepForward"]
    used = {node["op"] for node in graph["nodes"] if node["op"]}
    assert {op["name"] for op in player["ops"]} == used


def test_a_lesson_holds_the_answers_for_all_its_scenes(client: Client) -> None:
    config = parts(client, {"lesson": "larger-network", "lang": "pt-BR"}).packed()["config"]
    graphs = lessons()["larger-network"]["graphs"]
    assert len(config["player"]["graphs"]) == len(graphs) > 1
    for recorded, asked in zip(config["player"]["graphs"], graphs.values(), strict=True):
        expected = client.graph(**asked, explain="pt-BR")
        del expected["links"]
        assert recorded["answers"]["pt-BR"] == expected
    assert config["lang"] == "pt-BR"


def test_what_is_asked_for_cannot_end_its_place(client: Client) -> None:
    plain = parts(client, ASKED)
    program = f"# {CLOSING}\n{ASKED['program']}"
    odd = parts(client, {**ASKED, "title": CLOSING, "program": program, "labels": {"L": CLOSING}})
    assert [tag for tag, _ in odd.elements] == [tag for tag, _ in plain.elements]
    assert odd.texts["title"] == f"{CLOSING} · Gradwalk"
    config = odd.packed()["config"]
    assert config["player"]["title"] == dict.fromkeys(LANGUAGES, CLOSING)
    assert config["player"]["start"]["program"] == program


def test_the_licences_of_others_are_in_it(client: Client) -> None:
    told = parts(client, ASKED).texts["licences"]
    for words in ("Google LLC", "Ron Kok", "Inter Project Authors", "STIX Fonts Project Authors"):
        assert words in told


WRONG: dict[str, tuple[dict[str, Any], str | None]] = {
    "nothing": ({}, "/program"),
    "both": ({**ASKED, "lesson": "matrices"}, "/constants"),
    "a lesson with values": ({"lesson": "matrices", "values": {}}, "/values"),
    "a lesson that is not there": ({"lesson": "nope"}, "/lesson"),
    "a step after the last": ({**ASKED, "step": 15}, "/step"),
    "a step of a lesson after the last": ({"lesson": "matrices", "step": 99}, "/step"),
    "a step before all": ({**ASKED, "step": -1}, "/step"),
    "a language that is not there": ({**ASKED, "lang": "fr"}, "/lang"),
    "a title that turns text around": ({**ASKED, "title": "a\u202eb"}, "/title"),
    "what it does not play": ({**ASKED, "check": True}, "/check"),
    "no value": ({"program": "f = x"}, None),
    "no program": ({"program": "f = ("}, None),
}


@pytest.mark.parametrize(("body", "pointer"), WRONG.values(), ids=WRONG)
def test_what_it_cannot_be_asked_for_is_a_422(
    client: Client, body: dict[str, Any], pointer: str | None
) -> None:
    found = client.problem(PATH, body, 422)
    assert found.get("pointer") == pointer


def test_a_graph_of_too_many_nodes_is_a_422_that_says_how_many(client: Client) -> None:
    many = {"program": "f = sum(x * x)", "values": {"x": [1.0] * 201}, "detail": "scalar"}
    found = client.problem(PATH, many, 422)
    limit = {"name": "player_nodes", "value": DOOR.player_nodes}
    assert found["limit"].items() >= limit.items()
    assert found["limit"]["got"] > DOOR.player_nodes


def test_problems_are_told_in_portuguese(client: Client) -> None:
    headers = {"Accept-Language": "pt-BR"}
    for body in (
        {},
        {"lesson": "nope"},
        {**ASKED, "step": 15},
        {"lesson": "matrices", "labels": {}},
    ):
        answers = [client.ask("POST", API + PATH, json=body, headers=h) for h in ({}, headers)]
        english, portuguese = (answer.json()["detail"] for answer in answers)
        assert english != portuguese
