"""What stands on our side of a frame: oEmbed, the records in the page, and who may show it."""

from __future__ import annotations

import asyncio
import json
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from app import embedded
from app.embedders import ancestors, embedders
from app.lessons import lessons
from app.main import create_app
from app.settings import Settings
from tests.app.client import SITE, Client, problem, strict
from tests.app.test_pages import APPLICATION, Document

PRODUCT = 'program=f = x * y&values={"x":2,"y":3}'


@pytest.mark.parametrize("path", [path for path in APPLICATION if path != "/practice"])
def test_a_page_names_what_tells_how_to_embed_it(client: Client, path: str) -> None:
    [address] = Document(client.get(f"{path}?step=3&lang=pt-BR").text).alternates
    assert address.startswith(f"{SITE}/oembed?")
    answer = client.get(address.removeprefix(SITE))
    assert answer.headers["access-control-allow-origin"] == "*"
    told = strict(answer)
    assert (told["version"], told["type"]) == ("1.0", "rich")
    [frame] = [part for part in told["html"].split("<iframe ") if part]
    source = urlsplit(unescape(frame.split('"')[1]))
    assert source.path == (path if path.startswith("/embed") else f"/embed{path}")
    assert parse_qs(source.query) == {"step": ["3"], "lang": ["pt-BR"]}
    assert client.get(f"{source.path}?{source.query}").status_code == 200
    slug = path.split("/")[-1]
    if slug in lessons():
        assert told["title"] == lessons()[slug]["title"]["pt-BR"]


def test_a_frame_is_no_larger_than_is_asked_for(client: Client) -> None:
    address = f"/oembed?url={SITE}/lab"
    small = strict(client.get(f"{address}&maxwidth=500&maxheight=300"))
    assert (small["width"], small["height"]) == (500, 300)
    assert 'width="500" height="300"' in small["html"]
    large = strict(client.get(f"{address}&maxwidth=5000"))
    assert (large["width"], large["height"]) == (960, 600)


@pytest.mark.parametrize(
    "url",
    ["", "x", "http://[", "https://elsewhere.example/lab", f"{SITE}/", f"{SITE}/lessons/nope",
     f"{SITE}/embed/lessons/../../lab", f"{SITE}/static/main.js", "javascript:alert(1)",
     f"{SITE}@elsewhere.example/lab"],
)  # fmt: skip
def test_other_addresses_have_no_frame(client: Client, url: str) -> None:
    problem(client.ask("GET", "/oembed", params={"url": url}), 404)


def test_what_stands_in_an_address_stays_in_its_attribute(client: Client) -> None:
    url = f'{SITE}/lab?program="><script>alert(1)</script>'
    told = strict(client.ask("GET", "/oembed", params={"url": url}))
    assert told["html"].count("<") == 2
    problem(client.get("/oembed?format=xml"), 501)
    for most in ("0", "x", "-3", "1e9"):
        problem(client.ask("GET", "/oembed", params={"url": f"{SITE}/lab", "maxwidth": most}), 422)


def test_a_computed_pass_comes_in_the_page(client: Client) -> None:
    config = json.loads(Document(client.get(f"/embed/lab?{PRODUCT}&lang=pt-BR").text).script)
    [graph] = config["records"]["graphs"]
    assert graph["answers"]["pt-BR"]["value"] == 6
    assert [op["name"] for op in config["records"]["ops"]] == ["mul"]
    for slug, lesson in lessons().items():
        page = Document(client.get(f"/embed/lessons/{slug}").text)
        assert len(json.loads(page.script)["records"]["graphs"]) == len(lesson["graphs"]), slug


@pytest.mark.parametrize(
    "query",
    ["", "program=", "program=f = x *", "program=f = x", 'program=f=x&values={"x":"a"}',
     "program=f=2&values=[", "program=f=2&values=1", "program=f=2&rate=x&update=f",
     "program=f=2&expand={}", "program=f=2&detail=layer", "program=f=2&labels=[1]",
     'program=f=sum(x@x)&detail=scalar&values={"x":' + str([[1] * 12] * 12) + "}"],
)  # fmt: skip
def test_what_cannot_be_computed_is_left_to_the_page(client: Client, query: str) -> None:
    answer = client.get(f"/embed/lab?{query}")
    assert answer.status_code == 200
    assert json.loads(Document(answer.text).script)["records"] is None


def test_the_records_of_a_lesson_are_computed_once() -> None:
    lesson = lessons()["matrices"]
    assert embedded.of_lesson(lesson, "en") is embedded.of_lesson(lesson, "en")


def test_a_setting_says_who_may_show_a_frame(runner: asyncio.Runner) -> None:
    named = "https://moodle.example, https://*.example.org:8443"
    client = Client(create_app(Settings(embedders=named)), runner)
    answer = client.get("/embed/lab")
    sources = "'self' https://moodle.example https://*.example.org:8443"
    assert answer.headers["content-security-policy"].endswith(f"frame-ancestors {sources}")
    assert json.loads(Document(answer.text).script)["embedders"] == sources.split()[1:]
    assert "frame-ancestors 'self'" in client.get("/lab").headers["content-security-policy"]
    assert ancestors(embedders("")) == "'self'"


@pytest.mark.parametrize("name", ["moodle.example", "https://a/b", "https://a; img-src *", "'x'"])
def test_what_is_no_site_is_no_setting(name: str) -> None:
    with pytest.raises(ValidationError, match="is no site"):
        Settings(embedders=name)
