"""A third language is one file: dropped into the catalogues, it is spoken by the whole page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.process import Server, serving
from tests.browser.conftest import Watch

ROOT = Path(__file__).parents[2]
# A beginning: whatever it lacks is said in English.
SPANISH = {
    "page.language.es": "Español",
    "page.tagline": "Retropropagación paso a paso",
    "ui.lab": "Laboratorio",
    "ui.phase.forward": "Ida",
    "ui.stepForward": "Paso siguiente",
    "ui.transcript": "Transcripción",
    "step.forward.sigmoid": "{node} lleva cualquier número suavemente entre cero y uno.",
    # With a hole that nothing is put into, as a slip of the translator: it is left out.
    "step.forward.mul": "{nombre} multiplica sus factores.",
}
PROBLEMS = {"program.empty": "El programa está vacío; escriba una asignación como q = x + y."}


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The project as it is, with a file more for words, and one for problems."""
    copy = tmp_path_factory.mktemp("project")
    for part in ("app", "engine", "static", "templates"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    words = copy / "app" / "catalogues"
    (words / "es.json").write_text(json.dumps(SPANISH), encoding="utf-8")
    (words / "problems.es.json").write_text(json.dumps(PROBLEMS), encoding="utf-8")
    with serving(PYTHONPATH=str(copy), cwd=copy) as server:
        yield server


@pytest.fixture
def watch(spanish: Server) -> Watch:
    return Watch(spanish.url)


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    context = browser.new_context(locale="es-MX", reduced_motion="reduce")
    watch.attach(context)
    yield context.new_page()
    context.close()
    assert not watch.problems()


def ready(page: Page) -> None:
    page.wait_for_selector('#app[data-ready="true"]')


def test_a_browser_that_prefers_it_gets_it(page: Page, spanish: Server) -> None:
    page.goto(spanish.url)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", name="Retropropagación paso a paso")).to_be_visible()
    chosen = page.get_by_role("navigation").get_by_role("link", name="Español")
    expect(chosen).to_have_attribute("aria-current", "true")
    # Lessons have no Spanish text: they are told in English, and are all there.
    page.get_by_role("link", name="A function as a graph").first.click()
    ready(page)
    page.get_by_role("button", name="Paso siguiente").click()
    expect(page.locator(".scene h2")).not_to_be_empty()
    for path in ("/docs", "/docs/ops", "/practice", "/embed/lab", "/lab?left=network"):
        page.goto(spanish.url + path)
        expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_text("undefined")).to_have_count(0)


def test_steps_numbers_and_the_next_language_follow(page: Page, spanish: Server) -> None:
    page.goto(f'{spanish.url}/lab?program=a = sigmoid(x)&values={{"x":-0.5}}')
    ready(page)
    page.get_by_role("button", name="Paso siguiente").click()
    expect(page.locator("#panel-body")).to_contain_text(
        "a lleva cualquier número suavemente entre cero y uno."
    )
    expect(page.locator('[data-node="a"]')).to_contain_text("0,3775")
    expect(page.locator(".this-step")).to_contain_text("0,3775")
    for code, tag, forward in (("PT", "pt-BR", "Próximo passo"), ("EN", "en", "Step forward"),
                               ("ES", "es", "Paso siguiente")):  # fmt: skip
        page.get_by_role("button", name=f"{code} · ").click()
        ready(page)
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.get_by_role("button", name=forward)).to_be_visible()


def test_the_interface_and_its_files_know_it(spanish: Server) -> None:
    asked = {"program": "a = sigmoid(x)", "values": {"x": -0.5}}
    status, told = spanish.post("/api/v1/graphs", {**asked, "explain": "es"})
    assert status == 200
    assert told["steps"][0]["text"].endswith("suavemente entre cero y uno.")
    assert "0{,}3775" in told["steps"][0]["latex"]
    content = json.dumps({**asked, "lang": "es"}).encode()
    headers = {"Content-Type": "application/json", "Accept-Language": "es"}
    status, _, made = spanish.ask("POST", "/api/v1/players", content, headers)
    assert status == 200 and b'<html lang="es">' in made
    status, _, problem = spanish.ask("POST", "/api/v1/graphs", b"{", headers)
    assert status == 400 and json.loads(problem)["detail"]
    status, _, ops = spanish.ask("GET", "/api/v1/ops", headers=headers)
    assert set(json.loads(ops)["items"][0]["doc"]) == {"en", "pt-BR", "es"}


def test_a_problem_is_told_in_it(page: Page, spanish: Server, watch: Watch) -> None:
    watch.provoke("422")
    page.goto(f'{spanish.url}/lab?program=f = x&values={{"x":1}}')
    ready(page)
    told = page.evaluate(
        """async () => (await (await fetch("/api/v1/graphs", {method: "POST",
          headers: {"Content-Type": "application/json"},
          body: JSON.stringify({program: ""})})).json()).detail"""
    )
    assert told == PROBLEMS["program.empty"]
