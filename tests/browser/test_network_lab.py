"""A network is drawn up, built, stepped, trained, brought back and reopened, in a real browser."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.process import serving
from tests.browser.chromium import ARGUMENTS, BROWSERS
from tests.browser.conftest import Visit, Watch
from tests.browser.test_accessibility import complaints


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def counter(page: Page, name: str) -> str:
    return (
        page.locator(".counters div", has=page.get_by_text(name, exact=True))
        .locator("dd")
        .inner_text()
    )


def built(visit: Visit, path: str = "/lab?left=network", *, width: int = 1280) -> Page:
    page = visit(path, width, 720)
    button(page, "Build")
    expect(page.locator(".counters")).to_be_visible()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    return page


def test_the_program_stands_first_and_the_builder_beside_it(visit: Visit) -> None:
    page = visit("/lab")
    expect(page.get_by_role("textbox", name="Program")).to_be_visible()
    button(page, "Network")
    expect(page.get_by_role("region", name="Network builder")).to_be_visible()
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("xor")


def drawing(page: Page) -> Locator:
    return page.get_by_role("img", name=re.compile("layers of"))


def test_layers_are_changed_on_the_drawing_and_undone(visit: Visit) -> None:
    page = visit("/lab?left=network")
    button(page, "One neuron more · Layer 1")
    button(page, "Add a layer between Layer 1 and Output")
    sizes = "A network with layers of 2 – {} – 1".format
    expect(drawing(page)).to_have_attribute("aria-label", sizes("4 – 3"))
    expect(page.get_by_text("31 numbers to learn")).to_be_visible()
    page.get_by_role("textbox", name="neurons · Layer 2").fill("40")
    page.keyboard.press("Enter")
    expect(drawing(page)).to_have_attribute("aria-label", sizes("4 – 40"))
    button(page, "Remove · Layer 1")
    expect(drawing(page)).to_have_attribute("aria-label", sizes("40"))
    between = page.get_by_role("button", name="Add a layer between Inputs and Layer 1")
    expect(between).to_be_focused()
    for left in ("4 – 40", "4 – 3", "4"):
        page.keyboard.press("Control+z")
        expect(drawing(page)).to_have_attribute("aria-label", sizes(left))
    page.keyboard.press("Control+y")
    expect(drawing(page)).to_have_attribute("aria-label", sizes("4 – 3"))
    button(page, "Undo")
    button(page, "Redo")
    expect(drawing(page)).to_have_attribute("aria-label", sizes("4 – 3"))
    page.wait_for_url(re.compile("build=.*units%22%3A4%2C.*units%22%3A3%2C"))
    again = visit("/" + page.url.split("/", 3)[3])
    expect(drawing(again)).to_have_attribute("aria-label", sizes("4 – 3"))


def test_one_iteration_can_be_walked_and_the_next_one_follows(visit: Visit) -> None:
    page = built(visit)
    assert counter(page, "Iteration") == "0"
    expect(page.locator("[data-node=L]")).to_have_attribute("data-state", "pending")
    button(page, "One iteration")
    expect(page.locator(".counters dd").first).to_have_text("1")
    slider = page.get_by_role("slider", name="Timeline")
    expect(slider).to_have_attribute("aria-valuenow", slider.get_attribute("aria-valuemax") or "")
    first = page.locator("[data-node=L]").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".counters dd").first).to_have_text("2")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("End")
    expect(page.locator("[data-node=L]")).not_to_have_attribute("aria-label", first or "")


def test_training_lowers_the_loss_and_any_iteration_comes_back_to_the_digit(visit: Visit) -> None:
    page = built(visit)
    button(page, "One iteration")
    expect(page.locator(".counters dd").first).to_have_text("1")
    page.locator("[data-node=L]").wait_for()
    button(page, "Digits: 4")
    button(page, "Digits: 6")
    early = page.locator("[data-node=W1]").get_attribute("aria-label")
    button(page, "Train 100 epochs")
    expect(page.locator(".counters dd").first).to_have_text("101", timeout=20_000)
    expect(page.get_by_role("img", name=re.compile("Loss by iteration"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("over the plane"))).to_be_visible()
    assert page.locator("[data-node=W1]").get_attribute("aria-label") != early
    page.get_by_role("combobox", name="How far one press moves").select_option("run")
    page.get_by_role("slider", name="Iteration").fill("1")
    expect(page.locator(".counters dd").first).to_have_text("1")
    page.keyboard.press("End")
    expect(page.locator("[data-node=W1]")).to_have_attribute("aria-label", early or "")


def test_the_address_reopens_the_network(visit: Visit) -> None:
    page = built(visit)
    button(page, "One iteration")
    expect(page.locator(".counters dd").first).to_have_text("1")
    page.wait_for_url(re.compile("[?&]at=1(&|$)"))
    again = visit("/" + page.url.split("/", 3)[3])
    expect(again.locator(".counters dd").first).to_have_text("1")
    expect(again.locator("[data-node=W1]")).to_be_visible()


def test_an_unknown_network_says_so(visit: Visit, watch: Watch) -> None:
    watch.provoke("404")
    page = visit("/lab?network=AAAAAAAAAAAAAAAAAAAAAA&left=network&tab=training")
    expect(page.get_by_text("There is no network at this address").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "pt-BR"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_in_training(visit: Visit, language: str, width: int) -> None:
    page = visit(f"/lab?left=network&lang={language}", width, 844, bypass_csp=True)
    assert complaints(page) == ""
    page.get_by_role("button", name=re.compile("^(Build|Construir)$")).click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    if width < 700:
        page.locator(".handle").click()
    expect(page.locator(".counters")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints(page) == ""


def test_over_plain_http_from_another_machine_a_network_is_built_and_its_link_shown(
    browser: Browser,
) -> None:
    """Browsers offer less where an address is not secure, as in a room without certificates."""
    rules = "--host-resolver-rules=MAP room.example 127.0.0.1"
    with serving(GRADWALK_HOSTS="room.example") as server:
        port = server.url.rsplit(":", 1)[1]
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        other = browser.browser_type.launch(executable_path=found, args=[*ARGUMENTS, rules])
        page = other.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"http://room.example:{port}/lab?left=network&lang=en")
        assert not page.evaluate("() => window.isSecureContext")
        button(page, "Build")
        expect(page.locator("[data-node=W1]")).to_be_visible()
        button(page, "One iteration")
        expect(page.locator(".counters")).to_contain_text("1")
        button(page, "Link")
        expect(page.locator(".toast")).to_contain_text(f"http://room.example:{port}/lab")
        assert not errors
        other.close()
