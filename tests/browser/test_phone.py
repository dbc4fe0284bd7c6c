"""In the hand: 390 × 844."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.picture import press, read
from tests.browser.sizes import Sizes, measure

PHONE = (390, 844)
PLACES = [
    "/",
    "/lab",
    "/lab?step=5",
    "/practice?step=5",
    "/lessons/function-as-graph",
    "/lessons/training-words",
    "/lessons/two-neuron-chain?scene=2&step=9",
    "/lessons/two-neuron-chain?scene=2&step=9&beat=2&lang=pt-BR",
    "/lessons/two-neuron-chain?scene=3&step=14",
    "/lessons/matrices?scene=1&step=10",
    "/lessons/matrices?scene=3&step=14",
]
ON_PLACES = pytest.mark.parametrize("place", PLACES)


_measured: dict[str, Sizes] = {}


def hand(visit: Visit, place: str) -> Sizes:
    if place not in _measured:
        _measured[place] = measure(visit(place, *PHONE, has_touch=True))
    return _measured[place]


def swipe(page: Page, start: int, end: int) -> None:
    """Draw a finger over the stage."""
    box = page.locator("#stage").bounding_box()
    assert box
    y = box["y"] + box["height"] * 0.5
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": y}]}
    )
    for share in (0.25, 0.5, 0.75, 1):
        point = {"x": start + (end - start) * share, "y": y}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@ON_PLACES
def test_nothing_scrolls_the_page_sideways(visit: Visit, place: str) -> None:
    assert hand(visit, place).page[0] <= 390


@ON_PLACES
def test_no_text_is_smaller_than_15_pixels(visit: Visit, place: str) -> None:
    small = hand(visit, place).smaller_than(15)
    assert not small, "\n".join(small)


@pytest.mark.parametrize("place", PLACES[1:])
def test_back_and_next_are_as_large_as_a_thumb_and_in_its_reach(visit: Visit, place: str) -> None:
    page = visit(place, *PHONE, has_touch=True)
    for name in page.locator(".buttons .wide").all():
        box = name.bounding_box()
        assert box and box["height"] >= 48 and box["width"] >= 48
        assert box["y"] >= 844 * 0.6 and box["y"] + box["height"] <= 844


@pytest.mark.parametrize("place", PLACES[1:])
def test_the_active_cards_are_on_the_screen(visit: Visit, place: str) -> None:
    page = visit(place, *PHONE, has_touch=True)
    area = page.locator("#stage-area").bounding_box()
    assert area and area["height"] >= 180
    for card in page.locator('[data-state="active"] rect.card').all():
        box = card.bounding_box()
        assert box
        assert box["x"] >= -1 and box["x"] + box["width"] <= 391
        assert box["y"] >= area["y"] - 1
        assert box["y"] + box["height"] <= area["y"] + area["height"] + 1


def test_all_that_a_question_reads_is_above_its_card(visit: Visit) -> None:
    place = "/lessons/two-neuron-chain?scene=0&step=2&beat=1&lang=pt-BR"
    page = visit(place, *PHONE, has_touch=True)
    asked = page.locator(".ask-card")
    expect(asked).to_be_visible()
    page.wait_for_function("() => document.querySelector('.panel').clientHeight < 60")
    page.wait_for_timeout(400)
    area, over = page.locator("#stage-area").bounding_box(), asked.bounding_box()
    assert area and over
    for card in [page.locator(f'[data-node="{node}"] rect.card') for node in ("a1", "w2", "s2")]:
        box = card.bounding_box()
        assert box
        assert box["x"] >= -1 and box["x"] + box["width"] <= 391
        assert box["y"] >= area["y"] - 1 and box["y"] + box["height"] <= over["y"] + 1


def test_what_helps_to_present_and_pictures_are_in_a_menu(visit: Visit) -> None:
    page = visit("/lessons/matrices", *PHONE, has_touch=True)
    more = page.get_by_role("button", name="More", exact=True)
    picture = page.get_by_role("button", name="Picture")
    expect(picture).to_be_hidden()
    more.tap()
    expect(more).to_have_attribute("aria-expanded", "true")
    sizes = [one.bounding_box() for one in page.locator(".header-tools > *").all()]
    assert all(box and box["height"] >= 48 and box["x"] + box["width"] <= 390 for box in sizes)
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    expect(more).to_be_focused()
    more.tap()
    page.get_by_role("button", name="Present").tap()
    expect(page.get_by_role("dialog", name="Present")).to_be_visible()
    expect(picture).to_be_hidden()


def test_swiping_steps_both_ways(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph?beats=0", *PHONE, has_touch=True)
    swipe(page, 330, 60)
    assert read(page).step == 1
    swipe(page, 330, 60)
    assert read(page).step == 2
    swipe(page, 60, 330)
    assert read(page).step == 1


def test_the_sign_of_a_value_is_one_tap(visit: Visit) -> None:
    page = visit("/lab?step=2", *PHONE, has_touch=True)
    page.get_by_role("button", name="Change the sign x").tap()
    assert read(page).nodes["q"].value == ["1"]


def test_the_explanation_is_a_sheet_that_opens(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=9", *PHONE, has_touch=True)
    panel = page.locator(".panel")
    low = panel.bounding_box()
    page.get_by_role("button", name="Explanation").tap()
    high = panel.bounding_box()
    assert low and high and high["height"] > low["height"]


def test_stepping_with_a_keyboard_works_here_too(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?beats=0", *PHONE)
    assert [press(page, "PageDown").step for _ in range(5)] == [1, 2, 3, 4, 5]


def test_a_draft_wider_than_the_hand_brings_each_column_by_a_tap(visit: Visit) -> None:
    page = visit("/lab?left=network", *PHONE, has_touch=True)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Add a layer between")).first.click()
    strip = page.get_by_role("navigation", name="Columns of the network")
    expect(strip.get_by_role("button")).to_have_count(7)
    expect(strip).to_have_text(re.compile(r"^\s*Data\s*2\s*3\s*3\s*3\s*1\s*Loss\s*$"))
    for name in ("Output", "Layer 2", "Inputs"):
        tapped = strip.get_by_role("button", name=re.compile(f"^Show {name}"))
        box = tapped.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44
        tapped.tap()
        column = page.get_by_role("group", name=name) if name != "Inputs" else page.locator(
            ".column.inputs")  # fmt: skip
        expect(column).to_be_in_viewport(ratio=0.99)
    strip.get_by_role("button", name=re.compile("^Show Loss")).tap()
    expect(page.locator(".loss-card")).to_be_in_viewport(ratio=0.99)
    assert measure(page).page[0] <= 390
    assert not measure(page).smaller_than(15)
