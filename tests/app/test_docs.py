"""The reference names everything that the OpenAPI document names, and its examples work."""

from __future__ import annotations

import asyncio
import html
import json
import re
import shlex
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from app.catalogues import LANGUAGES, catalogue
from app.docs_json import compact, excerpt, pretty
from app.docs_op_entries import printed
from app.docs_reference import DESCRIPTIONS, Reader
from app.docs_schema import BOUNDS, Schemas
from app.main import create_app
from app.settings import Settings
from engine.ops import OPS
from tests.app.client import API, SITE, Client, strict

SCHEMA: dict[str, Any] = create_app(Settings()).openapi()
ROUTES = [(path, method) for path, item in SCHEMA["paths"].items() for method in item]
WRITABLE = [name for name, op in OPS.items() if op.call]


class Outline(HTMLParser):
    """A page's anchors, links inside it, headings, and the texts of elements with an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.texts: dict[str, str] = {}
        self._block: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.links.append((given["href"] or "")[1:])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "pre":
            self._block = given.get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        self._block = None if tag == "pre" else self._block

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self.texts[self._block] = self.texts.get(self._block, "") + data


@pytest.fixture(scope="module")
def outline(client: Client) -> Outline:
    return Outline(client.get("/docs").text)


@pytest.fixture(scope="module")
def operations(client: Client) -> Outline:
    return Outline(client.get("/docs/ops").text)


def anchor(path: str, method: str) -> str:
    return f"{method}{re.sub('[^A-Za-z0-9]+', '-', path)}".rstrip("-")


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_every_route_is_in_the_reference(outline: Outline, path: str, method: str) -> None:
    assert anchor(path, method) in outline.ids
    assert anchor(path, method) in outline.links
    command = outline.texts[f"{anchor(path, method)}-curl"]
    assert re.sub(r"\{.*", "", path) in command


def test_every_reference_of_the_document_has_its_anchor(outline: Outline) -> None:
    named = set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(SCHEMA)))
    assert named
    assert {f"model-{name}" for name in named} <= set(outline.ids)
    assert "model-Numbers" in outline.ids


@pytest.mark.parametrize("page", ["outline", "operations"])
def test_links_inside_a_page_lead_somewhere_and_headings_are_in_order(
    page: str, request: pytest.FixtureRequest
) -> None:
    found: Outline = request.getfixturevalue(page)
    assert set(found.links) <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert found.levels[0] == 1
    assert found.levels.count(1) == 1
    steps = zip(found.levels, found.levels[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_an_example_without_open_names_works_as_pasted(
    client: Client, outline: Outline, path: str, method: str
) -> None:
    command = outline.texts[f"{anchor(path, method)}-curl"]
    words = shlex.split(command.replace("\\\n", " "))
    assert words[:2] in (["curl", "-s"], ["curl", "-sN"])
    address = words[2].removeprefix(SITE)
    assert address.startswith("/")
    if "$" in address or method not in {"get", "post"}:
        return
    if method == "get":
        assert client.get(address).status_code == 200
        return
    options = words[3 : words.index("-d")]
    assert [o for o in options if o != "-H" and "event-stream" not in o] == [
        "Content-Type: application/json"
    ]
    body = json.loads(words[words.index("-d") + 1])
    answer = client.post(path.removeprefix(API), body)
    assert answer.status_code in {200, 201, 202}
    assert set(body) <= set(_properties(path, method))


def _properties(path: str, method: str) -> dict[str, Any]:
    schema = SCHEMA["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"]
    found: dict[str, Any] = Schemas(SCHEMA).resolve(schema)["properties"]
    return found


def test_the_printed_answer_is_what_the_server_answers(client: Client, outline: Outline) -> None:
    printed = outline.texts["post-api-v1-programs-answer"]
    assert json.loads(printed) == strict(
        client.post("/programs", {"program": "q = x + y; z = 4; f = q * z"})
    )
    assert '"value": 0.10258051873709023' in outline.texts["post-api-v1-graphs-answer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_has_a_name(language: str) -> None:
    words = catalogue(language)
    assert {f"docs.family.{OPS[name].family}" for name in WRITABLE} <= set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_the_templates_choose_exists(language: str) -> None:
    chosen = {f"docs.bound.{of}" for of, _ in BOUNDS.values() if of} | set(DESCRIPTIONS.values())
    chosen |= {f"docs.in.{place}" for place in ("path", "query", "header", "cookie")}
    chosen |= {f"docs.{page}.title" for page in ("reference", "ops")}
    assert chosen <= set(catalogue(language))


@pytest.mark.parametrize("path", ["/docs", "/docs/ops"])
def test_behind_a_proxy_the_documentation_stays_inside_its_path(
    runner: asyncio.Runner, path: str
) -> None:
    settings = Settings(base_path="/gradwalk", public_url="https://school.example/gradwalk/")
    text = Client(create_app(settings), runner).get(f"/gradwalk{path}").text
    addresses = re.findall(r'(?:href|src|data-src|data-path)="([^"#?][^"]*)"', text)
    assert addresses
    assert not [address for address in addresses if not address.startswith("/gradwalk/")]
    assert ("https://school.example/gradwalk/api/v1/graphs" in text) == (path == "/docs")


@pytest.mark.parametrize("name", WRITABLE)
def test_every_operation_is_shown_at_work(client: Client, operations: Outline, name: str) -> None:
    assert f"op-{name}" in operations.ids
    page = client.get("/docs/ops?lang=pt-BR").text
    part = page.split(f'id="op-{name}"')[1].split("</article>")[0]
    [lab] = re.findall(r'<p class="op-lab"><a href="(/lab\?[^"]+)"', part)
    [embed] = re.findall(r'data-src="(/embed/lab\?[^"]+)"', part)
    assert lab.removeprefix("/lab") == embed.removeprefix("/embed/lab")
    assert "lang=pt-BR" in lab
    assert client.get(lab.replace("&amp;", "&")).status_code == 200
    assert r"\frac{\partial" in part
    assert "«" not in part


@pytest.mark.parametrize(("language", "slope"), [("en", "0.5"), ("pt-BR", "0,5")])
def test_the_traps_of_an_operation_are_told_with_their_numbers(
    client: Client, language: str, slope: str
) -> None:
    page = client.get(f"/docs/ops?lang={language}").text
    rows = {row["name"]: row for row in strict(client.get(f"{API}/ops"))["items"]}
    for name in WRITABLE:
        part = page.split(f'id="op-{name}"')[1].split("</article>")[0]
        for trap in rows[name]["traps"]:
            assert trap["doc"][language] in html.unescape(part)
    part = page.split('id="op-maximum"')[1].split("</article>")[0]
    assert f"<span>x = 2</span> <span>y = 2</span> <span>→ 2</span> <span>∂/∂x = {slope}" in part
    assert "program=maximum%28x%2C%20y%29&amp;values=%7B%22x%22%3A2.0" in part


def test_numbers_that_are_not_finite_are_printed_as_signs() -> None:
    assert printed(["Infinity", -0.25, "NaN"], "pt-BR") == "[∞; −0,25; NaN]"
    assert printed([[1.5], []], "en") == "[[1.5], []]"


def test_the_pages_may_frame_the_stage(client: Client) -> None:
    policy = client.get("/docs/ops").headers["content-security-policy"]
    assert "frame-src 'self'" in policy


class Row(BaseModel):
    row: int


def made() -> FastAPI:
    """An application whose routes this page has never seen."""
    app = FastAPI()

    @app.post("/things/{thing}/train", tags=["things"])
    async def train(thing: str, body: Row) -> Row:
        raise AssertionError(f"{thing} must never be trained by reading: {body}")

    @app.delete("/things/{thing}", tags=["things"], status_code=204)
    async def remove(thing: str) -> None:
        raise AssertionError(f"{thing} must never be removed by reading")

    @app.get("/things", tags=["things"])
    async def many(limit: int = 3) -> list[Row]:
        raise AssertionError(f"what is stored must never be read for a page: {limit}")

    return app


def test_a_route_that_keeps_state_is_shown_but_never_asked(client: Client) -> None:
    app = made()
    reader = Reader(app.openapi(), app, {}, "https://gradwalk.test", str)
    reference = client.wait(reader.reference())
    rows = {row.anchor: row for noun in reference.nouns for row in noun.operations}
    assert [noun.tag for noun in reference.nouns] == ["things"]
    train = rows["post-things-thing-train"]
    assert not any(row.stateless for row in rows.values())
    assert train.curl == (
        'curl -s "https://gradwalk.test/things/$THING/train" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        "  -d '{\"row\": 1}'"
    )
    assert json.loads(train.answer or "") == {"row": 1}
    assert "-X DELETE" in rows["delete-things-thing"].curl
    assert rows["delete-things-thing"].answer is None
    [limit] = rows["get-things"].parameters
    assert (limit.place, limit.field.default, limit.field.required) == ("query", "3", False)


def test_types_are_written_in_one_line() -> None:
    schemas = Schemas({"components": {"schemas": {"Row": {"type": "object"}}}})

    def written(schema: dict[str, Any]) -> str:
        return "".join(piece.text for piece in schemas.type(schema))

    row = {"$ref": "#/components/schemas/Row"}
    null = {"type": "null"}
    assert written({"anyOf": [{"type": "array", "items": row}, null]}) == "Row[] | null"
    assert written({"type": "array", "items": {"anyOf": [row, null]}}) == "(Row | null)[]"
    assert written({"type": "object", "additionalProperties": row}) == "{ name: Row }"
    assert written({"enum": ["a", "b"]}) == '"a" | "b"'
    assert written({"prefixItems": [row, {"type": "integer"}], "type": "array"}) == "[Row, integer]"
    field = schemas.field("h", {"type": "number", "exclusiveMinimum": 0.0, "maximum": 2}, True)
    assert [bound.text for bound in field.bounds] == ["> 0", "≤ 2"]


def test_a_model_inside_itself_has_an_example() -> None:
    tree = {"properties": {"child": {"$ref": "#/components/schemas/Tree"}}}
    schemas = Schemas({"components": {"schemas": {"Tree": tree}}})
    assert "child" in schemas.example({"$ref": "#/components/schemas/Tree"})


def test_json_is_broken_where_it_is_long_and_stays_json() -> None:
    value = {"a": [1, 2], "b": [{"c": "x" * 40} for _ in range(5)], "d": {}}
    assert json.loads(pretty(value)) == value
    assert json.loads(compact(value)) == value
    assert max(map(len, pretty(value).splitlines())) < 80
    assert "… 3" in excerpt(value, str)
    assert '"a": [1, 2],' in excerpt(value, str)
