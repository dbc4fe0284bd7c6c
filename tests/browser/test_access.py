"""Seen, read and reached otherwise: as a list, at twice the size, in colours that are forced."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import complaints

CHAIN = "/lab?program=s = w * x; a = tanh(s); L = half_mse(a, y)&" + (
    'values={"w": 0.5, "x": 2, "y": 1}&update=w'
)


@pytest.mark.parametrize(
    ("scheme", "size", "language"),
    [("light", (1280, 720), "en"), ("dark", (390, 844), "pt-BR")],
    ids=lambda x: x if isinstance(x, str) else str(x[0]),
)
def test_a_pass_is_read_as_a_list_and_the_focus_follows_it(
    visit: Visit, scheme: str, size: tuple[int, int], language: str
) -> None:
    page = visit(f"{CHAIN}&lang={language}", *size, color_scheme=scheme, bypass_csp=True)
    english = language == "en"
    slider = page.locator("[role=slider][data-timeline]")
    total = int(slider.get_attribute("aria-valuemax") or 0)
    page.keyboard.press("x")
    name = "Transcript" if english else "Transcrição"
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog.get_by_role("heading", name=name)).to_be_focused()
    items = dialog.get_by_role("listitem")
    expect(items).to_have_count(total)
    for place in range(total):
        expect(items.nth(place).locator("math").first).to_be_attached()
        expect(items.nth(place).locator("p")).not_to_be_empty()
    number = "0.7616" if english else "0,7616"
    expect(items.nth(1)).to_contain_text(number)
    dialog.get_by_role("button", name=re.compile(r"(step|passo) 5$")).click()
    expect(slider).to_have_attribute("aria-valuenow", "5")
    expect(dialog.locator("[aria-current=step]")).to_have_attribute("data-step", "5")
    assert not complaints(page)
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("PageDown")
    expect(items.nth(5)).to_be_focused()
    dialog.get_by_role("button", name="Close" if english else "Fechar").click()
    page.keyboard.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "7")
    expect(page.locator("[data-node]:focus")).to_have_attribute("data-state", "active")
    # Not while something is typed, and it is remembered.
    page.evaluate("() => localStorage.getItem('gradwalk.follow') === '1' || fail()")
    box = page.get_by_role("textbox", name="Program" if english else "Programa")
    box.focus()
    page.keyboard.press("PageUp")
    expect(slider).to_have_attribute("aria-valuenow", "6")
    expect(box).to_be_focused()


@pytest.mark.parametrize("size", [(640, 360), (720, 450)], ids=str)
def test_nothing_is_lost_at_twice_the_size(visit: Visit, size: tuple[int, int]) -> None:
    """1280 × 720 and 1440 × 900 at 200 %."""
    for path, wanted in (
        ("/lab?step=5", ("Run", "Picture", "Step forward", "Step back", "Play", "Undo")),
        ("/lessons/matrices?scene=1&step=9", ("Link", "Step forward", "Restart", "Projector")),
    ):
        page = visit(path, *size)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        for name in wanted:
            button = page.get_by_role("button", name=re.compile(f"^{name}"))
            button.click(trial=True) if button.is_enabled() else button.scroll_into_view_if_needed()
        for tab in ("Ledger", "Rules"):
            page.get_by_role("tab", name=tab).click(trial=True)
        page.get_by_label("In beats").check(trial=True)
        page.get_by_role("slider", name="Timeline").scroll_into_view_if_needed()
        stage = page.locator("#stage").bounding_box()
        assert stage and stage["height"] >= 240 and stage["width"] >= size[0] - 2
    program = visit("/lab?step=5", *size).get_by_role("textbox", name="Program")
    program.click(trial=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_nothing_out(visit: Visit, scheme: str) -> None:
    page = visit(
        "/lessons/two-neuron-chain?scene=1&step=9&beat=2&theme=light",
        forced_colors="active", color_scheme=scheme, bypass_csp=True,
    )  # fmt: skip
    assert not complaints(page)
    looks = page.evaluate("""() => {
      const ground = "backgroundColor";
      const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
      return {
        text: of("[data-node] text.name", "fill"), card: of("[data-node] .card", "fill"),
        past: of(".ticks i.past", ground), future: of(".ticks i:not(.past, .now)", ground),
        now: of(".ticks i.now", "height"), tick: of(".ticks i.past:not(.now)", "height"),
        back: of(".edge.back", "strokeDasharray"), forth: of(".edge.passed", "strokeDasharray"),
        here: of(".scenes .here", ground), there: of(".scenes button:not(.here)", ground),
        chosen: of(".tabs [aria-selected=true]", ground),
        other: of(".tabs [aria-selected=false]", ground),
      };
    }""")
    for one, other in (("text", "card"), ("past", "future"), ("now", "tick"), ("back", "forth"),
                       ("here", "there"), ("chosen", "other")):  # fmt: skip
        assert looks[one] != looks[other], (one, looks)


def test_axe_finds_no_violation_in_the_dialog_of_files(visit: Visit) -> None:
    page = visit(CHAIN, bypass_csp=True, color_scheme="dark")
    page.get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog", name="Picture")
    dialog.get_by_role("button", name="JAX").click()
    expect(dialog.get_by_role("textbox", name="Code of the program")).to_have_value(
        re.compile("jax.grad")
    )
    assert not complaints(page)
