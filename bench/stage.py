"""How smoothly the stage moves, in headless Chromium: `python -m bench.stage`.

Frames per second while a pass plays with a tenth of the graph active and with everything active,
beside a bare canvas that draws as many rectangles and lines in the same browser, in turns; time
from the answer to the first picture; positions per second while the playhead is dragged; and the
longest task of the main thread while a graph is laid out, a network trains and the playhead is
dragged. The browser paints in software, and shares the machine's cores with the server.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from app.assets import build
from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.browser.chromium import ARGUMENTS, BROWSERS
from tests.browser.large import address, program

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# Nodes → rows and operations of a program; most nodes have two arguments.
SIZES = {50: (5, 8), 300: (15, 18), 500: (20, 23), 2_000: (40, 48), 10_000: (100, 97)}
PLAYED = (50, 500, 2_000, 10_000)
PICTURED = (300, 2_000)
# What a step has touched fades over so many seconds; so a pass of this length keeps all active.
FADING = 0.6
SHARES = (0.1, 1.0)
SECONDS = 3.0
ROUNDS = 3
POSITIONS = 150
LAYERS = [{"units": 8, "activation": "tanh"}, {"units": 8, "activation": "tanh"},
          {"units": 1, "activation": "sigmoid"}]  # fmt: skip
SMALL: dict[str, Any] = {**XOR, "layers": LAYERS, "data": {"name": "moons"}}
# One row at a time, so that every number of the pass has its node.
ONE: dict[str, Any] = {**XOR, "layers": LAYERS, "batch_size": 1}
TRAINING = 6_000


def table(rows: int) -> str:
    """Return a CSV table of two numbers and a class."""
    draw = random.Random(1)
    lines = [f"{draw.uniform(-1, 1):.4f},{draw.uniform(-1, 1):.4f},{i % 2}" for i in range(rows)]
    return "\n".join(["a,b,class", *lines])


@contextmanager
def opened(browser: Browser, server: Server, path: str) -> Iterator[Page]:
    """A page with its stopwatches, once its first graph stands there."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB")
    context.add_init_script(SCRIPT)
    page = context.new_page()
    page.goto(server.url + path)
    page.wait_for_selector('#app[data-ready="true"]', timeout=60_000)
    page.wait_for_selector('#stage svg [data-node], #stage[data-painted="true"]', timeout=60_000)
    page.wait_for_timeout(300)
    yield page
    context.close()


def measured(page: Page, what: str, *arguments: Any) -> dict[str, float]:
    """Let a stopwatch run in the page."""
    call = "([what, given]) => stopwatch[what](...given)"
    found: dict[str, float] = page.evaluate(call, [what, arguments])
    return found


def middle(rounds: list[dict[str, float]], key: str) -> float:
    return statistics.median(found[key] for found in rounds)


def playing(browser: Browser, server: Server) -> Iterator[str]:
    yield "| nodes | active | frames per second | a bare canvas | ratio | longest task |"
    yield "|---:|---:|---:|---:|---:|---:|"
    base = f"/static/{build()}"
    for nodes in PLAYED:
        request = program(*SIZES[nodes])
        with opened(browser, server, address(request)) as page:
            for share in SHARES:
                own, bare = [], []
                for _ in range(ROUNDS):
                    own.append(measured(page, "play", SECONDS, FADING / share))
                    bare.append(measured(page, "bare", SECONDS, share, base, request))
                ours, theirs = middle(own, "rate"), middle(bare, "rate")
                worst = max(found["longest"] for found in own)
                yield (f"| {nodes:,} | {share:.0%} | {ours:.0f} | {theirs:.0f} "
                       f"| {ours / theirs:.2f} | {task(worst)} |")  # fmt: skip


def pictures(browser: Browser, server: Server) -> Iterator[str]:
    yield "| nodes | from answer to first picture | longest task meanwhile |"
    yield "|---:|---:|---:|"
    for nodes in PICTURED:
        found = []
        for _ in range(ROUNDS + 2):
            with opened(browser, server, address(program(*SIZES[nodes]))) as page:
                found.append(measured(page, "firstPicture"))
        worst = max(one["longest"] for one in found)
        yield f"| {nodes:,} | {middle(found, 'wait'):.0f} ms | {task(worst)} |"


def network(server: Server, spec: dict[str, Any]) -> str:
    status, made = server.post("/api/v1/networks", spec)
    if status != 201:
        sys.exit(str(made))
    return str(made["id"])


def dragging(browser: Browser, server: Server) -> Iterator[str]:
    yield "| dragged | positions per second | of which ours | longest task |"
    yield "|---|---:|---:|---:|"
    path = f"/lab?network={network(server, ONE)}&left=network&detail=scalar"
    with opened(browser, server, path) as page:
        found = [measured(page, "scrub", POSITIONS) for _ in range(ROUNDS)]
    worst = max(one["longest"] for one in found)
    yield (f"| 2-8-8-1, number by number | {middle(found, 'rate'):.0f} "
           f"| {middle(found, 'own'):.1f} ms each | {task(worst)} |")  # fmt: skip


def training(browser: Browser, server: Server) -> Iterator[str]:
    yield f"| trained for {TRAINING / 1000:.0f} s | iterations | longest task |"
    yield "|---|---:|---:|"
    rows = {"csv": table(10_000), "x": ["a", "b"], "y": ["class"]}
    specs = {
        "2-8-8-1 on moons": SMALL,
        "2-8-8-1 on a table of 10,000 rows": {**SMALL, "data": rows},
    }
    for name, spec in specs.items():
        path = f"/lab?network={network(server, spec)}&left=network&tab=training"
        with opened(browser, server, path) as page:
            began = page.evaluate("() => performance.now()")
            page.get_by_role("button", name="Train").first.click()
            page.wait_for_timeout(TRAINING)
            page.wait_for_timeout(1_000)
            reached = page.evaluate("() => new URL(location.href).searchParams.get('at')")
            worst = page.evaluate("(began) => stopwatch.longest(began)", began)
            yield f"| {name} | {int(reached or 0):,} | {task(worst)} |"


def task(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms" if milliseconds else "< 50 ms"


PARTS = {"playing": playing, "pictures": pictures, "dragging": dragging, "training": training}


def main() -> None:
    """Measure the parts that are named, or all; print a table for each."""
    wanted = sys.argv[1:] or list(PARTS)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    # A busy machine takes long to answer with the largest graph, which is not what is timed here.
    with serving(GRADWALK_COMPUTATION_SECONDS="120") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for name in wanted:
            for line in PARTS[name](browser, server):
                print(line, flush=True)  # noqa: T201
            print(flush=True)  # noqa: T201
        browser.close()
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f}.")  # noqa: T201


if __name__ == "__main__":
    main()
