"""The same network with other settings, side by side, in a real browser."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.sizes import measure
from tests.browser.test_accessibility import complaints


def address(wish: dict[str, Any], **more: str) -> str:
    rest = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    return f"/lab?left=network&compare={quote(json.dumps(wish))}{rest}"


def rows(page: Page) -> list[str]:
    """Return the results as they are read, once no run goes on."""
    table = page.get_by_role("region", name=re.compile("came of each|resultado de cada"))
    expect(table.get_by_role("button").first).to_be_enabled(timeout=20_000)
    return [" ".join(row.split()) for row in table.locator("tbody tr").all_inner_texts()]


def chart(page: Page) -> Locator:
    return page.get_by_role("img", name=re.compile("Loss by iteration on a log"))


def test_learning_rates_are_compared_and_one_is_opened_in_the_lab(visit: Visit) -> None:
    page = visit("/lab?left=network")
    page.get_by_role("button", name="Compare settings").click()
    expect(page.get_by_role("heading", name="Compare settings")).to_be_visible()
    values = page.get_by_role("textbox", name="Values")
    expect(values).to_have_value(re.compile(r"0\.01\s+0\.1\s+1\s+10"))
    found = rows(page)
    losses = [float(row.split()[1]) for row in found]
    assert losses == sorted(losses, reverse=True), "the larger, the faster, up to 10 here"
    assert [row.split()[0] for row in found] == ["0.01", "0.1", "1", "10"]
    assert "lowest" in found[3]
    expect(chart(page)).to_have_attribute(
        "aria-label", re.compile("Learning rate: 0.01, 0.1, 1, 10")
    )
    expect(
        page.get_by_role("list", name="What each network answers").get_by_role("listitem")
    ).to_have_count(4)

    cursor = page.get_by_role("slider", name="Read the curves at")
    cursor.focus()
    page.keyboard.press("Home")
    expect(cursor).to_have_attribute(
        "aria-valuetext", re.compile(r"Iteration 0: 0\.01 0\.1.*; 10 0\.1")
    )
    page.keyboard.press("PageUp")
    expect(page.get_by_role("columnheader", name=re.compile("^At iteration"))).to_be_visible()

    asked: list[str] = []
    page.on("request", lambda r: asked.append(f"{r.method} {urlsplit(r.url).path}"))
    page.get_by_role("button", name="Open 1 in the lab").click()
    expect(page.get_by_role("heading", name="Compare settings")).to_be_hidden()
    expect(page.locator(".counters dd").first).to_have_text("300", timeout=20_000)
    spec = page.get_by_role("textbox", name="Learning rate").first
    expect(spec).to_have_value("1")
    assert not [
        one
        for one in asked
        if one.startswith("POST")
        and "/networks" in one.split("/predict")[0]
        and not one.endswith("/predict")
    ], "it is not trained again"
    at = page.get_by_role("slider", name="Iteration")
    at.fill("3")
    expect(page.locator(".looking")).to_be_visible()
    button = page.get_by_role("button", name="Train 100 epochs")
    expect(button).to_have_attribute("aria-busy", "false")


def test_one_that_diverges_says_so_and_where(visit: Visit) -> None:
    page = visit("/lab?left=network")
    page.get_by_role("combobox", name="Data set").select_option("line")
    page.get_by_role("button", name="Compare settings").click()
    values = page.get_by_role("textbox", name="Values")
    values.fill("0.01 two")
    values.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("“two” is no number")
    values.fill("0.01; 1000")
    values.press("Enter")
    page.get_by_role("combobox", name="Compare by").select_option("optimizer.learning_rate")
    values.fill("0.01 1000")
    values.press("Tab")
    page.get_by_role("button", name="Run").click()
    low, high = rows(page)
    assert re.search(r"1000 diverged at iteration \d+ \(\S+ is not finite\)", high)
    assert "diverged" not in low and "lowest" in low
    wanted = quote('"values":[0.01,1000]', safe="")
    page.wait_for_url(lambda url: wanted in url)


def test_a_link_runs_the_comparison_again_in_portuguese(visit: Visit) -> None:
    page = visit(address({"of": "sign", "epochs": 200}, lang="pt-BR"))
    sign, sigmoid = rows(page)
    assert sign.startswith("função sinal") or sign.startswith("sinal")
    ends = [float(re.findall(r"\d+,\d+", row)[0].replace(",", ".")) for row in (sign, sigmoid)]
    assert ends[1] < 0.1 < ends[0], "no gradient passes sign; the sigmoid learns"
    expect(page.get_by_text("nenhum gradiente chega aos pesos")).to_be_visible()
    page.get_by_role("button", name="Fechar a comparação").click()
    expect(page.get_by_role("button", name="Construir")).to_be_visible()
    page.wait_for_url(lambda url: "compare=" not in url)


def test_a_running_comparison_is_stopped(visit: Visit) -> None:
    page = visit(address({"of": "seed", "epochs": 100_000}))
    stop = page.get_by_role("button", name="Stop")
    expect(chart(page)).to_be_visible()
    expect(page.get_by_role("progressbar", name="How far the comparison is")).to_be_visible()
    stop.click()
    assert all("stopped at iteration" in row for row in rows(page))


def test_on_the_wall_no_text_is_too_small_and_keys_move_nothing_unseen(visit: Visit) -> None:
    page = visit(address({"of": "sign", "epochs": 50}, projector="1"), 1920, 1080)
    rows(page)
    page.keyboard.press("PageDown")
    assert not measure(page).smaller_than(28)
    page.wait_for_url(lambda url: "compare=" in url and "step=" not in url)


@pytest.mark.parametrize(
    ("size", "scheme"), [((1280, 720), "light"), ((390, 844), "dark")], ids=["desk", "phone"]
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    visit: Visit, size: tuple[int, int], scheme: Any
) -> None:
    page = visit(
        address({"of": "optimizer", "epochs": 40}), *size, color_scheme=scheme, bypass_csp=True,
        has_touch=True,
    )  # fmt: skip
    assert len(rows(page)) == 5
    assert complaints(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    chart(page).scroll_into_view_if_needed()
    chart(page).tap(position={"x": 120, "y": 60})
    expect(page.get_by_role("columnheader", name=re.compile("^At iteration"))).to_be_visible()
