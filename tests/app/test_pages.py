from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

from app.assets import TEMPLATES, build
from app.catalogues import LANGUAGES, catalogue, negotiate, own_words
from app.lessons import lessons
from app.main import create_app
from app.pages import script_json
from app.settings import Settings
from engine.datasets import DATASETS
from engine.initializers import INITIALIZERS
from engine.network import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from tests.app.client import API, Client, problem, strict

LESSONS = [f"/lessons/{slug}" for slug in lessons()]
APPLICATION = [
    "/lab",
    "/practice",
    "/embed/lab",
    *LESSONS,
    *(f"/embed{path}" for path in LESSONS),
]
PAGES = ["/", "/docs", "/docs/ops", "/presenter", *APPLICATION]


class Document(HTMLParser):
    """What of a page matters here: its links, its scripts and its texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str | None] = set()
        self.alternates: list[str] = []
        self.inline: list[str] = []
        self.script = ""
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id"))
        kept = self.alternates if given.get("rel") == "alternate" else self.addresses
        kept += [given[name] or "" for name in ("href", "src") if given.get(name)]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inside = given.get("type") == "application/json"
            self.inline += [] if self.inside else [tag]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        self.script += data if self.inside else ""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_served_in_the_language_asked_for(
    client: Client, path: str, language: str
) -> None:
    answer = client.get(f"{path}?lang={language}", accept_language="de")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert client.ask("HEAD", path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline_and_links_nowhere_else(client: Client, path: str) -> None:
    page = Document(client.get(path).text)
    assert not page.inline
    assert not [address for address in page.addresses if "//" in address]


@pytest.mark.parametrize("path", ["/", "/docs", "/lab"])
def test_every_link_of_a_page_leads_somewhere(client: Client, path: str) -> None:
    page = Document(client.get(path).text)
    links = [urldefrag(urljoin(path, address)) for address in page.addresses]
    for place in {link.url for link in links}:
        assert client.get(place).status_code == 200
    assert {link.fragment for link in links if link.url == path} <= page.ids | {""}


@pytest.mark.parametrize("path", APPLICATION)
def test_the_application_is_told_where_it_is(client: Client, path: str) -> None:
    answer = client.get(path, accept_language="pt-BR,pt;q=0.9,en;q=0.8")
    page = Document(answer.text)
    config = json.loads(page.script)
    assert set(config) - {"records", "embedders", "exercise"} == {
        "api", "base", "static", "lang", "languages", "page", "lesson", "messages", "lessons",
        "keepDays",
    }  # fmt: skip
    assert ("embedders" in config) == (config["page"] == "embed")
    assert (config["api"], config["base"], config["lang"]) == (API, "", "pt-BR")
    assert config["static"] == f"/static/{build()}"
    assert config["page"] == ("embed" if "/embed/" in path else path.split("/")[1].rstrip("s"))
    assert config["keepDays"] == Settings().keep_days
    assert config["messages"] == dict(catalogue("pt-BR"))
    assert [item["slug"] for item in config["lessons"]] == list(lessons())
    slug = path.split("/")[-1]
    assert config["lesson"] == lessons().get(slug)
    assert f"{config['static']}/main.js" in page.addresses
    assert '<div id="app"></div>' in answer.text
    assert "<noscript>" in answer.text


def test_text_cannot_leave_the_script_element() -> None:
    assert "<" not in script_json({"a": "</script><script>"})
    assert json.loads(script_json({"a": "</script>"})) == {"a": "</script>"}


def test_the_start_page_lists_every_lesson(client: Client) -> None:
    text = client.get("/").text
    for lesson in lessons().values():
        assert f'href="/lessons/{lesson["slug"]}"' in text
        assert lesson["title"]["en"] in text


def test_templates_use_only_messages_that_exist() -> None:
    keys = set()
    for template in TEMPLATES.glob("*.html"):
        keys |= set(re.findall(r'(?<![\w.])t\("([^"]+)"\)', template.read_text(encoding="utf-8")))
    keys |= {f"page.language.{language}" for language in LANGUAGES}
    keys |= {f"page.error.{kind}{end}" for kind in ("notFound", "failed") for end in ("", ".title")}
    for language in LANGUAGES:
        assert keys <= set(catalogue(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_chosen_for_a_network_has_a_name(language: str) -> None:
    tables: dict[str, Mapping[str, Any]] = {
        "optimizer": OPTIMIZERS, "init": INITIALIZERS, "schedule": SCHEDULES,
    }  # fmt: skip
    rows: list[Any] = [row for table in tables.values() for row in table.values()]
    settings = [s.name for row in [*rows, *DATASETS.values()] for s in row.settings]
    names = {f"ui.{kind}.{name}" for kind, table in tables.items() for name in table}
    names |= {f"ui.setting.{name}" for name in settings} | {f"ui.loss.{name}" for name in LOSSES}
    assert names <= set(catalogue(language))


def test_catalogues_have_the_same_keys_and_parameters() -> None:
    first, *others = (own_words(language) for language in LANGUAGES)
    for other in others:
        assert set(first) == set(other)
        for key, text in first.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", other[key])), key


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("pt-BR", "en", "pt-BR"),
        (None, "pt-PT,pt;q=0.8", "pt-BR"),
        (None, "de,en;q=0.5,pt;q=0.7", "pt-BR"),
        (None, "de, en-GB;q=0.5", "en"),
        (None, "pt;q=0, en", "en"),
        (None, "", "en"),
        (None, "de", "en"),
        (None, "*", "en"),
        (None, ";;;q=,q=x,\x00" * 100, "en"),
        ("xx", "pt", "pt-BR"),
        ("<script>", "", "en"),
    ],
)
def test_the_language_is_negotiated(asked: str | None, accepted: str, language: str) -> None:
    assert negotiate(asked, accepted) == language


def test_what_is_not_there_is_a_page_for_browsers_and_a_problem_for_programs(
    client: Client,
) -> None:
    for path in ("/nope", "/lessons/nope", "/embed/lessons/nope"):
        page = client.get(path, accept="text/html,*/*", accept_language="pt")
        assert page.status_code == 404
        assert '<html lang="pt-BR">' in page.text
        problem(client.get(path, accept="application/json"), 404)


def test_behind_a_proxy_every_address_has_its_path(runner: asyncio.Runner) -> None:
    settings = Settings(base_path="/gradwalk", public_url="https://school.example/gradwalk/")
    client = Client(create_app(settings), runner)
    assert client.get("/lab").text == client.get("/gradwalk/lab").text
    text = client.get("/gradwalk/").text
    inside = [address for address in Document(text).addresses if not address.startswith("?")]
    assert inside
    assert all(address.startswith("/gradwalk/") for address in inside)
    assert client.get(f"/gradwalk/static/{build()}/icon.svg").status_code == 200
    config = json.loads(Document(client.get("/gradwalk/lab").text).script)
    assert (config["api"], config["base"]) == ("/gradwalk/api/v1", "/gradwalk")
    body = json.dumps({"program": "f = 2"}).encode()
    headers = {"Content-Type": "application/json"}
    answer = client.ask("POST", f"/gradwalk{API}/graphs", content=body, headers=headers)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (
        strict(answer)["links"]["page"] == "https://school.example/gradwalk/lab?program=f%20%3D%202"
    )


def test_in_development_static_files_are_never_old(runner: asyncio.Runner) -> None:
    client = Client(create_app(Settings(development=True)), runner)
    assert '"static":"/static"' in client.get("/lab").text


def test_the_documentation_has_no_other_pages(client: Client) -> None:
    assert client.get("/redoc").status_code == 404


def test_readiness_and_health(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        assert strict(client.get(path)) == {"status": "ok"}
