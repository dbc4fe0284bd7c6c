"""A learner is asked before a step is shown: right, slipped, wrong, shown, in both languages."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from app.catalogues import catalogue
from tests.browser.conftest import Visit

CHAIN = "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)"
STATE = {
    "program": CHAIN, "values": json.dumps({"x1": 1, "w1": -0.5, "w2": 0.5, "y": 1}),
    "constants": "x1,y", "update": "w2,w1", "step": "9", "ask": "every",
}  # fmt: skip
PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}


def lab(**more: str) -> str:
    return "/lab?" + urlencode({**STATE, **more})


def card(page: Page, language: str = "en") -> Locator:
    return page.get_by_role("group", name=catalogue(language)["ui.ask.question"])


def press(page: Page, key: str, language: str = "en") -> None:
    text = re.compile("^" + re.escape(catalogue(language)[key]))
    page.get_by_role("button", name=text).first.click()


def gradient(page: Page, node: str) -> Locator:
    return page.locator(f'[data-node="{node}"]')


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_a_question_is_slipped_on_missed_and_shown(visit: Visit, language: str) -> None:
    page = visit(lab(lang=language))
    press(page, "ui.stepForward", language)
    asked = card(page, language)
    field = asked.get_by_role("textbox")
    expect(field).to_be_focused()
    expect(gradient(page, "w2")).to_have_attribute("data-grad", "pending")
    assert "0423" not in page.locator("body").inner_text().replace(",", "")
    page.keyboard.type("-0,1123" if language == "pt-BR" else "-0.1123")
    page.keyboard.press("Enter")
    expect(asked.locator(".said")).to_contain_text("∂s₂/∂w₂")
    expect(gradient(page, "w2")).to_have_attribute("data-grad", "pending")
    field.fill("5")
    field.press("Enter")
    mark = "," if language == "pt-BR" else "."
    expect(asked.locator(".worked")).to_contain_text(f"0{mark}04237")
    go_on = asked.get_by_role("button", name=catalogue(language)["ui.ask.goOn"])
    expect(go_on).to_be_focused()
    page.keyboard.press("Enter")
    expect(gradient(page, "w2")).to_have_attribute("data-grad", "done")
    expect(asked).to_have_count(0)


@pytest.mark.parametrize("typed", ["-0.0423", "−0,0424", "-0.453*0.248*0.378"])
def test_a_right_answer_brings_the_step(visit: Visit, typed: str) -> None:
    page = visit(lab())
    press(page, "ui.stepForward")
    card(page).get_by_role("textbox").fill(typed)
    press(page, "ui.ask.check")
    expect(page.locator(".said.right")).to_contain_text("Right")
    expect(gradient(page, "w2")).to_have_attribute("data-grad", "done")


def test_a_text_that_is_no_number_costs_no_try(visit: Visit) -> None:
    page = visit(lab())
    press(page, "ui.stepForward")
    field = card(page).get_by_role("textbox")
    for text in ("9**9**9", "nan", ""):
        field.fill(text)
        field.press("Enter")
        expect(card(page).locator(".said")).to_be_visible()
    expect(card(page).locator(".worked")).to_have_count(0)
    expect(field).to_be_visible()


def test_escape_skips_and_show_me_shows(visit: Visit) -> None:
    page = visit(lab())
    press(page, "ui.stepForward")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(gradient(page, "w2")).to_have_attribute("data-grad", "done")
    press(page, "ui.stepForward")
    press(page, "ui.ask.show")
    expect(card(page).locator(".worked")).to_be_visible()


def test_a_link_reopens_the_question_and_a_key_turns_the_asking_off(visit: Visit) -> None:
    page = visit(lab(beat="1"))
    expect(card(page)).to_be_visible()
    page.locator("#stage-area").focus()
    for _ in range(4):
        page.keyboard.press("a")
    expect(page.get_by_role("combobox", name="Ask me")).to_have_value("off")
    expect(card(page)).to_have_count(0)


def test_matrices_are_asked_for_cell_by_cell(visit: Visit) -> None:
    values = {"x": [[1, 2]], "W": [[1, 0], [0.5, 2]]}
    page = visit(
        "/lab?" + urlencode({"program": "s = x @ W; f = sum(s)", "values": json.dumps(values),
                             "ask": "every"})
    )  # fmt: skip
    press(page, "ui.stepForward")
    fields = card(page).get_by_role("textbox")
    expect(fields).to_have_count(2)
    fields.nth(0).fill("2")
    fields.nth(1).fill("7")
    fields.nth(1).press("Enter")
    expect(fields.nth(1)).to_have_class("wrong")
    expect(fields.nth(0)).not_to_have_class("wrong")
    fields.nth(1).fill("4")
    fields.nth(1).press("Enter")
    expect(page.locator('[data-node="s"]')).to_have_attribute(
        "data-state", re.compile("active|done")
    )
    expect(page.locator(".said.right")).to_be_visible()


def test_on_a_phone_the_keyboard_is_one_of_numbers(visit: Visit) -> None:
    page = visit(lab(lang="pt-BR"), **PHONE)
    press(page, "ui.stepForward", "pt-BR")
    field = card(page, "pt-BR").get_by_role("textbox")
    assert field.get_attribute("inputmode") == "decimal"
    field.fill("0,0424")
    card(page, "pt-BR").get_by_role("button", name="Trocar o sinal").tap()
    card(page, "pt-BR").get_by_role("button", name="Conferir").tap()
    expect(page.locator(".said.right")).to_contain_text("Certo")
    box = page.locator(".ask-card").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_lesson_asks_and_a_presenter_is_not_held_up(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain")
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    expect(card(page).get_by_role("textbox")).not_to_be_focused()
    page.keyboard.press("PageDown")
    expect(page.locator('[data-node="s1"]')).not_to_have_attribute("data-state", "pending")
    expect(card(page)).to_have_count(0)
    expect(page.get_by_role("slider", name="Timeline")).to_have_attribute("aria-valuenow", "1")


def test_which_node_comes_next_is_chosen_and_its_order_told(visit: Visit) -> None:
    page = visit("/lessons/sums-over-paths?scene=1&step=4&lang=pt-BR")
    page.keyboard.press("PageDown")
    asked = card(page, "pt-BR")
    expect(asked).to_contain_text("Qual nó vem agora?")
    expect(asked.locator(".ask-choices .math")).to_have_text(["a", "b", "x"])
    asked.get_by_role("button", name="x").click()
    expect(asked.locator(".said.wrong")).to_contain_text("antes vem")
    expect(gradient(page, "a")).to_have_attribute("data-grad", "pending")
    gradient(page, "b").click()
    expect(page.locator(".said.right")).to_contain_text("Certo")


def test_a_digit_typed_anywhere_goes_into_the_card_of_a_lesson(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph")
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    page.keyboard.type("5")
    expect(card(page).get_by_role("textbox")).to_have_value("5")
    page.keyboard.press("Enter")
    expect(page.locator(".said.right")).to_be_visible()


def test_escape_skips_a_question_of_a_lesson_without_a_focus(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph")
    page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("slider", name="Timeline")).to_have_attribute("aria-valuenow", "1")


def product_of(page: Page) -> tuple[list[str], int]:
    """The numbers at the leaves of f = (x + y) z, and what comes of them."""
    shown = (gradient(page, leaf).locator("text.value").text_content() for leaf in "xyz")
    texts = [text or "" for text in shown]
    x, y, z = (int(text.split()[-1].replace("−", "-")) for text in texts)
    return texts, (x + y) * z


def test_fading_works_the_example_first_then_leaves_the_last_step(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph?ask=fading")
    slider = page.get_by_role("slider", name="Timeline")
    seen = [product_of(page)]
    for _ in range(4):
        page.keyboard.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "2")
    expect(card(page)).to_have_count(0)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("alert")).to_contain_text("the last step is yours")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    expect(page.locator(".scene .drawn")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect(card(page)).to_be_visible()
    seen.append(product_of(page))
    page.keyboard.type(str(seen[1][1]))
    page.keyboard.press("Enter")
    expect(slider).to_have_attribute("aria-valuenow", "2")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("alert")).to_contain_text("2")
    [item] = json.loads(page.evaluate("localStorage.getItem('gradwalk.progress')"))["items"]
    assert item["lesson"] == "function-as-graph" and item["seed"] == 1 and item["right"] == 1
    assert seen[0][0] != seen[1][0]


def test_a_faded_round_comes_back_with_its_numbers_and_an_unfaded_scene_with_its_own(
    visit: Visit,
) -> None:
    page = visit("/lessons/function-as-graph")
    page.evaluate("localStorage.setItem('gradwalk.fading.function-as-graph.forward', '1 1')")
    page.goto(page.url.split("?")[0] + "?ask=fading")
    own = product_of(page)
    page.keyboard.press("PageDown")
    expect(page.locator(".scene .drawn")).to_have_count(1)
    assert product_of(page) != own
