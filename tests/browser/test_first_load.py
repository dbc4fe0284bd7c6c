"""What a page loads at its start stays small, and the rest comes when it is wanted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.lessons import lessons
from tests.browser.conftest import Visit, Watch

LIMIT = 150_000
# The bodies as they came over the wire, by name.
_SCRIPTS = """() => Object.fromEntries(performance.getEntriesByType("resource")
  .filter((e) => /\\.m?js$/.test(new URL(e.name).pathname))
  .map((e) => [new URL(e.name).pathname.split("/").slice(3).join("/"), e.encodedBodySize]))"""


def scripts(page: Page) -> dict[str, int]:
    return dict(page.evaluate(_SCRIPTS))


@pytest.mark.parametrize("path", ["/lab", *(f"/lessons/{slug}" for slug in lessons())])
def test_a_page_starts_with_little_script(visit: Visit, path: str) -> None:
    page = visit(path)
    page.wait_for_load_state("networkidle")
    loaded = scripts(page)
    assert {"main.js", "vendor/temml/temml.mjs"} <= loaded.keys()
    assert all(loaded.values())
    assert sum(loaded.values()) <= LIMIT


def test_what_belongs_to_networks_comes_when_it_is_wanted(visit: Visit) -> None:
    page = visit("/lab")
    late = {"views/network.js", "actions/networks.js", "views/help.js", "stage/canvas/view.js"}
    assert not late & scripts(page).keys()
    page.get_by_role("button", name="Network", exact=True).click()
    expect(page.get_by_role("button", name="Build", exact=True)).to_be_visible()
    assert {"views/network.js", "actions/networks.js"} <= scripts(page).keys()


def test_a_part_that_cannot_come_is_told_of(visit: Visit, watch: Watch) -> None:
    watch.provoke("ERR_FAILED")
    page = visit("/lab")
    page.route("**/views/help.js", lambda route: route.abort())
    page.keyboard.press("?")
    expect(page.get_by_role("alert")).to_contain_text(
        "The server cannot be reached", timeout=20_000
    )
    page.unroute("**/views/help.js")
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
