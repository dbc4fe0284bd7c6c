"""The four acts of an iteration on the timeline: entered and watched one by one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.picture import press, read
from tests.browser.test_training import build

CHAIN = "/lessons/two-neuron-chain?scene=3"


def act(page: Page, name: str) -> None:
    page.get_by_role("group", name="Acts").get_by_role("button", name=name, exact=True).click()


def test_each_act_is_entered_at_its_first_step(visit: Visit) -> None:
    page = visit(f"{CHAIN}&beats=0", 1280, 720)
    for name, step in (("Update", 13), ("Backward", 6), ("Loss", 5), ("Forward", 1)):
        act(page, name)
        assert read(page).step == step
        current = page.get_by_role("group", name="Acts").locator("[aria-current=step]")
        expect(current).to_have_text(name)


def test_in_beats_an_act_opens_with_a_question(visit: Visit) -> None:
    page = visit(f"{CHAIN}&beats=1", 1280, 720)
    act(page, "Update")
    shown = read(page)
    assert shown.step == 12
    assert "?" in "".join(shown.chip)
    assert press(page, "PageDown").step == 13


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_an_act_is_watched_from_its_first_step_to_its_last(visit: Visit, language: str) -> None:
    page = visit(f"{CHAIN}&beats=0&lang={language}", 1280, 720)
    watch = "Watch Backward alone" if language == "en" else "Assistir só a Backward"
    page.locator(".speed:not(.ask-me) select").select_option("4")
    page.get_by_role("button", name=watch).click()
    assert read(page).step == 6
    pause = page.get_by_role("button", name="Pause" if language == "en" else "Pausar")
    expect(pause).to_be_visible()
    expect(pause).to_have_count(0)
    assert read(page).step == 12


@pytest.mark.parametrize("width", [1280, 1366, 1600])
def test_the_acts_of_a_network_keep_clear_of_what_stands_beside_them(
    visit: Visit, width: int
) -> None:
    page = build(visit, lang="pt-BR", width=width)
    ends, beside = page.evaluate(
        """() => [
          Math.max(...[...document.querySelectorAll(".phase, .phase *")]
            .map((one) => one.getBoundingClientRect().right)),
          document.querySelector(".speed").getBoundingClientRect().left,
        ]"""
    )
    assert ends <= beside
