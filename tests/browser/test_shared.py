"""A network is given to others: by a link that only shows it, or by one that changes it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from app.store.ids import view_of
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import complaints
from tests.browser.test_network_lab import built, button

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def told(page: Page) -> Locator:
    return page.locator(".toast")


def edited(page: Page) -> str:
    """Return the id in the page's address."""
    page.wait_for_url(re.compile("network="))
    return parse_qs(urlsplit(page.url).query)["network"][0]


def link(page: Page, kind: str) -> str:
    """Copy a link by its button, and return the address that it says."""
    details = page.locator(".giving")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    button(page, kind)
    expect(told(page)).to_contain_text("http")
    found = re.search(r"http\S+", told(page).inner_text())
    assert found
    return found[0]


def test_a_link_to_look_shows_the_training_and_lets_nothing_be_changed(visit: Visit) -> None:
    mine = built(visit)
    edit = edited(mine)
    address = link(mine, "Copy link to look")
    assert view_of(edit) in address and edit not in address
    theirs = visit("/" + address.split("/", 3)[3])
    expect(theirs.get_by_text("You are looking at this network.").first).to_be_visible()
    expect(theirs.locator(".counters dd").first).to_have_text("0")
    for name in ("Train 100 epochs", "One iteration", "Redraw it", "Delete"):
        expect(theirs.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(theirs.get_by_role("button", name="Copy link to edit")).to_have_count(0)
    assert (
        theirs.locator(".settings :is(input, select, textarea, button):not(:disabled)").count() == 0
    )
    assert edit not in theirs.content()
    # Seen without a hand: the other page follows.
    button(mine, "One epoch")
    expect(mine.locator(".counters dd").first).to_have_text("1")
    expect(theirs.locator(".counters dd").first).to_have_text("1")
    # Keys that would train say why they do not.
    theirs.locator("body").press("t")
    expect(told(theirs)).to_contain_text("changes nothing; make a copy")
    expect(mine.locator(".counters dd").first).to_have_text("1")


def test_who_looks_at_an_earlier_iteration_stays_there(visit: Visit) -> None:
    mine = built(visit)
    button(mine, "One epoch")
    expect(mine.locator(".counters dd").first).to_have_text("1")
    theirs = visit(f"/lab?left=network&tab=training&network={view_of(edited(mine))}")
    slider = theirs.get_by_role("slider", name="Iteration", exact=True)
    slider.fill("0")
    expect(theirs.locator(".counters dd").first).to_have_text("0")
    button(mine, "One epoch")
    expect(mine.locator(".counters dd").first).to_have_text("2")
    expect(slider).to_have_attribute("title", re.compile("^Iteration 0 of 2,"))
    expect(theirs.locator(".counters dd").first).to_have_text("0")


def test_a_copy_from_a_link_to_look_is_ones_own(visit: Visit) -> None:
    mine = built(visit)
    edit = edited(mine)
    theirs = visit(f"/lab?left=network&tab=training&network={view_of(edit)}")
    theirs.get_by_role("button", name="Make a copy to change it").first.click()
    expect(theirs.get_by_role("button", name="One iteration", exact=True)).to_be_visible()
    theirs.wait_for_url(lambda url: "view-" not in url)
    assert edited(theirs) != edit
    button(theirs, "One iteration")
    expect(theirs.locator(".counters dd").first).to_have_text("1")
    expect(mine.locator(".counters dd").first).to_have_text("0")
    assert edit in link(mine, "Copy link to edit")
    button(mine, "Link")
    expect(told(mine)).to_contain_text("Whoever has it can change this network")


@pytest.mark.parametrize("language", ["en", "pt-BR"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_where_a_network_is_only_shown(
    visit: Visit, language: str, width: int
) -> None:
    view = view_of(edited(built(visit)))
    page = visit(f"/lab?left=network&tab=training&network={view}&lang={language}", width, 844,
                 bypass_csp=True)  # fmt: skip
    if width < 700:
        page.locator(".handle").click()
    words = "This link shows the network" if language == "en" else "Este link mostra a rede"
    expect(page.get_by_text(words).first).to_be_visible()
    assert complaints(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == width
