"""On the wall of a lecture hall: large type, clear lines, no empty wall."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.sizes import Sizes, measure
from tests.browser.test_batches import made

PLACES = {
    "first picture": "function-as-graph?",
    "forward": "function-as-graph?scene=0&step=1&",
    "backward": "function-as-graph?scene=2&step=5&",
    "local asked": "function-as-graph?scene=2&step=5&beat=2&",
    "chain, first picture": "two-neuron-chain?",
    "chain, forward": "two-neuron-chain?scene=0&step=3&",
    "chain, symbols": "two-neuron-chain?scene=1&step=8&symbols=1&",
    "chain, backward": "two-neuron-chain?scene=2&step=9&",
    "chain, local asked": "two-neuron-chain?scene=2&step=9&beat=2&",
    "chain, update": "two-neuron-chain?scene=3&step=14&",
    "matrices, forward": "matrices?step=1&",
    "matrices, rows": "matrices?scene=2&step=9&",
    "matrices, outer product": "matrices?scene=2&step=12&",
    "matrices, symbols": "matrices?scene=2&step=9&symbols=1&",
}
ON_PLACES = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
CARD = ("value", "grad", "celltext")
ACTIVE = [place for name, place in PLACES.items() if "step" in place and "symbols" not in name]
_measured: dict[tuple[str, str], Sizes] = {}


def wall(visit: Visit, place: str, theme: str = "light") -> Sizes:
    """Measure a lesson in projector mode, once for all tests."""
    if (place, theme) not in _measured:
        page = visit(f"/lessons/{place}projector=1&theme={theme}", 1920, 1080)
        _measured[place, theme] = measure(page)
    return _measured[place, theme]


@ON_PLACES
def test_no_text_is_smaller_than_28_pixels(visit: Visit, place: str) -> None:
    small = wall(visit, place).smaller_than(28)
    assert not small, "\n".join(small)


@pytest.mark.parametrize("place", [p for p in PLACES.values() if "symbols" not in p])
def test_card_values_are_at_least_40_pixels(visit: Visit, place: str) -> None:
    drawn = wall(visit, place).stage
    values = [t for t in drawn if t["where"].split()[0] in CARD and t["text"] != "∂"]
    assert values and min(t["size"] for t in values) >= 39.95, values


@pytest.mark.parametrize("place", ACTIVE)
def test_the_active_steps_numbers_are_at_least_52_pixels(visit: Visit, place: str) -> None:
    drawn = wall(visit, place).chip
    beside = ("caption", "op")
    numbers = [t for t in drawn if t["where"].split()[0] not in beside and not t["raised"]]
    assert numbers and min(t["size"] for t in numbers) >= 51.95, numbers


@pytest.mark.parametrize("theme", ["light", "dark"])
@ON_PLACES
def test_lines_stand_out_from_the_wall(visit: Visit, place: str, theme: str) -> None:
    contrasts = wall(visit, place, theme).contrasts
    assert contrasts and min(contrasts) >= 3


@ON_PLACES
def test_the_picture_fills_the_wall_in_one_direction(visit: Visit, place: str) -> None:
    assert max(wall(visit, place).span) >= 0.85


@pytest.mark.parametrize("place", [p for name, p in PLACES.items() if "matrices" not in name])
def test_the_whole_picture_is_seen(visit: Visit, place: str) -> None:
    assert not wall(visit, place).following


@ON_PLACES
def test_nothing_makes_the_page_scroll(visit: Visit, place: str) -> None:
    assert wall(visit, place).page == [1920, 1080]


IN_THE_LAB = {
    "forward": "&tab=ledger&step=4",
    "rule of matrices": "&tab=ledger&step=17",
    "element by element": "&tab=ledger&step=13",
    "update": "&tab=ledger&step=20",
    "a row alone": "&tab=ledger&rows=1&step=12",
    "mean of the rows": "&tab=ledger&rows=mean&step=12",
    "training": "&tab=training",
    "collapsed": "&tab=ledger&collapse=layer1&step=3",
    "portuguese": "&tab=ledger&step=17&lang=pt-BR",
}


@pytest.mark.parametrize("place", IN_THE_LAB.values(), ids=IN_THE_LAB)
def test_a_network_on_the_wall_has_large_type_and_its_ledger(
    visit: Visit, server: Server, place: str
) -> None:
    page = visit(f"/lab?left=network&network={made(server)}&projector=1{place}", 1920, 1080)
    small = measure(page).smaller_than(28)
    assert not small, "\n".join(small)
    assert measure(page).page == [1920, 1080]
    if "ledger" in place:
        expect(page.locator("#panel-body h2.where")).to_be_visible()
        boxes = [b for b in (one.bounding_box() for one in page.locator("#panel-body > .box").all())
                 if b]  # fmt: skip
        for a, b in pairwise(boxes):
            apart = a["x"] + a["width"] <= b["x"] + 1 or a["y"] + a["height"] <= b["y"] + 1
            assert apart, (a, b)


def test_on_the_wall_a_step_shows_its_ledger_and_the_others_are_a_press_away(
    visit: Visit, server: Server
) -> None:
    page = visit(f"/lab?left=network&network={made(server)}&tab=training&step=2", 1920, 1080)
    page.keyboard.press("w")
    expect(page.get_by_role("tab", name="Ledger")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#panel-body h2.where")).to_contain_text("step 2")
    page.get_by_role("tab", name="Training").click()
    expect(page.get_by_role("button", name="One iteration")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator("#panel-body h2.where")).to_contain_text("step 3")
