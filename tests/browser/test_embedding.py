"""The stage in other people's pages: in a deck, in a sandbox, and where it is not allowed."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.app.process import Server, serving
from tests.browser.chromium import PATIENCE
from tests.browser.conftest import Visit

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
SIZED, DECK = re.findall(r"```js\n(.*?)```", DOCS, re.DOTALL)
PRODUCT = "/embed/lab?program=f = x * y&values=%7B%22x%22:2,%22y%22:3%7D"
STEPS = 4
REVEAL = "/node_modules/reveal.js/dist"
PAGE = """<!doctype html><meta charset="utf-8"><title>A deck</title>
<link rel="stylesheet" href="{reveal}/reveal.css">
<style>iframe {{ width: 800px; height: 450px; border: 0 }}</style>
<div class="reveal"><div class="slides">
<section><h1>Before</h1></section><section>{first}</section><section>{second}</section>
<section><h1>After</h1></section></div></div>
<script src="{reveal}/reveal.js"></script>
<script>Reveal.initialize({{ hash: true, transition: "none" }});
{recipe}</script>"""


@dataclass
class Site:
    """Another site: it serves the pages that a test writes, and reveal.js as it is installed."""

    folder: Path
    port: int
    problems: list[str] = field(default_factory=list)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    (tmp_path / "favicon.ico").touch()
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield Site(tmp_path, other.server_port)
        other.shutdown()


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Any]:
    """Open an address, wherever it is; what goes wrong in the page is the site's problem."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB",
                                  reduced_motion="reduce")  # fmt: skip
    context.set_default_timeout(PATIENCE)
    context.on("weberror", lambda e: site.problems.append(str(e.error)))
    context.on(
        "console",
        lambda m: site.problems.append(m.text) if m.type in ("error", "warning") else None,
    )

    def opened(address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    context.close()


def frame(address: str, sandbox: str = "") -> str:
    return f'<iframe class="gradwalk" {sandbox} src="{address.replace("&", "&amp;")}"></iframe>'


def playhead(inside: FrameLocator, step: int) -> None:
    """Wait until the timeline of a frame stands at a step."""
    slider = inside.locator("[role=slider][data-timeline]")
    expect(slider).to_have_attribute("aria-valuenow", str(step))


def slide(page: Page, number: int) -> None:
    page.wait_for_function(f"() => Reveal.getIndices().h === {number}")


def test_a_remote_walks_through_the_graphs_of_a_deck_without_a_click(
    server: Server, site: Site, opened: Any
) -> None:
    asked: list[str] = []
    lesson = f"{server.url}/embed/lessons/function-as-graph?beats=0&ask=off&lang=pt-BR&scene="
    last = len(server_scenes()) - 1
    first, second = frame(server.url + PRODUCT), frame(f"{lesson}{last}", 'sandbox="allow-scripts"')
    site.write("deck.html", PAGE.format(reveal=REVEAL, first=first, second=second, recipe=DECK))
    page = opened(f"http://localhost:{site.port}/deck.html")
    page.context.on("request", lambda r: asked.append(f"{r.method} {r.url}"))
    lab, scene = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    for inside in (lab, scene):
        inside.locator('#app[data-ready="true"]').wait_for(state="attached")
    slide(page, 0)
    page.keyboard.press("PageDown")
    slide(page, 1)
    for step in range(1, STEPS + 1):
        page.keyboard.press("PageDown")
        playhead(lab, step)
    page.keyboard.press("PageDown")
    slide(page, 2)
    # In the sandbox nothing is asked of the server, and nothing can be remembered.
    slider = scene.locator("[role=slider][data-timeline]")
    expect(slider).to_be_visible()
    here, end = (int(slider.get_attribute(f"aria-value{of}") or 0) for of in ("now", "max"))
    for step in range(here + 1, end + 1):
        page.keyboard.press("ArrowRight")
        playhead(scene, step)
    expect(scene.get_by_role("button", name="Próximo passo")).to_be_visible()
    assert not [one for one in asked if "/api/" in one]
    page.keyboard.press("ArrowRight")
    slide(page, 3)
    page.keyboard.press("PageUp")
    slide(page, 2)
    # Its last press wrote the numbers into the formula.
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    playhead(scene, end - 1)
    # With the focus in the frame its own keys lead out of it.
    page.evaluate("() => Reveal.slide(1)")
    lab.locator("#stage").click(position={"x": 5, "y": 5})
    for step in range(STEPS - 1, -1, -1):
        page.keyboard.press("ArrowLeft")
        playhead(lab, step)
    page.keyboard.press("ArrowLeft")
    slide(page, 0)
    assert not site.problems


def server_scenes() -> Any:
    from app.lessons import lessons

    return lessons()["function-as-graph"]["scenes"]


def test_a_page_moves_its_frame_and_learns_its_size(
    server: Server, site: Site, opened: Any
) -> None:
    chain = frame(f"{server.url}/embed/lessons/two-neuron-chain?theme=dark&controls=0&ask=off")
    listen = "const told = []; addEventListener('message', (e) => told.push(e.data));"
    site.write(
        "page.html", f"<!doctype html><script>{listen}</script>{chain}<script>{SIZED}</script>"
    )
    page = opened(f"http://localhost:{site.port}/page.html")
    inside = page.frame_locator("iframe")
    inside.locator('#app[data-ready="true"]').wait_for(state="attached")
    expect(inside.locator("html")).to_have_attribute("data-theme", "dark")
    expect(inside.get_by_role("slider")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('iframe').height === '240'")
    page.evaluate("() => document.querySelector('iframe').width = 900")
    page.wait_for_function("() => document.querySelector('iframe').height === '506'")

    def say(message: str) -> None:
        page.evaluate(
            f"() => document.querySelector('iframe').contentWindow.postMessage({message}, '*')"
        )

    def state(**wanted: Any) -> None:
        tests = " && ".join(f"s.{name} === {str(value).lower()}" for name, value in wanted.items())
        page.wait_for_function(
            f"() => {{ const s = told.filter((m) => m.type === 'state').at(-1); return {tests}; }}"
        )

    state(scene=0, step=0, first="true", last="false", scenes=len(chain_scenes()))
    say("{ to: 'gradwalk', type: 'previous' }")
    page.wait_for_function("() => told.at(-1).type === 'leave' && told.at(-1).to === 'previous'")
    say("{ to: 'gradwalk', type: 'goto', scene: 1, step: 3 }")
    state(scene=1, step=3, beat=0, first="false")
    for nonsense in ("{ to: 'gradwalk', type: 'goto', step: -1 }", "{ type: 'next' }", "null",
                     "{ to: 'gradwalk', type: 'goto', step: 'x' }", "'next'",
                     "{ to: 'gradwalk', type: 'constructor' }"):  # fmt: skip
        say(nonsense)
    say("{ to: 'gradwalk', type: 'next' }")
    say("{ to: 'gradwalk', type: 'state' }")
    state(scene=1, step=3, beat=1)
    assert not site.problems


def chain_scenes() -> Any:
    from app.lessons import lessons

    return lessons()["two-neuron-chain"]["scenes"]


def test_a_question_is_answered_in_a_sandbox_and_in_a_file(
    server: Server, site: Site, opened: Any
) -> None:
    asked = frame(f"{server.url}{PRODUCT}&ask=every", 'sandbox="allow-scripts"')
    site.write("page.html", f"<!doctype html>{asked}")
    page = opened((site.folder / "page.html").as_uri())
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Step forward").click()
    card = inside.locator(".ask-card")
    card.get_by_role("textbox").fill("6")
    card.get_by_role("textbox").press("Enter")
    playhead(inside, 1)
    # So large that a worker would lay it out, which a sandbox does not have, nor a computed pass.
    square = [[i + j for i in range(6)] for j in range(6)]
    values = json.dumps({"A": square, "B": square}, separators=(",", ":"))
    large = frame("", "sandbox=allow-scripts width=900 height=500")
    site.write("page.html", f"<!doctype html>{large}")
    page.goto((site.folder / "page.html").as_uri())
    address = f"{server.url}/embed/lab?detail=scalar&program=f = sum(A @ B)&values={values}"
    page.evaluate("(a) => { document.querySelector('iframe').src = a; }", address)
    inside.locator("canvas:visible, [data-node]:visible").first.wait_for()
    inside.get_by_role("button", name="Step forward").click()
    playhead(inside, 1)
    assert not site.problems


def test_only_sites_that_are_named_may_show_and_move_it(site: Site, opened: Any) -> None:
    with serving(GRADWALK_EMBEDDERS=f"http://localhost:{site.port}") as server:
        site.write("page.html", f"<!doctype html>{frame(server.url + PRODUCT)}")
        page = opened(f"http://localhost:{site.port}/page.html")
        inside = page.frame_locator("iframe")
        inside.locator('#app[data-ready="true"]').wait_for(state="attached")
        move = "() => document.querySelector('iframe').contentWindow.postMessage({ to: 'gradwalk', type: 'next' }, '*')"  # noqa: E501
        page.evaluate(move)
        playhead(inside, 1)
        # What comes from elsewhere, if only by a redirected window, is not listened to.
        page.frames[1].evaluate(
            "() => dispatchEvent(new MessageEvent('message', { source: parent, "
            "origin: 'https://elsewhere.example', data: { to: 'gradwalk', type: 'next' } }))"
        )
        page.frames[1].evaluate("() => postMessage({ to: 'gradwalk', type: 'next' }, '*')")
        page.evaluate(move)
        playhead(inside, 2)
        assert not site.problems
        page.goto(f"http://127.0.0.1:{site.port}/page.html")
        page.wait_for_timeout(500)
        assert inside.locator("#app").count() == 0
        assert any("frame-ancestors" in one for one in site.problems)


def test_the_frame_to_copy_shows_what_the_page_shows(visit: Visit, site: Site, opened: Any) -> None:
    page = visit("/lessons/two-neuron-chain?scene=1&step=6&lang=pt-BR")
    page.get_by_role("button", name="Figura").click()
    text = page.get_by_role("textbox", name="Numa página sua")
    expect(text).to_have_value(re.compile(r'^<iframe src="http://[^"]+/embed/lessons/two-neuron'))
    page.get_by_role("button", name="NumPy").click()
    code = page.get_by_role("textbox", name="Código do programa")
    expect(code).to_have_value(re.compile(r"d_s2 = d_a2 \* a2 \* \(1 - a2\)"))
    page.get_by_label("Com controles").uncheck()
    expect(text).to_have_value(re.compile(r"controls=0"))
    copy = text.input_value()
    site.write("page.html", f"<!doctype html>{copy}")
    inside = opened(f"http://localhost:{site.port}/page.html").frame_locator("iframe")
    expect(inside.locator(".footer.controls")).to_have_count(0)
    shown = '[data-node="a2"]'
    there = inside.locator(shown)
    expect(there).to_have_attribute(
        "aria-label", page.locator(shown).get_attribute("aria-label") or ""
    )
    assert not site.problems
