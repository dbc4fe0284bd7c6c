"""The documentation in a browser: contents, copies, forms, and the stage in miniature."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit, Watch

GRAPHS = "#post-api-v1-graphs"
SIZES = [(1280, 720), (390, 844)]


@pytest.mark.parametrize("path", ["/docs", "/docs/ops"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_wider_than_the_screen(visit: Visit, path: str, width: int, height: int) -> None:
    page = visit(f"{path}?lang=pt-BR", width, height)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_skip_link_comes_first_and_leads_to_the_content(visit: Visit) -> None:
    page = visit("/docs")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_contents_stay_in_view_and_follow_the_reader(visit: Visit) -> None:
    page = visit("/docs")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="POST /graphs", exact=True).click()
    expect(contents.locator("[aria-current=location]")).to_have_text("POST /graphs")
    expect(contents.locator("[aria-current=location]")).to_be_in_viewport()


def test_on_a_phone_the_contents_are_folded(visit: Visit) -> None:
    page = visit("/docs", 390, 844)
    link = page.get_by_role("navigation", name="Contents").get_by_role("link", name="GET /ops")
    expect(link).to_be_hidden()
    page.get_by_text("Contents", exact=True).click()
    link.click()
    expect(link).to_be_hidden()
    expect(page.get_by_role("heading", name="GET /api/v1/ops")).to_be_in_viewport()


def test_a_command_is_copied(visit: Visit) -> None:
    page = visit("/docs", permissions=["clipboard-read", "clipboard-write"])
    place = page.locator(GRAPHS)
    place.get_by_role("button", name="Copy").click()
    expect(place.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(f"{GRAPHS}-curl").text_content()
    assert copied.startswith("curl -s http")


def opened(page: Page) -> None:
    page.locator(GRAPHS).get_by_text("Try it here").click()


def test_a_request_is_answered_beneath_it(visit: Visit, watch: Watch) -> None:
    watch.provoke("422")
    page = visit("/docs")
    opened(page)
    form = page.locator(f"{GRAPHS} form")
    body = form.get_by_role("textbox", name="Request body")
    body.fill('{"program": "f = x * y", "values": {"x": 2, "y": 3}}')
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("status")).to_contain_text("200 OK")
    answer = form.get_by_role("group", name="Answer of the server")
    assert json.loads(answer.text_content() or "")["value"] == 6
    body.fill('{"program": "f = x * y"}')
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("status")).to_contain_text("422")
    expect(answer).to_contain_text('"missing"')


def test_waiting_and_a_lost_connection_are_told(visit: Visit, watch: Watch) -> None:
    watch.provoke("ERR_FAILED")
    page = visit("/docs")
    waiting: list[Route] = []
    page.route("**/api/v1/graphs", lambda route: waiting.append(route))
    opened(page)
    form = page.locator(f"{GRAPHS} form")
    button = form.get_by_role("button", name="Send")
    button.click()
    expect(button).to_be_disabled()
    expect(form.get_by_role("status")).to_contain_text("Waiting")
    waiting[0].abort()
    expect(form.get_by_role("status")).to_contain_text("did not answer")
    expect(button).to_be_enabled()


def test_a_parameter_of_the_path_is_asked_for(visit: Visit) -> None:
    page = visit("/docs")
    place = page.locator("#get-api-v1-lessons-slug")
    place.get_by_text("Try it here").click()
    place.get_by_role("textbox", name="slug").fill("matrices")
    place.get_by_role("button", name="Send").click()
    expect(place.get_by_role("group", name="Answer of the server")).to_contain_text(
        '"slug": "matrices"'
    )


@pytest.mark.parametrize("name", ["mul", "matmul", "softmax"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_operation_can_be_stepped_on_its_own_stage(
    visit: Visit, name: str, width: int, height: int
) -> None:
    page = visit("/docs/ops", width, height)
    place = page.locator(f"#op-{name}")
    assert place.locator("math").count() >= 2
    assert page.locator("iframe").count() == 0
    place.get_by_text("See it move").click()
    stage = page.frame_locator(f"#op-{name} iframe")
    expect(stage.locator('[data-node="z"]')).to_be_visible()
    timeline = stage.get_by_role("slider", name="Timeline")
    at = int(timeline.get_attribute("aria-valuenow") or "")
    assert at > 0
    expect(stage.locator('[data-node="x"]')).to_have_attribute("data-grad", "done")
    stage.get_by_role("button", name="Step back").click()
    expect(timeline).to_have_attribute("aria-valuenow", str(at - 1))
    expect(stage.locator('[data-node="x"]')).to_have_attribute("data-grad", "pending")
    place.get_by_text("See it move").click()
    expect(page.locator("iframe")).to_have_count(0)
