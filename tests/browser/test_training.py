"""A network is trained, watched, steered and brought back into range, in a real browser."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.picture import reload
from tests.browser.test_accessibility import complaints

XOR: dict[str, Any] = {
    "inputs": 2,
    "layers": [{"units": 4, "activation": "tanh", "bias": True},
               {"units": 1, "activation": "sigmoid", "bias": True}],
    "loss": "half_mse", "optimizer": {"name": "sgd", "learning_rate": 2}, "init": "xavier_uniform",
    "seed": 0, "data": {"name": "xor"}, "shuffle": False,
}  # fmt: skip
LINE = {
    **XOR, "inputs": 1, "loss": "mse", "data": {"name": "line"},
    "optimizer": {"name": "sgd", "learning_rate": 1000},
    "layers": [{"units": 3, "activation": "relu", "bias": True},
               {"units": 1, "activation": "linear", "bias": True}],
}  # fmt: skip
LONG = 20_000


def build(visit: Visit, spec: dict[str, Any] = XOR, lang: str = "en", **more: Any) -> Page:
    given = urllib.parse.quote(json.dumps(spec))
    page = visit(f"/lab?left=network&lang={lang}&build={given}", **more)
    press(page, "Build" if lang == "en" else "Construir")
    expect(page.locator("[data-node=W1]")).to_be_visible()
    rested(page)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page, name: str, text: str) -> None:
    box = page.get_by_role("textbox", name=name, exact=True)
    box.fill(text)
    box.press("Tab")


def counter(page: Page, name: str) -> str:
    row = page.locator(".counters div", has=page.get_by_text(name, exact=True))
    return row.locator("dd").inner_text()


def at(page: Page, iteration: int | str, within: int = 8000) -> None:
    expect(page.locator(".counters dd").first).to_have_text(str(iteration), timeout=within)


def train(page: Page, epochs: int, name: str = "Train {} epochs") -> None:
    """Train so many epochs, and wait until the page rests again."""
    fill(page, "Epochs", str(epochs))
    press(page, name.format(epochs))
    rested(page)


def rested(page: Page) -> None:
    button = page.get_by_role("button", name=re.compile("^(Train|Treinar)"))
    expect(button).to_have_attribute("aria-busy", "false", timeout=LONG)


def beyond(page: Page, iteration: int) -> None:
    """Wait until a running training has come further than that."""
    page.evaluate(
        """async (n) => {
          const text = () => document.querySelector(".counters dd").textContent;
          while (Number(text().replace(/\\D/g, "")) <= n) await new Promise(requestAnimationFrame);
        }""",
        iteration,
    )


def looks(page: Page) -> tuple[str, str, str]:
    """Return what tells one place in a training from another."""
    label = page.locator("[data-node=W1]").get_attribute("aria-label") or ""
    step = page.get_by_role("slider", name="Timeline").get_attribute("aria-valuenow") or ""
    return counter(page, "Iteration"), step, label


def test_xor_is_learned_and_every_place_on_the_way_is_a_link(visit: Visit) -> None:
    page = build(visit)
    fill(page, "Epochs", "")
    fill(page, "Loss ≤", "0.01")
    press(page, "Train")
    rested(page)
    expect(page.get_by_role("alert")).to_contain_text("as low as was asked")
    assert float(counter(page, "Loss")) <= 0.01
    reached = counter(page, "Iteration")
    page.get_by_role("combobox", name="How far one press moves").select_option("run")
    page.get_by_role("slider", name="Iteration").fill("3")
    at(page, 3)
    expect(page.get_by_text(f"You are looking at iteration 3 of {reached}.")).to_be_visible()
    page.get_by_role("combobox", name="How far one press moves").select_option("operation")
    press(page, "Step back")
    here = looks(page)
    page.wait_for_url(re.compile(f"at=3.*step={here[1]}"))
    reload(page)
    at(page, 3)
    assert looks(page) == here
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    at(page, 2)
    page.keyboard.press("ArrowRight")
    at(page, 3)
    expect(page.get_by_role("slider", name="Timeline")).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("Control+z")
    at(page, 3)


def test_who_follows_a_link_into_a_training_moves_nobody(visit: Visit) -> None:
    page = build(visit)
    train(page, 20)
    at(page, 20)
    page.wait_for_url(re.compile("at=20"))
    other = visit("/" + page.url.split("/", 3)[3].replace("at=20", "at=5"))
    at(other, 5)
    reload(page)
    at(page, 20)
    at(other, 5)


def test_a_jump_on_the_curve_is_taken_back_by_undo(visit: Visit) -> None:
    page = build(visit)
    train(page, 80)
    at(page, 80)
    curve = page.get_by_role("img", name=re.compile("Loss by iteration"))
    box = curve.bounding_box()
    assert box
    curve.hover(position={"x": box["width"] * 0.55, "y": box["height"] / 2})
    pointed = page.locator(".reading").inner_text()
    named = re.search(r"iteration (\d+)", pointed)
    assert named and 30 < int(named[1]) < 50
    curve.click(position={"x": box["width"] * 0.55, "y": box["height"] / 2})
    at(page, named[1])
    page.mouse.move(0, 0)
    assert page.locator(".reading").inner_text() == pointed
    page.keyboard.press("Control+z")
    at(page, 80)
    page.keyboard.press("Control+y")
    at(page, named[1])


def test_from_an_iteration_to_the_third_product_of_its_second_batch(visit: Visit) -> None:
    page = build(visit, {**XOR, "batch_size": 1})
    train(page, 10)
    at(page, 40)
    level = page.get_by_role("combobox", name="How far one press moves")
    level.select_option("iteration")
    page.keyboard.press("ArrowLeft")
    at(page, 39)
    page.keyboard.press("ArrowLeft")
    at(page, 38)
    assert counter(page, "Batch") == "2 / 4"
    page.get_by_role("combobox", name="Detail").select_option("scalar")
    expect(page.locator('[data-node="W1[0,0]"]')).to_be_visible()
    level.select_option("operation")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    said = page.get_by_role("status", name="Step")
    expect(said).to_contain_text("step 3 of")
    at(page, 38)


def test_levels_zoom_by_key_and_move_by_phase_and_epoch(visit: Visit) -> None:
    page = build(visit, {**XOR, "batch_size": 2})
    train(page, 5)
    at(page, 10)
    level = page.get_by_role("combobox", name="How far one press moves")
    page.keyboard.press("Home")
    page.keyboard.press("-")
    expect(level).to_have_value("phase")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-node=a2]")).to_have_attribute(
        "data-state", re.compile("active|done")
    )
    expect(page.locator("[data-node=L]")).to_have_attribute("data-state", "pending")
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(level).to_have_value("epoch")
    page.keyboard.press("ArrowLeft")
    at(page, 8)
    page.keyboard.press("ArrowRight")
    at(page, 10)
    page.keyboard.press("ArrowRight")
    at(page, 12)
    page.keyboard.press("-")
    page.keyboard.press("ArrowLeft")
    at(page, 0)
    page.keyboard.press("+")
    expect(level).to_have_value("epoch")


def test_before_a_change_of_the_batch_size_comes_the_pass_that_led_there(visit: Visit) -> None:
    page = build(visit, {**XOR, "batch_size": 2})
    train(page, 2)
    at(page, 4)
    fill(page, "Batch size", "1")
    batch = page.locator(".counters div", has=page.get_by_text("Batch", exact=True)).locator("dd")
    expect(batch).to_have_text("1 / 4")
    at(page, 4)
    timeline = page.get_by_role("slider", name="Timeline")
    expect(timeline).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("PageUp")
    expect(batch).to_have_text("2 / 2")
    at(page, 4)
    assert timeline.get_attribute("aria-valuenow") == timeline.get_attribute("aria-valuemax")
    page.keyboard.press("PageDown")
    at(page, 5)
    expect(batch).to_have_text("1 / 4")
    page.get_by_role("combobox", name="How far one press moves").select_option("iteration")
    page.keyboard.press("PageUp")
    at(page, 4)
    page.keyboard.press("PageUp")
    at(page, 3)
    expect(batch).to_have_text("1 / 2")


def test_settings_act_while_a_training_runs_and_nothing_is_lost(visit: Visit) -> None:
    page = build(visit)
    page.get_by_role("combobox", name="Pace").select_option("30")
    fill(page, "Epochs", "")
    page.get_by_role("main").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(page.get_by_role("progressbar", name="Progress of the training")).to_be_visible()
    beyond(page, 5)
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    changes = page.locator(".changes summary")
    expect(changes).to_be_visible()
    expect(page.get_by_role("textbox", name="Learning rate", exact=True)).to_have_value("2.5")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("textbox", name="Learning rate", exact=True)).to_have_value("2.2")
    page.keyboard.press("Control+y")
    before = int(counter(page, "Iteration"))
    fill(page, "Batch size", "2")
    expect(page.get_by_text("⌈4 / 2⌉ = 2 iterations per epoch")).to_be_visible()
    beyond(page, before)
    page.get_by_role("main").focus()
    page.keyboard.press("t")
    rested(page)
    page.wait_for_url(re.compile("network="))
    told = page.evaluate(
        """async () => {
          const id = new URL(location).searchParams.get("network");
          const at = (path) => fetch(`/api/v1/networks/${id}${path}`).then((r) => r.json());
          return [await at(""), await at("/history")];
        }"""
    )
    network, history = told
    assert history["iterations"] == list(range(1, network["iteration"] + 1))
    assert network["spec"]["optimizer"]["learning_rate"] == 2.5
    assert network["spec"]["batch_size"] == 2
    assert str(network["iteration"]) == counter(page, "Iteration")
    rates = history["metrics"]["learning_rate"]
    assert rates[0] == 2 and rates[-1] == 2.5


def test_settings_chosen_at_an_earlier_iteration_wait_until_training_goes_on(visit: Visit) -> None:
    page = build(visit)
    train(page, 40)
    page.get_by_role("slider", name="Iteration").fill("10")
    at(page, 10)
    fill(page, "Learning rate", "0.125")
    expect(page.get_by_text("The new settings will be in force")).to_be_visible()
    press(page, "To the newest")
    at(page, 40)
    expect(page.get_by_role("textbox", name="Learning rate", exact=True)).to_have_value("2")
    page.get_by_role("slider", name="Iteration").fill("10")
    at(page, 10)
    fill(page, "Learning rate", "0.125")
    train(page, 5)
    at(page, 15)
    expect(page.get_by_text("You are looking at")).to_have_count(0)
    page.locator(".changes summary").click()
    expect(page.locator(".changes li")).to_contain_text("learning_rate = 0.125")
    page.locator(".changes li button").click()
    at(page, 10)


def test_how_the_numbers_of_a_node_are_spread_is_counted_where_one_looks(visit: Visit) -> None:
    page = build(visit)
    train(page, 30)
    page.get_by_role("combobox", name="Histograms").select_option("W1")
    counted = page.get_by_role("img", name=re.compile("^Value: 8 numbers from"))
    newest = counted.get_attribute("aria-label") or ""
    expect(page.get_by_role("img", name=re.compile("^Gradient: 8 numbers"))).to_be_visible()
    page.get_by_role("slider", name="Iteration").fill("2")
    at(page, 2)
    expect(counted).not_to_have_attribute("aria-label", newest)
    rows = page.locator(".health tbody tr")
    expect(rows).to_have_count(2)
    assert page.locator(".overlay rect.norm").count() == 2


def test_a_learning_rate_of_1000_ends_in_the_clinic_and_one_click_recovers(visit: Visit) -> None:
    page = build(visit, LINE, bypass_csp=True)
    press(page, "Train 100 epochs")
    clinic = page.get_by_role("alert", name="Failure clinic")
    expect(clinic).to_contain_text("became infinite", timeout=LONG)
    expect(clinic).to_contain_text("Lower the learning rate")
    assert page.locator(".overlay rect.broken").count() >= 2
    assert complaints(page) == ""
    page.get_by_role("combobox", name="Detail").select_option("scalar")
    expect(page.locator("#stage canvas").first).to_be_visible(timeout=LONG)
    expect(page.locator(".overlay rect.broken")).to_have_count(52, timeout=LONG)
    page.get_by_role("combobox", name="Detail").select_option("tensor")
    expect(page.locator("[data-node=W1]")).to_be_visible(timeout=LONG)
    reload(page)
    expect(clinic).to_be_visible()
    page.get_by_role("button", name="Rewind, with learning rate 0.1").click()
    at(page, 0)
    expect(clinic).to_have_count(0)
    train(page, 100)
    at(page, 100)
    assert float(counter(page, "Loss")) < 1
    expect(clinic).to_have_count(0)


def late(route: Route) -> None:
    """Hold a change of settings back for a moment."""
    if route.request.method == "PATCH":
        time.sleep(0.4)
    route.continue_()


def test_a_press_while_a_setting_is_being_changed_trains_with_it(visit: Visit) -> None:
    page = build(visit)
    page.route("**/api/v1/networks/*", late)
    fill(page, "Epochs", "30")
    fill(page, "Learning rate", "0.3")
    page.evaluate("document.querySelector('.drive .go').click()")
    at(page, 30)
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute(
        "aria-valuetext", "0.3"
    )


def test_training_and_its_clinic_in_portuguese(visit: Visit) -> None:
    page = build(visit, LINE, "pt-BR", bypass_csp=True)
    press(page, "Treinar 100 épocas")
    clinic = page.get_by_role("alert", name="Clínica de falhas")
    expect(clinic).to_contain_text("Diminua a taxa de aprendizado", timeout=LONG)
    page.get_by_role("button", name="Voltar, com taxa de aprendizado 0,1").click()
    at(page, 0)
    fill(page, "Taxa de aprendizado", "0,05")
    expect(page.get_by_role("slider", name="Taxa de aprendizado")).to_have_attribute(
        "aria-valuetext", "0,05"
    )
    press(page, "Treinar 100 épocas")
    at(page, 100, LONG)
    assert complaints(page) == ""


def test_training_by_touch(visit: Visit) -> None:
    page = build(visit, width=390, height=844, has_touch=True, bypass_csp=True)
    page.get_by_role("button", name="Explanation").tap()
    page.get_by_role("button", name="Train 100 epochs").tap()
    at(page, 100, LONG)
    curve = page.get_by_role("img", name=re.compile("Loss by iteration"))
    curve.scroll_into_view_if_needed()
    box = curve.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text(re.compile("You are looking at iteration"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert complaints(page) == ""
