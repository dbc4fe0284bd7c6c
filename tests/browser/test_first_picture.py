"""The first picture of some hundred nodes: drawn with little, and it stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.app.process import Server
from tests.browser.conftest import Watch
from tests.browser.large import address, program

REQUEST = program(15, 18)
# What stands there in the frame of the first card, and the sizes of the stage until then.
_NOTED = """
window.noted = { rooms: [], first: null };
const count = (selector) => document.querySelectorAll(selector).length;
const beside = (a, b) =>
  a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;
/** The cards in sight: where each stands. */
window.boxes = () => {
  const area = document.getElementById("stage-area").getBoundingClientRect();
  return Object.fromEntries([...document.querySelectorAll("#stage [data-node]:not(.bare)")]
    .map((card) => [card.dataset.node, card.querySelector(".card").getBoundingClientRect()])
    .filter(([, box]) => !beside(box, area))
    .map(([name, { x, y, width, height }]) => [name, [x, y, width, height].map(Math.round)]));
};
const sized = new ResizeObserver(([{ contentRect: { width, height } }]) =>
  noted.rooms.push([Math.round(width), Math.round(height)]));
let area = null;
new MutationObserver((_, observer) => {
  const found = document.getElementById("stage-area");
  if (found && found !== area) sized.observe(area = found);
  if (!count("#stage [data-node]")) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    noted.first = {
      cards: count("#stage [data-node]"), bare: count("#stage .bare"),
      reach: count("#stage .reach"), around: count(".panel math"),
      boxes: boxes(), room: noted.rooms.at(-1),
    };
  });
}).observe(document, { subtree: true, childList: true });
"""


@pytest.fixture(params=[(1280, 720), (390, 844)], ids=["desk", "phone"])
def page(
    browser: Browser, server: Server, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.add_init_script(_NOTED)
    watch.attach(context)
    page = context.new_page()
    page.goto(server.url + address(REQUEST))
    page.wait_for_selector('#app[data-ready="true"]')
    yield page
    context.close()
    assert not watch.problems()


def test_first_only_the_cards_in_sight_are_drawn_and_nothing_around_them(page: Page) -> None:
    cards = page.locator("#stage [data-node]")
    assert cards.count() == 301
    first = page.evaluate("() => noted.first")
    assert first["bare"] == first["reach"] == first["around"] == 0
    assert 0 < first["cards"] < 40
    assert page.locator("#stage .reach").count() > 0
    assert page.locator(".panel math").count() > 0


def test_the_first_picture_stays_where_it_is(page: Page) -> None:
    rooms, first = page.evaluate("() => [noted.rooms, noted.first]")
    size = page.viewport_size
    # On a phone the program, which comes with its own script, takes room of the stage before that.
    assert first["room"] == rooms[-1]
    assert size
    assert len(rooms) <= (1 if size["width"] > 700 else 2)
    assert first["boxes"]
    assert page.evaluate("() => boxes()") == first["boxes"]


def test_the_typefaces_of_a_graph_are_asked_for_before_its_answer_is_there(page: Page) -> None:
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
        .map((e) => [new URL(e.name).pathname.split("/").at(-1), e.startTime, e.responseEnd])"""
    )
    begun = {name: start for name, start, _ in fetched}
    answered = next(end for name, _, end in fetched if name == "graphs")
    faces = [name for name in begun if name.startswith("stix-two-")]
    assert len(faces) >= 3
    assert all(begun[name] < answered for name in faces)
