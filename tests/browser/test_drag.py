"""What a move of a dragged playhead touches: what is in sight, and nothing is measured for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.large import address, program
from tests.browser.test_large import answer

REQUEST = program(15, 18)
SHEETS = Path(__file__).parents[2] / "static/css"
# Moves the playhead to one position after the other, and over again until what a step says was
# written twice, which is now and then: the cards and the edges that each move has touched, whether
# it wrote that or the ways to it, and how often a size was read until the next frame.
_MOVED = """async (positions) => {
  const line = document.querySelector("[data-timeline]");
  const own = Object.getOwnPropertyDescriptor(Element.prototype, "clientWidth");
  let reads = 0;
  Object.defineProperty(Element.prototype, "clientWidth",
    { ...own, get() { reads += 1; return own.get.call(this); } });
  const observer = new MutationObserver(() => {});
  observer.observe(document.body,
    { subtree: true, childList: true, attributes: true, characterData: true });
  const moves = [];
  const missing = () => moves.filter((m) => m.told).length < 2;
  for (let i = 0; i < positions.length || (i < 10_000 && missing()); i += 1) {
    line.value = String(positions[i % positions.length]);
    line.dispatchEvent(new Event("input"));
    const records = observer.takeRecords();
    const on = (selector) => new Set(records.flatMap(({ target, addedNodes }) =>
      [...[target, ...addedNodes].map((n) => (n.closest ? n : n.parentElement)?.closest(selector))])
      .filter(Boolean));
    moves.push({
      position: Number(line.value), cards: on("[data-node]").size, edges: on("[data-edge]").size,
      told: on(".where").size > 0, chain: on(".chain").size > 0,
    });
  }
  const layer = getComputedStyle(document.querySelector("#stage .world")).willChange;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  Object.defineProperty(Element.prototype, "clientWidth", own);
  return { moves, reads, layer };
}"""
_STATES = """() => Object.fromEntries([...document.querySelectorAll("#stage [data-node]")]
  .map((card) => [card.dataset.node, [card.dataset.state, card.dataset.grad]]))"""


def expected(graph: dict[str, Any], done: int) -> dict[str, list[str]]:
    """Return the state of each card as its attributes say it when so many steps are done."""
    steps = graph["steps"]
    valued = {step["node"] for step in steps[:done] if step["phase"] in ("forward", "loss")}
    to_come = {step.get("source") or step["node"] for step in steps[done:]
               if step["phase"] == "backward"}  # fmt: skip
    last = steps[done - 1]
    args = {node["id"]: node["args"] for node in graph["nodes"]}
    active = {last["node"], *([last["source"]] if last.get("source") else args[last["node"]])}
    return {
        node["id"]: [
            "active" if node["id"] in active
            else "done" if node["op"] is None or node["id"] in valued
            else "pending",
            "pending" if node["id"] in to_come else "done",
        ]
        for node in graph["nodes"]
    }  # fmt: skip


def settled(page: Page, graph: dict[str, Any], done: int) -> None:
    page.wait_for_function(
        f"(wanted) => JSON.stringify(({_STATES})()) === JSON.stringify(wanted)",
        arg=expected(graph, done),
    )


def test_a_move_touches_what_is_in_sight_and_the_rest_follows_at_rest(
    visit: Visit, server: Server
) -> None:
    page = visit(address(REQUEST))
    graph = answer(page, server, REQUEST)
    total = len(graph["steps"])
    assert page.locator("#stage [data-node]").count() == len(graph["nodes"]) == 301
    positions = [round(total * share) for share in (0.5, 0.1, 0.9, 0.3, 0.7, 0.31, 0.6)]
    found = page.evaluate(_MOVED, positions)
    assert sum(move["told"] for move in found["moves"]) == 2
    assert all(move["cards"] for move in found["moves"][: len(positions)])
    for move in found["moves"]:
        assert move["cards"] < 80
        assert move["edges"] < 200
        # The ways to a step are long, and wait for the rest.
        assert not move["chain"]
    assert found["reads"] == 0
    # The picture jumps: a layer made for gliding would be filled far around it each time.
    assert found["layer"] == "auto"
    settled(page, graph, found["moves"][-1]["position"])
    expect(page.locator(".chain math .loc").first).to_be_attached()
    expect(page.locator("#stage .world")).to_have_css("will-change", "transform")
    # One move by itself is a drag, too.
    page.get_by_role("slider", name="Timeline").fill(str(total))
    settled(page, graph, total)


def test_long_ways_are_laid_out_where_they_come_into_sight(visit: Visit) -> None:
    page = visit(address(REQUEST) + "&step=827")
    addends = page.locator(".chain.long .eq:not(.symbols) .addend")
    expect(page.locator(".chain.long .eq")).to_have_count(3)
    # Each of the ways stands by itself, and an addend that says that there are more.
    assert page.locator(".chain.long .eq.closed .addend").count() > 1
    drawn = "(part) => part.firstElementChild.checkVisibility({ contentVisibilityAuto: true })"
    assert not addends.last.evaluate(drawn)
    addends.last.scroll_into_view_if_needed()
    page.wait_for_function(
        f"() => ({drawn})([...document.querySelectorAll('.chain.long .addend')].at(-1))"
    )


_FRAMES = re.compile(r"\.(?:shell|page-lab|stage-area|left|panel):has\(([^()]*)")


def test_no_sheet_looks_through_the_whole_page_for_each_move() -> None:
    """A part whose style asks what stands anywhere in it has all of it searched at each change."""
    sheets = [sheet.read_text(encoding="utf-8") for sheet in SHEETS.glob("*.css")]
    asked = [
        found for sheet in sheets for line in sheet.splitlines()
        if ".projector" not in line for found in _FRAMES.findall(line)
    ]  # fmt: skip
    assert len(asked) >= 5
    assert [one for one in asked if not one.startswith("> ")] == []
