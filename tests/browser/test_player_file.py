"""A file that plays a pass with the network off: every step, both languages, in a frame too."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

import engine
from app.graph_models import CHAIN
from app.lessons import lessons
from app.player.notebook import shown
from engine.evaluate import Descent
from tests.app.process import Server
from tests.browser.picture import Card, press, read
from tests.browser.test_accessibility import complaints

ASKED: dict[str, Any] = {**CHAIN, "update": {"learning_rate": 0.1, "parameters": ["w1", "w2"]}}
STEPS = 14
LANGUAGES = {"en": "EN", "pt-BR": "PT"}


class Opened(Protocol):
    """Open a file in a browser that has no network."""

    def __call__(self, path: Path, query: str = "", **options: Any) -> Page: ...


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Every test fails on a request, on an error in the console and on an exception."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def request(url: str) -> None:
        if not url.startswith(("file:", "data:", "about:")):
            problems.append(url)

    def said(kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            problems.append(text)

    def opened(
        path: Path, query: str = "", width: int = 1280, height: int = 720, **options: Any
    ) -> Page:
        settings: dict[str, Any] = {"reduced_motion": "reduce", **options}
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **settings
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        context.on("request", lambda r: request(r.url))
        context.on("console", lambda m: said(m.type, m.text))
        context.on("weberror", lambda e: problems.append(str(e.error)))
        page = context.new_page()
        page.goto(path.as_uri() + query)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not problems


def post(server: Server, path: str, body: Any) -> bytes:
    headers = {"Content-Type": "application/json"}
    status, _, content = server.ask("POST", f"/api/v1{path}", json.dumps(body).encode(), headers)
    assert status == 200, content
    return content


@pytest.fixture
def file(server: Server, tmp_path: Path) -> Path:
    path = tmp_path / "pass.html"
    path.write_bytes(post(server, "/players", ASKED))
    return path


def ready(page: Page | Frame) -> None:
    page.wait_for_selector('#app[data-ready="true"]')


def printed(value: float, language: str) -> str:
    """Write a number with the four digits that a page shows."""
    text = f"{value:.4g}".replace("-", "−")
    return text.replace(".", ",") if language == "pt-BR" else text


def check(cards: dict[str, Card], graph: dict[str, Any], step: int, language: str) -> None:
    """Compare what is drawn after so many steps with the answer of the server."""
    steps = graph["steps"][:step]
    computed = {s["node"] for s in steps if s["phase"] in ("forward", "loss")}
    reached = {s.get("source") or s["node"] for s in steps if s["phase"] == "backward"}
    updated = {s["node"] for s in steps if s["phase"] == "update"}
    for node in graph["nodes"]:
        card = cards[node["id"]]
        if node["id"] not in updated:
            known = node["op"] is None or node["id"] in computed
            assert card.value == ([printed(node["value"], language)] if known else [""]), node["id"]
        done = node["grad"] is not None and node["id"] in reached
        assert (card.grad == "done") == done, node["id"]
        if done:
            assert printed(node["grad"], language) in card.label, node["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_shows_the_numbers_of_the_server(
    server: Server, file: Path, opened: Opened, language: str
) -> None:
    graph = json.loads(post(server, "/graphs", {**ASKED, "explain": language}))
    page = opened(file, f"?lang={language}")
    ready(page)
    assert len(graph["steps"]) == STEPS
    shown = read(page)
    for step in range(STEPS + 1):
        assert (shown.step, shown.total) == (step, STEPS)
        check(shown.nodes, graph, step, language)
        if step:
            said = graph["steps"][step - 1]["text"]
            assert said.split("⁽")[0][:20] in shown.said
        shown = press(page, "ArrowRight")
    for step in reversed(range(STEPS)):
        assert press(page, "PageUp").step == step
    assert press(page, "End").step == STEPS
    expect(page).to_have_title(
        f"Backpropagation{', step by step' if language == 'en' else ' passo a passo'} · Gradwalk"
    )


def test_the_other_language_is_there_at_a_press(server: Server, file: Path, opened: Opened) -> None:
    page = opened(file, "?step=9&theme=dark")
    ready(page)
    page.get_by_role("button", name="PT · Português").click()
    expect(page.locator("html")).to_have_attribute("lang", "pt-BR")
    graph = json.loads(post(server, "/graphs", {**ASKED, "explain": "pt-BR"}))
    shown = read(page)
    assert shown.step == 9
    check(shown.nodes, graph, 9, "pt-BR")
    expect(page.get_by_role("button", name="Próximo passo")).to_be_visible()
    expect(page).to_have_url(file.as_uri() + "?step=9&lang=pt-BR&theme=dark")
    page.reload()
    ready(page)
    assert read(page) == shown
    page.get_by_role("button", name="EN ·").click()
    expect(page.get_by_role("button", name="Step forward")).to_be_visible()


def test_it_plays_in_a_sandboxed_frame(
    server: Server, file: Path, opened: Opened, tmp_path: Path
) -> None:
    course = tmp_path / "course.html"
    text = html.escape(file.read_text(encoding="utf-8"))
    course.write_text(
        f'<iframe sandbox="allow-scripts" width="1200" height="680" srcdoc="{text}"></iframe>',
        encoding="utf-8",
    )
    page = opened(course)
    frame = page.frames[1]
    ready(frame)
    graph = json.loads(post(server, "/graphs", ASKED))
    slider = frame.get_by_role("slider", name="Timeline")
    frame.locator("#stage").click(position={"x": 10, "y": 10})
    for step in range(1, STEPS + 1):
        page.keyboard.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuenow", str(step))
    frame.get_by_role("button", name="PT · Português").click()
    value = printed(graph["value"], "pt-BR")
    expect(frame.locator('[data-node="L"]')).to_contain_text(value)
    frame.get_by_role("tab", name="Colinha").click()
    expect(frame.locator(".rules li")).not_to_have_count(0)


def test_a_notebook_plays_a_run(opened: Opened, tmp_path: Path) -> None:
    run = engine.evaluate(
        engine.parse(ASKED["program"]), ASKED["values"], ASKED["constants"],
        Descent(0.1, ("w1", "w2")),
    )  # fmt: skip
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!doctype html><p>Out[1]:</p>{shown(run)}", encoding="utf-8")
    page = opened(cell)
    frame = page.frame_locator("iframe")
    slider = frame.get_by_role("slider", name="Timeline")
    expect(slider).to_have_attribute("aria-valuemax", str(STEPS))
    frame.get_by_role("button", name="To end").click()
    expect(slider).to_have_attribute("aria-valuenow", str(STEPS))
    gradient = printed(float(run.grads["w1"]), "en")  # type: ignore[arg-type]
    expect(frame.locator('[data-node="w1"]')).to_have_attribute(
        "aria-label", re.compile(re.escape(gradient))
    )
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuenow", str(STEPS - 1))


@pytest.mark.parametrize("slug", lessons())
def test_a_lesson_plays_all_its_scenes(
    server: Server, opened: Opened, tmp_path: Path, slug: str
) -> None:
    file = tmp_path / f"{slug}.html"
    file.write_bytes(post(server, "/players", {"lesson": slug, "lang": "pt-BR"}))
    page = opened(file)
    ready(page)
    for i, scene in enumerate(lessons()[slug]["scenes"], start=1):
        page.get_by_role("navigation", name="Cenas").get_by_text(str(i), exact=True).click()
        expect(page.locator(".scene h2")).to_have_text(scene["title"]["pt-BR"])
        asked = lessons()[slug]["graphs"][scene["graph"]]
        steps = json.loads(post(server, "/graphs", asked))["steps"]
        assert press(page, "End").total == len(steps)
    assert page.get_by_role("alert").count() == 0


def test_what_needs_a_server_is_not_there(file: Path, opened: Opened) -> None:
    page = opened(file, "?network=abc&left=network&program=f%3Dx&tab=training")
    ready(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    for name in ("Lab", "Link", "Picture", "Ask me", "Nudge", "Next iteration"):
        expect(page.get_by_text(name, exact=True)).to_have_count(0)
    expect(page.get_by_role("link")).to_have_count(0)
    leaf = page.locator('[data-node="w1"]')
    leaf.dblclick()
    expect(leaf).to_have_class(re.compile("selected"))
    expect(page.get_by_role("heading", name="Selected")).to_be_visible()
    expect(page.locator("input[type=text]")).to_have_count(0)
    before = read(page)
    for key in ("t", "+", "-", "[", "]", "a", "Control+z"):
        assert press(page, key) == before
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("step forward")
    expect(page.get_by_role("dialog")).not_to_contain_text("undo")


@pytest.mark.parametrize(
    ("scheme", "width", "height", "language"),
    [("light", 1280, 720, "en"), ("dark", 390, 844, "pt-BR"), ("light", 390, 844, "en")],
)
def test_axe_finds_no_violation(
    file: Path, opened: Opened, scheme: str, width: int, height: int, language: str
) -> None:
    page = opened(
        file, f"?step=9&lang={language}", width=width, height=height,
        color_scheme=scheme, bypass_csp=True,
    )  # fmt: skip
    ready(page)
    assert not complaints(page)
