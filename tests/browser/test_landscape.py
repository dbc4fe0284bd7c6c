"""The loss over a plane of two parameters, with the way of training, in a real browser."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.networks import XOR
from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.sizes import measure
from tests.browser.test_accessibility import complaints


@pytest.fixture
def network(server: Server) -> str:
    """Return a network that has been trained for 60 iterations."""
    made = str(httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"])
    step = {"phase": "iteration", "count": 60}
    httpx.post(f"{server.url}/api/v1/networks/{made}/step", json=step)
    return made


def told(server: Server, network: str, query: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(
        f"{server.url}/api/v1/networks/{network}/landscape?{query}"
    ).json()
    return found


def plot(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("loss|Loss"))


def wanted(url: str) -> dict[str, Any]:
    """Return the plane that an address asks for."""
    found: dict[str, Any] = json.loads(parse_qs(urlsplit(url).query)["landscape"][0])
    return found


def test_the_map_is_read_by_keyboard_and_says_what_the_server_says(
    visit: Visit, server: Server, network: str
) -> None:
    page = visit(f"/lab?left=network&network={network}&tab=training")
    page.get_by_role("button", name="Loss landscape").click()
    expect(plot(page)).to_be_visible()
    stands = plot(page).get_attribute("aria-label") or ""
    answer = told(server, network, "a=W1[0,0]&b=W2[0,0]")
    assert f"{answer['current']['loss']:.4g}" in stands and "After 60 iterations" in stands
    assert page.locator(".heat .way").count() and page.locator(".heat .down").count()

    plot(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    middle = len(answer["losses"]) // 2
    loss = answer["losses"][middle + 2][middle + 1]
    expect(plot(page)).to_have_attribute("aria-label", re.compile(f"loss {loss:.4g}"))
    expect(page.get_by_role("table", name="What the map says in numbers")).to_contain_text(
        f"{loss:.4g}"
    )
    step = page.get_by_role("slider", name="Timeline")
    expect(step).to_be_hidden()

    page.keyboard.press("Enter")
    center = [answer["a"]["values"][middle + 1], answer["b"]["values"][middle + 2]]
    page.wait_for_url(lambda url: wanted(url).get("center") == center)
    page.get_by_role("group", name="Move the map").get_by_role("button", name="Zoom in").click()
    page.wait_for_url(lambda url: wanted(url).get("radius") == answer["radius"] / 2)
    expect(page.locator(".landscape")).to_have_attribute("aria-busy", "false")
    page.get_by_role("combobox", name="Up: parameter").select_option("b2")
    expect(plot(page)).to_have_attribute(
        "aria-label", re.compile(r"Loss over W1\[0,0\] and b2\[0\]")
    )
    page.get_by_role("button", name="Close the landscape").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()


def test_a_link_opens_the_map_and_it_follows_the_iteration(visit: Visit, network: str) -> None:
    wish = '{"a":"W1[0,1]","b":"b1[0]"}'
    page = visit(f"/lab?left=network&network={network}&at=20&landscape={wish}")
    expect(plot(page)).to_have_attribute("aria-label", re.compile("After 20 iterations"))
    expect(page.locator(".heat .way.ahead").first).to_be_attached()
    dashed = page.locator(".heat .ahead").count()
    assert dashed == 2, "what came after the iteration looked at is drawn apart"


def test_the_way_grows_with_each_press_of_a_presenter_s_remote(visit: Visit, network: str) -> None:
    page = visit(f"/lab?left=network&network={network}&landscape={{}}")
    expect(plot(page)).to_have_attribute("aria-label", re.compile("After 60 iterations"))
    before = page.locator(".heat path.way:not(.casing)").get_attribute("d")
    page.keyboard.press("PageDown")
    expect(plot(page)).to_have_attribute("aria-label", re.compile("After 61 iterations"))
    expect(page.locator(".heat path.way:not(.casing)")).not_to_have_attribute("d", before or "")
    page.keyboard.press("PageUp")
    expect(plot(page)).to_have_attribute("aria-label", re.compile("After 60 iterations"))
    page.get_by_role("button", name="Train on").click()
    expect(plot(page)).to_have_attribute(
        "aria-label", re.compile("After 160 iterations"), timeout=15_000
    )


def test_on_the_wall_no_text_is_too_small(visit: Visit, network: str) -> None:
    page = visit(f"/lab?left=network&network={network}&landscape={{}}&projector=1", 1920, 1080)
    expect(plot(page)).to_be_visible()
    assert not measure(page).smaller_than(28)


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [((1280, 720), "dark", "en"), ((390, 844), "light", "pt-BR")], ids=["desk", "phone"],
)  # fmt: skip
def test_axe_finds_nothing_and_a_finger_reads_the_map(
    visit: Visit, network: str, size: tuple[int, int], scheme: Any, language: str
) -> None:
    page = visit(
        f"/lab?left=network&network={network}&lang={language}&landscape={{}}",
        *size, color_scheme=scheme, bypass_csp=True, has_touch=True,
    )  # fmt: skip
    expect(plot(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    plot(page).tap(position={"x": 40, "y": 50})
    reads = "Cursor at" if language == "en" else "Cursor em"
    expect(plot(page)).to_have_attribute("aria-label", re.compile(reads))
    assert complaints(page) == ""
