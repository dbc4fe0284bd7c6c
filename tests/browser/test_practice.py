"""Practice without end: exercises asked step by step, what is kept of it, and how it is graded."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from app.catalogues import catalogue
from engine.practice import Exercise, asked, exercise
from engine.questions import case_of, located
from tests.app.process import GRADWALK, Server
from tests.browser.conftest import Visit
from tests.browser.picture import reload


def answers(one: Exercise) -> list[str]:
    run = one.run()
    return [f"{float(case_of(run, located(run, q)).truth):.6g}" for q in asked(run)]


def path(one: Exercise) -> str:
    return f"/practice?template={one.template}&level={one.level}&seed={one.seed}"


def card(page: Page, language: str = "en") -> Locator:
    return page.get_by_role("group", name=catalogue(language)["ui.ask.question"])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def answer(page: Page, texts: list[str]) -> None:
    """Type answers to the open question and to those that follow."""
    for text in texts:
        while card(page).count() == 0:
            press(page, "Step forward")
        card(page).get_by_role("textbox").fill(text)
        card(page).get_by_role("textbox").press("Enter")
        expect(page.locator(".ask-card.settled .said.right")).to_be_visible()


def saved(page: Page, name: str) -> tuple[Any, str]:
    """Type a name, and return what the file holds that is downloaded then, and where it is."""
    page.get_by_text("Your progress").click()
    page.get_by_role("textbox", name="Your name").fill(name)
    with page.expect_download() as download:
        press(page, "Download")
    file = str(download.value.path())
    return json.loads(Path(file).read_text(encoding="utf-8")), file


def marked(file: str, folder: Path) -> dict[str, str]:
    """Return the line of a table that the command makes of one file."""
    table = folder / "marks.csv"
    command = [str(GRADWALK), "lesson", "grade", file, "-o", str(table)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return next(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))


def test_an_exercise_is_done_kept_saved_and_graded(visit: Visit, tmp_path: Path) -> None:
    one = exercise("fan-out", 1, 17)
    assert one.program == "a = x * y; b = x * z; f = a + b"
    page = visit(path(one))
    right = answers(one)
    field = card(page).get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill(str(one.values["x"] + one.values["y"]))
    field.press("Enter")
    expect(card(page).locator(".said.wrong")).to_contain_text("a is a product")
    field.fill(right[0])
    field.press("Enter")
    expect(page.locator(".said.right")).to_be_visible()
    press(page, "Step forward")
    for wrong in ("0.111", "0.222"):
        field.fill(wrong)
        field.press("Enter")
        expect(card(page).locator(".said")).to_be_visible()
    expect(card(page).locator(".worked")).to_be_visible()
    press(page, "Go on")
    answer(page, right[2:])
    expect(page.get_by_role("status").filter(has_text="Done.")).to_be_visible()
    press(page, "Next exercise")
    expect(page).to_have_url(re.compile(r"template=fan-out&level=1&seed=18"))
    expect(page.get_by_role("status").filter(has_text="Exercise 18 · 0 of")).to_be_visible()
    expect(card(page)).to_be_visible()
    page.goto(page.url.split("/practice")[0] + "/lessons/function-as-graph")
    page.wait_for_selector('#app[data-ready="true"]')
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.locator(".said.right")).to_be_visible()
    page.goto(page.url.split("/lessons")[0] + path(one))
    expect(page.get_by_role("status").filter(has_text="Exercise 17 · 9 of 9")).to_be_visible()
    found, file = saved(page, "=Ana")
    assert (found["format"], found["version"], found["name"]) == ("gradwalk-progress", 1, "=Ana")
    assert [len(item["attempts"]) for item in found["items"]] == [2, 2, *[1] * 8]
    assert [item.get("shown") for item in found["items"]] == [None, 2, *[None] * 8]
    assert found["items"][0]["exercise"] == {"template": "fan-out", "level": 1, "seed": 17}
    assert (found["items"][-1]["lesson"], found["items"][-1]["scene"]) == (
        "function-as-graph", "forward",
    )  # fmt: skip
    marks = marked(file, tmp_path)
    assert marks["name"] == "'=Ana"
    counts = ("items", "right", "first_try", "shown", "attempts", "slip_added")
    assert [int(marks[name]) for name in counts] == [10, 9, 8, 1, 12, 1]
    press(page, "Erase")
    press(page, "Yes, erase everything")
    reload(page)
    expect(page.get_by_role("status").filter(has_text="Exercise 17 · 0 of 9")).to_be_visible()


def test_answers_about_changed_values_numbers_and_networks_are_kept_and_graded(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    layers = [{"units": 2, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}]
    spec = {"inputs": 2, "layers": layers, "loss": "half_mse",
            "optimizer": {"name": "sgd", "learning_rate": 0.5},
            "data": {"name": "xor"}}  # fmt: skip
    made = httpx.post(f"{server.url}/api/v1/networks", json=spec)
    here = f"{server.url}{urlsplit(made.headers['Location']).path}"
    httpx.post(f"{here}/step", json={"phase": "epoch"}).raise_for_status()
    passed = httpx.get(f"{here}/graph").json()
    where = {"network": made.json()["id"], "left": "network", "tab": "ledger", "at": "1",
             "ask": "every", "step": "6"}  # fmt: skip
    page = visit("/lab?" + urlencode(where))
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    answer(page, [f"{passed['value']:.6g}"])
    for key in ("End", "PageUp", "PageDown"):
        page.keyboard.press(key)
    expect(card(page)).to_be_visible()
    answer(page, [f"{passed['updates'][-1]['new'][0]:.6g}"])
    values = json.dumps({"x1": 1, "w1": 2, "w2": 0.5, "y": 1})
    page.goto(f"{server.url}/lessons/two-neuron-chain?" + urlencode({"values": values}))
    page.wait_for_selector('#app[data-ready="true"]')
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    answer(page, ["2"])
    kept = json.loads(page.evaluate("() => localStorage.getItem('gradwalk.progress')"))
    items = [{k: v for k, v in one.items() if k != "right"} for one in kept["items"]]
    assert [sorted(item) for item in items] == [["attempts", "graph", "question"]] * 3
    assert items[0]["graph"]["constants"] == ["x", "y"] and "update" in items[1]["graph"]
    told = {"format": "gradwalk-progress", "version": 1, "name": "Ana", "language": "en",
            "saved": "", "items": items}  # fmt: skip
    file = tmp_path / "ana.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    marks = marked(str(file), tmp_path)
    assert [marks[name] for name in ("items", "right", "first_try")] == ["3", "3", "3"]


# Of boxes, in millimetres on paper: a pixel of a style sheet is the 96th part of an inch.
HEIGHTS = "all => all.map((one) => one.getBoundingClientRect().height * 25.4 / 96)"


def test_a_worksheet_of_two_variants_hides_what_its_key_tells(visit: Visit) -> None:
    one = exercise("net", 4, 1)
    page = visit(path(one) + "&theme=dark")
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_text("Worksheet", exact=True).click()
    page.get_by_role("combobox", name="Blank").select_option("gradients")
    page.get_by_role("spinbutton", name="Variants").fill("2")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("() => window.printed")
    page.emulate_media(media="print")
    sheets = page.locator(".worksheet .sheet")
    # Text with the new weights, the drawing behind it, for each variant, and the same as its key.
    expect(sheets).to_have_count(8)
    run = one.run()
    texts = sheets.nth(1).locator("svg text").all_text_contents()
    shown = ["".join(text.split()) for text in texts]
    assert [f"{run.value:g}" in shown, "∂1" in shown] == [True, True]
    blank = [node.id for node in run.graph.nodes[:-1] if run.grads[node.id] is not None]
    assert shown.count("∂") == len(blank) > 5
    assert sheets.first.locator("td").all_text_contents() == [""] * len(run.updates)
    heights = sheets.nth(1).locator("svg rect[rx='3']").evaluate_all(HEIGHTS)
    assert [len(heights), min(heights) >= 9] == [len(blank), True]
    key = ["".join(text.split()) for text in sheets.nth(5).locator("svg text").all_text_contents()]
    expect(sheets.nth(5).get_by_text("Key", exact=True)).to_be_visible()
    assert f"∂{float(run.grads['w1'] or 0):g}".replace("-", "−") in key
    assert "∂" not in key
    new = [f"{float(one.new):g}".replace("-", "−") for one in run.updates]
    assert sheets.nth(4).locator("td").all_text_contents() == new
    colours = set(
        re.findall(r"rgb\([^)]*\)", sheets.nth(1).locator("svg").evaluate("e => e.outerHTML"))
    )
    assert colours <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [(842, 595)] * 8


def test_the_level_rises_in_a_browser_that_keeps_nothing(visit: Visit) -> None:
    page = visit("/practice?lang=pt-BR")
    page.add_init_script(
        'Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });'
    )
    reload(page)
    for seed in (1, 2):
        expect(page).to_have_url(re.compile(rf"level=1&seed={seed}"))
        for text in answers(exercise("chain", 1, seed)):
            while card(page, "pt-BR").count() == 0:
                press(page, "Próximo passo")
            card(page, "pt-BR").get_by_role("textbox").fill(text.replace(".", ","))
            press(page, "Conferir")
            expect(page.locator(".said.right")).to_contain_text("Certo")
        expect(page.get_by_role("status").filter(has_text="Tudo por sua conta.")).to_be_visible()
        press(page, "Próximo exercício")
    expect(page).to_have_url(re.compile(r"level=2&seed=3"))
    expect(page.get_by_role("alert")).to_contain_text("nível 2")
    page.get_by_text("Seu progresso").click()
    expect(page.get_by_text("Este navegador não guarda nada.")).to_be_visible()
    expect(page.locator(".kept dd").first).to_have_text("2")
    press(page, "EN · English")
    expect(page.get_by_role("status").filter(has_text="Exercise 3 · 0 of")).to_be_visible()
    expect(page.get_by_text("This browser keeps nothing.")).to_be_visible()
    expect(page.locator(".kept dd").first).to_have_text("2")
    expect(page).to_have_url(re.compile(r"lang=en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(card(page)).to_contain_text("What is the value")


@pytest.mark.parametrize("template", ["chain", "fan-out", "diamond", "net"])
def test_on_the_wall_the_card_leaves_the_question_itself_to_be_seen(
    visit: Visit, template: str
) -> None:
    page = visit(f"/practice?template={template}&level=1&seed=3&projector=1", 1920, 1080)
    card = page.locator(".ask-card")
    expect(card).to_be_visible()
    page.wait_for_function("() => document.querySelector('.ask-card').style.left !== ''")
    one, other = card.bounding_box(), page.locator(".chip rect").first.bounding_box()
    assert one and other
    beside = one["x"] >= other["x"] + other["width"] or one["x"] + one["width"] <= other["x"]
    below = one["y"] >= other["y"] + other["height"] or one["y"] + one["height"] <= other["y"]
    assert beside or below
