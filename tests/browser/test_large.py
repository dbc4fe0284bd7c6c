"""Large graphs: what is drawn, as SVG or on a canvas, is what the interface says, node by node."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.numbers import plain
from tests.app.process import Server
from tests.browser.conftest import Visit, Watch
from tests.browser.large import address, program
from tests.browser.picture import press
from tests.browser.test_accessibility import complaints

Shown = dict[str, tuple[str, str]]

SVG, CANVAS = program(14, 12), program(24, 18)
# Large enough for every number to be written out.
WALL = (5200, 4600)

_CARDS = """() => {
  const text = (n, kind) => n.querySelector(kind)?.textContent ?? "";
  const texts = (n) => [text(n, "text.value"), text(n, "text.grad tspan:last-child")];
  const cards = [...document.querySelectorAll("#stage [data-node]")];
  return cards.map((n) => [n.dataset.node, ...texts(n)]);
}"""
_CANVAS = """() => {
  const word = (lines, tone) => {
    const at = lines.findIndex((word, i) => i % 2 === 0 && word.startsWith(tone));
    return at < 0 ? "" : lines[at + 1];
  };
  const texts = (lines) => [word(lines, "value"), word(lines, "grad")];
  return [...document.querySelector("#stage").drawn()].map(([id, lines]) => [id, ...texts(lines)]);
}"""

# How many points of the uppermost canvas are seen through in the fainter shades of what was passed.
_FADED = """([least, most]) => {
  const canvas = document.querySelector("#stage canvas:nth-of-type(3)");
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  let found = 0;
  for (let i = 3; i < data.length; i += 4) found += [51, 102, 166].includes(data[i]);
  return found >= least && found <= most;
}"""


def answer(page: Page, server: Server, request: dict[str, Any]) -> dict[str, Any]:
    found = page.request.post(f"{server.url}/api/v1/graphs", data=request)
    assert found.ok
    return dict(found.json())


def told(graph: dict[str, Any], done: int) -> Shown:
    """Replay steps from the start; return the value and the gradient of each node as printed."""
    shown = {node["id"]: ["" if node["op"] else plain(node["value"]).text, ""]
             for node in graph["nodes"]}  # fmt: skip
    values = {node["id"]: node["value"] for node in graph["nodes"]}
    left = [step.get("source") for step in graph["steps"][done:]]
    for step in graph["steps"][:done]:
        if step["phase"] in ("forward", "loss"):
            shown[step["node"]][0] = plain(values[step["node"]]).text
        elif step.get("source"):
            more = " +…" if step["source"] in left else ""
            shown[step["source"]][1] = plain(step["total"]).text + more
        else:
            shown[step["node"]][1] = plain(1.0).text
    return {name: (value, gradient) for name, (value, gradient) in shown.items()}


def drawn(page: Page, how: str) -> Shown:
    still = "() => document.querySelector('#stage')?.dataset.painted !== 'false'"
    page.wait_for_function(still, timeout=60_000)
    return {name: (value, gradient) for name, value, gradient in page.evaluate(how)}


@pytest.mark.parametrize("share", [0.6, 1])
@pytest.mark.parametrize(
    ("request_", "how"), [(SVG, _CARDS), (CANVAS, _CANVAS)], ids=["svg", "canvas"]
)
def test_what_is_drawn_is_what_the_interface_says_for_every_node(
    visit: Visit, server: Server, request_: dict[str, Any], how: str, share: float
) -> None:
    step = 3
    page = visit(address(request_, step=step), *WALL)
    graph = answer(page, server, request_)
    assert (len(graph["nodes"]) > 400) == (how is _CANVAS)
    assert drawn(page, how) == told(graph, step)
    last = round(share * len(graph["steps"]))
    page.get_by_role("slider", name="Timeline").fill(str(last))
    assert drawn(page, how) == told(graph, last)


def test_the_table_beside_the_canvas_tells_of_every_node(visit: Visit, server: Server) -> None:
    page = visit(address(CANVAS), bypass_csp=True)
    graph = answer(page, server, CANVAS)
    rows = page.get_by_role("table", name="Graph as table").locator("tr[data-node]")
    expect(rows).to_have_count(len(graph["nodes"]))
    assert page.locator("[data-node]").count() == len(graph["nodes"])
    pressed = press(page, "PageDown")
    first = graph["steps"][0]["node"]
    assert pressed.nodes[first].state == "active"
    page.keyboard.press("End")
    row = page.locator('tr[data-node="a0[3]"]')
    node = next(node for node in graph["nodes"] if node["id"] == "a0[3]")
    expect(row).to_have_attribute("data-grad", "done")
    value, gradient = plain(node["value"]).text, plain(node["grad"]).text
    expect(row).to_have_attribute("aria-label", f"a⁽⁰⁾₄, value {value}, gradient {gradient}")
    page.keyboard.press("Home")
    expect(row).to_have_attribute("data-state", "pending")
    page.get_by_role("button", name="Graph as table").click()
    row.scroll_into_view_if_needed()
    expect(row).to_be_in_viewport()
    page.wait_for_function("() => location.search.includes('table=1')")
    assert not complaints(page)


def test_what_the_steps_of_a_long_pass_say_comes_where_the_playhead_rests(
    visit: Visit, server: Server
) -> None:
    lines = ["a0 = x * w", *(f"a{i} = a{i - 1} * w" for i in range(1, 300))]
    request = {"program": "; ".join(lines), "values": {"x": 2, "w": 0.999}}
    page = visit(address(request))
    steps = answer(page, server, {**request, "explain": "en"})["steps"]
    said = page.get_by_role("status", name="Step")
    formulas = page.locator(".this-step .eq")
    for key, index in (("PageDown", 0), ("End", len(steps) - 1), ("PageUp", len(steps) - 2)):
        page.keyboard.press(key)
        expect(said).to_contain_text(steps[index]["text"])
        expect(formulas).to_have_count(len(steps[index]["lines"]))
    page.get_by_role("slider", name="Timeline").fill("450")
    expect(said).to_contain_text(steps[449]["text"])
    # Of three hundred factors the first, the present ones and the last are written.
    chain = page.locator(".chain .eq.symbols mfrac")
    expect(chain.first).to_be_visible()
    assert 10 < chain.count() < 60


def test_the_canvas_is_chosen_from_zoomed_and_walked(visit: Visit) -> None:
    page = visit(address(CANVAS, step=500))
    stage = page.get_by_role("group", name="Computation graph")
    expect(stage).to_have_attribute("data-level", "bars")
    box = stage.bounding_box()
    assert box
    spot = page.locator(".spot")
    edge = spot.bounding_box()
    assert edge
    middle = (edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2)
    page.mouse.move(*middle)
    expect(page.locator(".tip")).to_contain_text("value")
    page.mouse.click(*middle)
    expect(page.get_by_role("region", name="Selected")).to_contain_text("f")
    for _ in range(7):
        page.mouse.wheel(0, -300)
    expect(stage).to_have_attribute("data-level", "numbers")
    spot.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(spot).not_to_have_attribute("data-spot", "f")
    before = spot.get_attribute("data-spot")
    page.keyboard.press("ArrowDown")
    expect(spot).not_to_have_attribute("data-spot", str(before))
    expect(spot).to_be_focused()
    page.keyboard.press("0")
    expect(stage).to_have_attribute("data-level", "bars")


@pytest.mark.parametrize("request_", [SVG, CANVAS], ids=["svg", "canvas"])
def test_the_numbers_of_a_step_that_is_out_of_sight_hide_nothing(
    visit: Visit, request_: dict[str, Any]
) -> None:
    page = visit(address(request_, step=3))
    chip = page.locator("#stage .chip")
    expect(chip).to_have_count(1)
    box = page.get_by_role("group", name="Computation graph").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    for _ in range(9):
        page.mouse.wheel(0, -300)
    expect(chip).to_have_count(0)
    page.keyboard.press("0")
    expect(chip).to_have_count(1)


def test_a_long_pass_is_played_in_strides_to_its_end(visit: Visit) -> None:
    page = visit(address(CANVAS), reduced_motion="no-preference")
    page.get_by_label("Speed").select_option("4")
    timeline = page.get_by_role("slider", name="Timeline")
    most = int(timeline.get_attribute("aria-valuemax") or 0)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => Number(document.querySelector('[data-timeline]').value) > 40")
    # What was passed a moment ago is seen fading, and then no more.
    page.wait_for_function(_FADED, arg=[500, 1e9], polling=200)
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function(_FADED, arg=[0, 100], polling=200)
    reached = int(timeline.get_attribute("aria-valuenow") or 0)
    assert 40 < reached < most
    page.wait_for_url(f"**step={reached}*")
    first = page.get_by_role("table", name="Graph as table").locator('tr[data-node="a0[0]"]')
    expect(first).to_have_attribute("data-state", "done")
    expect(page.get_by_role("status", name="Step")).to_contain_text("of")


def test_a_layout_that_hangs_is_given_up_for_a_simple_one(
    browser: Browser, server: Server, watch: Watch
) -> None:
    hanging = "self.onmessage = () => { for (;;); };"
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB")
    watch.attach(context)
    context.route(
        "**/stage/layout/worker.js",
        lambda route: route.fulfill(content_type="text/javascript", body=hanging),
    )
    page = context.new_page()
    with page.expect_worker() as begun:
        page.goto(server.url + address(CANVAS))
    with begun.value.expect_event("close", timeout=30_000):
        pass
    page.wait_for_selector('#app[data-ready="true"]', timeout=30_000)
    expect(page.locator('#stage[data-painted="true"]')).to_be_visible()
    assert not page.workers
    context.close()
    assert not watch.problems()
