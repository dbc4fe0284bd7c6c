"""Many runs of one network, trained beside the server and looked at in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.app.networks import XOR
from tests.app.process import Server
from tests.browser.conftest import Visit, Watch
from tests.browser.sizes import measure
from tests.browser.test_accessibility import complaints

DONE = re.compile(r"^(Done|Concluída): ")
RATES = {"by": [{"of": "optimizer.learning_rate", "values": [0.1, 1, 1000]}], "seeds": 2}
LINE = {"x": [[0.0], [1.0], [2.0]], "y": [[1.0], [3.0], [5.0]]}


def address(vary: dict[str, Any], **more: str) -> str:
    rest = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    return f"/lab?left=network&vary={quote(json.dumps(vary))}{rest}"


def table(page: Page) -> Locator:
    return page.get_by_role(
        "region", name=re.compile("came of each|resultado de cada")
    ).get_by_role("table")


def ended(page: Page) -> None:
    expect(page.get_by_text(DONE).first).to_be_visible(timeout=60_000)


def asked(server: Server, page: Page, below: str = "") -> dict[str, Any]:
    """Return what the API says of the sweep that the page shows, once its address says which."""
    page.wait_for_url(re.compile("[?&]sweep="))
    [sweep] = parse_qs(urlsplit(page.url).query)["sweep"]
    found: dict[str, Any] = httpx.get(f"{server.url}/api/v1/sweeps/{sweep}{below}").json()
    return found


def number(text: str) -> float:
    """Return a number as the page prints it."""
    mantissa, _, power = text.replace("−", "-").partition("·10")
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return float(mantissa) * float(f"1e{power.translate(digits) or 0}")


def test_three_learning_rates_from_two_seeds_are_swept_and_a_run_is_opened(
    visit: Visit, server: Server
) -> None:
    page = visit("/lab?left=network")
    page.get_by_role("button", name="Compare settings").click()
    page.get_by_role("button", name="Sweep", exact=True).click()
    page.get_by_role("textbox", name=re.compile("^Values")).fill("0.1 1 10")
    page.get_by_role("textbox", name="Seeds").fill("2")
    page.get_by_role("textbox", name="Iterations of each run").fill("150")
    page.keyboard.press("Tab")
    expect(page.get_by_text("3 × 2 = 6 runs (at most 256)")).to_be_visible()
    page.keyboard.press("Enter")
    progress = page.get_by_role("progressbar", name="How far the sweep is")
    expect(progress).to_have_attribute("max", "6")
    expect(page.locator(".sweep-progress button:focus")).to_have_count(1)
    ended(page)
    assert progress.evaluate("e => e.value") == 6

    answer = asked(server, page)
    assert [row["settings"]["optimizer.learning_rate"] for row in answer["runs"]] == [
        0.1, 0.1, 1, 1, 10, 10,
    ]  # fmt: skip
    for button in page.get_by_role("button", name=re.compile("^Seeds of")).all():
        button.click()
    shown = [number(row.locator("td b").inner_text()) for row in table(page).locator(".seed").all()]
    assert shown == pytest.approx([row["loss"] for row in answer["runs"]], rel=1e-3)
    medians = table(page).locator("tbody tr:first-child td b").all_inner_texts()
    losses = [row["loss"] for row in answer["runs"]]
    middle = [(a + b) / 2 for a, b in zip(losses[::2], losses[1::2], strict=True)]
    assert [number(text) for text in medians] == pytest.approx(middle, rel=1e-3)
    best = table(page).locator("tbody.best")
    expect(best).to_contain_text("lowest")
    assert number(best.locator("b").first.inner_text()) == pytest.approx(min(middle), rel=1e-3)
    expect(page.locator(".versus-chart path.run.r2:not(.lit)")).to_have_count(1)
    expect(page.locator(".versus-chart path.seeds")).to_have_count(3)

    page.get_by_role("button", name="Open 1, seed 1 in the lab").click()
    expect(page.get_by_role("heading", name="Sweep")).to_be_hidden()
    expect(page.locator(".counters dd").first).to_have_text("150", timeout=20_000)
    expect(page.get_by_role("textbox", name="Learning rate").first).to_have_value("1")
    [network] = parse_qs(urlsplit(page.url).query)["network"]
    history = httpx.get(f"{server.url}/api/v1/networks/{network}/history").json()
    assert min(history["loss"]) == answer["runs"][3]["best"]["loss"], "to the last bit"
    assert "sweep=" not in page.url


def test_a_sweep_is_reopened_by_its_id_alone_sorted_and_saved(visit: Visit, server: Server) -> None:
    body = {"network": {**XOR, "held_out": 0.5}, "iterations": 30, "seeds": [5],
            "grid": {"optimizer.learning_rate": [1, 0.1], "layers.0.units": [3, 2]}}  # fmt: skip
    made = httpx.post(f"{server.url}/api/v1/sweeps", json=body).json()
    page = visit(f"/lab?sweep={made['id']}")
    ended(page)
    page.reload()
    page.wait_for_selector('#app[data-ready="true"]')
    ended(page)
    rates = table(page).locator("tbody th[scope=row]")
    expect(rates).to_have_text(["1", "1", "0.1", "0.1"])
    head = page.get_by_role("columnheader", name="Learning rate")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rates).to_have_text(["0.1", "0.1", "1", "1"])
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("columnheader", name="layers.0.units")).to_be_visible()
    expect(table(page).locator("tbody.best")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == f"sweep-{made['id']}.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    answer = asked(server, page)["runs"]
    assert [float(row["loss"]) for row in rows] == [row["loss"] for row in answer]
    assert [row["parameters"] for row in rows] == [row["parameters"] for row in answer]
    page.get_by_role("button", name="Open 1 · 3 in the lab").click()
    expect(page.locator(".counters dd").first).to_have_text("30", timeout=20_000)


def test_a_sweep_is_cancelled_and_what_has_ended_stays(visit: Visit, server: Server) -> None:
    vary = {"by": [{"of": "units", "values": [2, 3]}], "seeds": 60, "iterations": 30_000}
    page = visit(address(vary))
    page.get_by_role("button", name="Start the sweep").click()
    page.get_by_role("button", name="Cancel the sweep").click()
    expect(page.get_by_text(re.compile("^Cancelled: "))).to_have_count(2)
    expect(page.get_by_role("button", name="Cancel the sweep")).to_be_hidden()
    answer = asked(server, page)
    assert (answer["state"], answer["total"]) == ("cancelled", 120)
    assert answer["done"] < 120
    page.get_by_role("button", name="Live, side by side").click()
    expect(page.get_by_role("heading", name="Compare settings")).to_be_visible()
    page.get_by_role("button", name="Sweep", exact=True).click()
    expect(page.get_by_role("progressbar", name="How far the sweep is")).to_be_hidden()
    expect(page.get_by_text("4 × 3 = 12 runs (at most 256)")).to_be_visible()


def test_runs_that_diverge_are_told_and_a_cursor_reads_the_others_in_portuguese(
    visit: Visit,
) -> None:
    build = {"inputs": 1, "layers": [{"units": 1, "activation": "linear", "bias": True}],
             "loss": "mse", "data": LINE}  # fmt: skip
    rates = {"of": "optimizer.learning_rate", "values": [0.1, 0.2, 1000]}
    vary = {"by": [rates], "seeds": 2, "iterations": 400}
    page = visit(address(vary, build=json.dumps(build), lang="pt-BR"))
    page.get_by_role("button", name="Iniciar a varredura").click()
    ended(page)
    expect(page.get_by_text("2 com divergência", exact=True)).to_be_visible()
    expect(table(page)).to_contain_text("2 de 2 com divergência")
    expect(table(page).locator("tbody th[scope=row]").first).to_have_text("0,1")
    cursor = page.get_by_role("slider", name="Ler as curvas em")
    cursor.focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("columnheader", name="Na iteração 0")).to_be_visible()
    row = table(page).locator("tbody").nth(1)
    row.hover()
    expect(page.locator(".versus-chart path.run.lit")).to_have_count(1)
    row.get_by_role("button").focus()
    expect(row).to_have_class(re.compile("lit"))


def test_too_many_runs_are_refused_before_they_are_asked_for(visit: Visit) -> None:
    page = visit(address({**RATES, "seeds": 86}))
    expect(page.get_by_text("That makes 258 runs; a sweep has at most 256.")).to_be_visible()
    expect(page.get_by_role("button", name="Start the sweep")).to_be_disabled()
    values = page.get_by_role("textbox", name=re.compile("^Values"))
    values.fill("1 two")
    values.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("“two” is no number")
    values.fill("1")
    values.press("Tab")
    expect(page.get_by_role("button", name="Start the sweep")).to_be_enabled()
    page.get_by_role("button", name="Vary another setting").click()
    expect(page.get_by_role("combobox", name="Vary")).to_have_count(2)
    page.get_by_role("button", name="Do not vary: Learning rate").click()
    expect(page.get_by_role("combobox", name="Vary")).to_have_count(1)
    expect(page.get_by_role("button", name="Vary another setting")).to_be_focused()


def test_what_the_server_says_is_shown(visit: Visit, watch: Watch) -> None:
    watch.provoke("status of (404|429|503)")
    page = visit("/lab?sweep=" + "A" * 22)
    expect(page.get_by_role("alert").first).to_contain_text("it may have expired")

    def full(route: Route) -> None:
        body = {"title": "", "status": 503, "detail": "Too many sweeps are waiting; try again."}
        headers = {"retry-after": "60", "content-type": "application/problem+json"}
        if route.request.method == "POST":
            route.fulfill(status=503, headers=headers, body=json.dumps(body))
        else:
            route.continue_()

    page.route("**/api/v1/sweeps", full)
    page.get_by_text("Start another sweep").click()
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_role("alert").first).to_contain_text(
        "Too many sweeps are waiting; try again. You can try again in 60 s."
    )


def test_a_server_that_is_away_is_asked_again(visit: Visit, server: Server, watch: Watch) -> None:
    watch.provoke("ERR_FAILED")
    body = {"network": XOR, "iterations": 1, "seeds": [1]}
    made = httpx.post(f"{server.url}/api/v1/sweeps", json=body).json()
    page = visit("/lab?left=network")
    page.route("**/api/v1/sweeps/**", lambda route: route.abort())
    page.goto(f"{server.url}/lab?sweep={made['id']}")
    expect(
        page.get_by_text(re.compile(r"cannot be reached.* Asking again in \d+ s"))
    ).to_be_visible()
    page.unroute("**/api/v1/sweeps/**")
    ended(page)
    expect(page.get_by_text("Asking again")).to_be_hidden()


def test_on_the_wall_no_text_is_too_small(visit: Visit) -> None:
    page = visit(address({**RATES, "iterations": 20}, projector="1"), 1920, 1080)
    page.get_by_role("button", name="Start the sweep").click()
    ended(page)
    assert not measure(page).smaller_than(28)
    page.get_by_role("button", name=re.compile("^Seeds of")).first.scroll_into_view_if_needed()
    assert not measure(page).smaller_than(28)


@pytest.mark.parametrize(
    ("size", "scheme"), [((1280, 720), "light"), ((390, 844), "dark")], ids=["desk", "phone"]
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    visit: Visit, size: tuple[int, int], scheme: Any
) -> None:
    page = visit(
        address({**RATES, "iterations": 20}), *size, color_scheme=scheme, bypass_csp=True,
    )  # fmt: skip
    assert complaints(page) == ""
    page.get_by_role("button", name="Start the sweep").click()
    ended(page)
    page.get_by_role("button", name=re.compile("^Seeds of")).first.click()
    assert complaints(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
