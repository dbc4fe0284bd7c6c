"""A lesson is put together on the page, downloaded, checked by the command, and served."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlencode

import httpx
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.app.networks import XOR
from tests.app.process import GRADWALK, Server, serving
from tests.browser.conftest import Visit
from tests.browser.picture import reload

ODD = "It is \"so\" \\ and ''' <img src=x onerror=alert(1)> $\\frac{1}{2}$ — **yes**"
VALUES = '{"x": 2, "y": 3, "unused": 4, "α": [[1, 0.5], [2e-7, -3]]}'
PROGRAM = "q = x * y\nM = α @ α\nf = q * sum(M)"


def added(page: Page, title: str, text: str) -> None:
    dialog = page.get_by_role("dialog", name="Compose a lesson")
    dialog.get_by_role("button", name="Add this view as a scene").click()
    dialog.get_by_label("Title of the scene").fill(title)
    dialog.get_by_label("Text", exact=True).fill(text)


def names(page: Page) -> list[str]:
    expect(page.locator(".composed .name").first).to_be_visible()
    return page.locator(".composed .name").all_inner_texts()


def test_two_views_become_a_lesson(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    query = urlencode({"program": PROGRAM, "values": VALUES, "labels": '{"q": "q_1", "z": "z"}'})
    page = visit(f"/lab?{query}&step=2&tool=compose")
    dialog = page.get_by_role("dialog", name="Compose a lesson")
    dialog.get_by_label("Title of the lesson").fill("Ação & reação")
    added(page, "Ahead", f"{ODD}\n\n- one\n- two")
    dialog.get_by_label("Notes for yourself").fill("Wait here.")
    dialog.get_by_label("Ends at step").fill("5")
    dialog.get_by_label("Ask “").check()
    expect(dialog.locator(".preview mfrac")).to_be_visible()
    page.get_by_role("slider", name="Timeline").focus()
    page.keyboard.press("Home")
    added(page, "At first", "")
    added(page, "Too many", "")
    dialog.get_by_role("button", name="Remove: Too many").click()
    dialog.get_by_role("button", name="Move up: At first").click()
    assert names(page) == ["1. At first", "2. Ahead"]
    reload(page)
    assert names(page) == ["1. At first", "2. Ahead"]

    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download the lesson").click()
    assert download.value.suggested_filename == "acao-reacao.toml"
    file = tmp_path / "acao-reacao.toml"
    download.value.save_as(file)
    check = [str(GRADWALK), "lesson", "check", str(file)]
    done = subprocess.run(check, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, f"{file}: All is well; scenes: 2.\n")
    lesson = tomllib.loads(file.read_text(encoding="utf-8"))
    assert lesson["scenes"][1]["text"]["en"] == f"{ODD}\n\n- one\n- two"
    assert [(s["from"], s["to"]) for s in lesson["scenes"]] == [(0, 12), (2, 5)]
    assert lesson["scenes"][1]["ask"] == ["value f"]
    assert set(lesson["graphs"]["graph-1"]["values"]) == {"x", "y", "α"}

    with serving("--lessons", str(tmp_path)) as mine:
        other = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        alerts: list[str] = []

        def met(found: Dialog) -> None:
            alerts.append(found.message)
            found.dismiss()

        other.on("dialog", met)
        other.goto(f"{mine.url}/?lang=en")
        other.get_by_role("link", name="Ação & reação").click()
        other.wait_for_selector('#app[data-ready="true"]')
        expect(other.get_by_role("heading", level=2, name="At first")).to_be_visible()
        other.get_by_role("button", name="Scene 2: Ahead").click()
        expect(other.locator(".telling")).to_contain_text("<img src=x onerror=alert(1)>")
        expect(other.locator(".telling mfrac")).to_be_visible()
        expect(other.get_by_role("slider", name="Timeline")).to_have_attribute("aria-valuenow", "2")
        assert not alerts and not other.locator(".telling img").count()
        other.context.close()


def seen(page: Page) -> dict[str, str | None]:
    """Return what each node of the picture says of itself."""
    expect(page.locator("[data-node=L]")).to_be_visible()
    names = ("x", "W1", "b1", "s1", "a1", "W2", "b2", "s2", "a2", "L")
    return {n: page.locator(f"[data-node={n}]").get_attribute("aria-label") for n in names}


def test_a_trained_network_is_served_as_it_was_seen(
    visit: Visit, server: Server, browser: Browser, tmp_path: Path
) -> None:
    api = f"{server.url}/api/v1/networks"
    spec = {**XOR, "batch_size": 2, "optimizer": {"name": "sgd", "learning_rate": 0.5}}
    made = httpx.post(api, json=spec).json()["id"]
    httpx.post(f"{api}/{made}/step", json={"phase": "iteration", "count": 30})
    httpx.patch(f"{api}/{made}", json={"optimizer": {"learning_rate": 0.25}})
    httpx.post(f"{api}/{made}/step", json={"phase": "iteration", "count": 1})
    page = visit(f"/lab?left=network&network={made}&step=40&tool=compose")
    added(page, "Trained", "")
    there = seen(page)
    dialog = page.get_by_role("dialog", name="Compose a lesson")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download the lesson").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    graph = tomllib.loads(file.read_text(encoding="utf-8"))["graphs"]["graph-1"]
    assert set(graph) == {"network", "rows"}
    assert (len(graph["rows"]), graph["network"]["optimizer"]["learning_rate"]) == (2, 0.25)
    check = [str(GRADWALK), "lesson", "check", str(file)]
    done = subprocess.run(check, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout

    with serving("--lessons", str(tmp_path)) as mine:
        other = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        other.goto(f"{mine.url}/lessons/{file.stem}?lang=en&step=40")
        other.wait_for_selector('#app[data-ready="true"]')
        other.keyboard.press("End")
        assert seen(other) == there
        other.get_by_role("link", name="Train this network in the lab").click()
        other.get_by_role("button", name="Build", exact=True).click()
        expect(other.locator("[data-node=W1]")).to_be_visible()
        begins = other.locator("[data-node=W1]").get_attribute("aria-label")
        assert begins and begins == (there["W1"] or "").partition(", gradient")[0]
        other.context.close()


def test_a_scene_of_a_network_and_of_a_lesson(visit: Visit, tmp_path: Path) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=7")
    page.get_by_role("button", name="Present", exact=True).click()
    page.get_by_role("button", name="Compose a lesson").click()
    added(page, "Of a lesson", "")
    page.goto(page.url.split("/lessons")[0] + "/lab?left=network&tool=compose")
    page.get_by_role("button", name="Build", exact=True).click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    added(page, "Of a network", "")
    dialog = page.get_by_role("dialog", name="Compose a lesson")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download the lesson").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    check = [str(GRADWALK), "lesson", "check", str(file)]
    done = subprocess.run(check, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    dialog.get_by_role("link", name="Show in the lab: Of a network").click()
    page.wait_for_selector('#app[data-ready="true"]')
    expect(page.locator("[data-node=W1]")).to_be_visible()
