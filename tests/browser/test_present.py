"""What a lecturer has on the wall and beside it, through a lesson and on to the next one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.lessons import lessons
from tests.browser.conftest import Visit
from tests.browser.picture import read, reload
from tests.browser.sizes import measure
from tests.browser.test_accessibility import complaints

LESSON = lessons()["two-neuron-chain"]
NOTES = [scene["notes"]["en"] for scene in LESSON["scenes"]]


def told(part: str) -> str:
    """Return the beginning of a text without mathematics."""
    return part.split("$")[0][:40].strip()


def test_the_presenters_window_follows_and_leads(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&beats=0&ask=off&hues=green&digits=3")
    with page.expect_popup() as popup:
        page.keyboard.press("r")
    beside = popup.value
    expect(beside.get_by_role("heading", level=1)).to_have_text(LESSON["scenes"][2]["title"]["en"])
    expect(beside.locator(".notes")).to_contain_text(told(NOTES[2]))
    expect(beside.locator(".coming .title")).to_have_text(LESSON["scenes"][3]["title"]["en"])
    inside = beside.frame_locator("iframe")
    expect(inside.locator("[data-node=w2]")).to_be_visible()
    expect(beside.get_by_role("timer")).to_contain_text(":")
    slider = page.get_by_role("slider", name="Timeline")
    expect(slider).to_have_attribute("aria-valuenow", "5")
    beside.get_by_role("button", name="Step forward").click()
    expect(slider).to_have_attribute("aria-valuenow", "6")
    expect(beside.locator(".where")).to_contain_text("6/14")
    beside.keyboard.press("PageUp")
    expect(slider).to_have_attribute("aria-valuenow", "5")

    # At the end of the last scene the next lesson is offered, and one more press opens it.
    page.get_by_role("button", name="Scene 4").click()
    expect(beside.locator(".notes")).to_contain_text(told(NOTES[3]))
    expect(beside.locator(".coming .title")).to_contain_text("What frameworks do")
    for _ in range(3):
        beside.keyboard.press("PageDown")
    offered = page.get_by_role("dialog", name="End of the lesson")
    expect(offered.get_by_role("link", name="What frameworks do")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(offered).to_be_hidden()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(offered).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    beside.keyboard.press("PageDown")
    page.wait_for_url("**/lessons/frameworks?**")
    assert "hues=green" in page.url and "digits=3" in page.url
    expect(beside.get_by_role("heading", level=1)).to_have_text("You only write the forward pass")
    expect(beside.locator(".where")).to_contain_text("0/")
    expect(page).to_have_title(re.compile("What frameworks do"))
    assert page.evaluate("() => document.fullscreenElement !== null")

    # A press back at its beginning, and the browser's own buttons, lead from lesson to lesson.
    page.keyboard.press("PageUp")
    page.wait_for_url("**/lessons/two-neuron-chain?**")
    expect(slider).to_have_attribute("aria-valuenow", "14")
    expect(beside.locator(".notes")).to_contain_text(told(NOTES[3]))
    page.evaluate("() => history.forward()")
    page.wait_for_url("**/lessons/frameworks?**")
    expect(beside.get_by_role("heading", level=1)).to_have_text("You only write the forward pass")
    page.keyboard.press("c")
    contents = page.get_by_role("dialog", name="Present")
    away = contents.get_by_role("link", name="8 · ")
    with page.context.expect_page() as other:
        away.click(modifiers=["Control"])
    other.value.wait_for_url("**/lessons/matrices?**")
    other.value.close()
    away.click()
    page.wait_for_url("**/lessons/matrices?**")
    expect(contents).to_be_hidden()
    expect(page).to_have_url(re.compile("beats=0&ask=off"))
    expect(beside.locator(".where")).to_contain_text(lessons()["matrices"]["title"]["en"])
    page.keyboard.press("PageUp")
    page.evaluate("() => history.back()")
    page.wait_for_url("**/lessons/frameworks?**")
    expect(beside.get_by_role("heading", level=1)).to_have_text("You only write the forward pass")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    assert page.evaluate("() => document.fullscreenElement !== null")
    beside.get_by_role("button", name="Step forward").click()
    expect(page.get_by_role("slider", name="Timeline")).to_have_attribute("aria-valuenow", "1")
    page.get_by_role("button", name="PT · Português").click()
    expect(beside.get_by_role("button", name="Próximo passo")).to_be_visible()
    expect(beside.get_by_role("heading", level=1)).to_have_text("Você só escreve o forward")
    assert page.evaluate("() => document.fullscreenElement !== null")
    page.close()
    expect(beside.get_by_role("status")).to_contain_text("não responde")


def gone_on(visit: Visit) -> tuple[Page, Locator, Locator, str]:
    """Go on to the next lesson; return page, slider, heading, and what the first one said."""
    page = visit("/lessons/two-neuron-chain?scene=3&step=14&beats=0")
    heading = page.locator(".scene h2")
    first = heading.inner_text()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(heading).to_have_text("You only write the forward pass")
    return page, page.get_by_role("slider", name="Timeline"), heading, first


def test_a_press_while_a_lesson_is_on_its_way_is_done_there(visit: Visit) -> None:
    page, slider, heading, first = gone_on(visit)
    page.wait_for_url("**/lessons/frameworks?**")
    expect(slider).to_have_attribute("aria-valuenow", "0")

    # Three presses at once, before the history has moved: one goes back, two go on from there.
    page.evaluate("""() => {
      for (let i = 0; i < 3; i += 1)
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
    }""")
    expect(heading).to_have_text(first)
    expect(slider).to_have_attribute("aria-valuenow", "12")
    assert "/lessons/two-neuron-chain?" in page.url

    # And while the page of the lesson is still to come.
    held: list[Route] = []
    page.route("**/lessons/frameworks?**", lambda route: held.append(route))
    page.evaluate("() => history.forward()")
    page.wait_for_url("**/lessons/frameworks?**")
    page.keyboard.press("PageDown")
    page.get_by_role("button", name="Step forward").click()
    expect(heading).to_have_text(first)
    expect(slider).to_have_attribute("aria-valuenow", "12")
    held.pop().continue_()
    expect(heading).to_have_text("You only write the forward pass")
    expect(slider).to_have_attribute("aria-valuenow", "2")


def test_presses_hold_in_no_lesson_but_the_one_that_was_meant(visit: Visit) -> None:
    page, slider, heading, first = gone_on(visit)

    # A history that never moves holds up no press for good.
    page.evaluate("() => { history.back = () => {}; }")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    expect(slider).to_have_attribute("aria-valuenow", "1")

    # What was pressed on the way to a lesson that cannot be had on this page is done in none.
    page.route("**/lessons/two-neuron-chain?**", lambda route: route.fulfill(body="<p>"))
    page.evaluate("""() => {
      addEventListener("beforeunload", (event) => event.preventDefault());
      Object.getPrototypeOf(history).back.call(history);
    }""")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.wait_for_url("**/lessons/two-neuron-chain?**")
    page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    expect(slider).to_have_attribute("aria-valuenow", "1")
    assert heading.inner_text() != first


def test_contents_spotlight_and_colours(visit: Visit) -> None:
    page = visit("/lessons/matrices")
    page.keyboard.press("c")
    contents = page.get_by_role("dialog", name="Present")
    expect(contents.get_by_role("link", name="8 · ")).to_have_attribute("aria-current", "true")
    contents.get_by_role("button", name="2. ").click()
    expect(contents).to_be_hidden()
    assert read(page).scene == lessons()["matrices"]["scenes"][1]["title"]["en"]

    page.keyboard.press("s")
    light = page.locator(".spotlight")
    expect(light).to_be_visible()
    for x, y in ((300, 200), (700, 500)):
        page.mouse.move(x, y)
        box = light.bounding_box()
        assert box is not None
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert abs(middle[0] - x) < 2 and abs(middle[1] - y) < 2
    page.get_by_role("button", name="Present", exact=True).click()
    button = contents.get_by_role("button", name="Spotlight")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(light).to_have_count(0)

    colour = "() => getComputedStyle(document.documentElement).getPropertyValue('--fwd').trim()"
    blue = page.evaluate(colour)
    contents.get_by_label("forward green").check()
    green = page.evaluate(colour)
    assert green != blue
    reload(page)
    assert page.evaluate(colour) == green and "hues=green" in page.url
    page.goto(page.url.split("?")[0])
    page.wait_for_selector('#app[data-ready="true"]')
    assert page.evaluate(colour) == green

    page.keyboard.press("?")
    page.get_by_label("Letter keys").uncheck()
    page.keyboard.press("s")
    page.keyboard.press("c")
    expect(page.locator(".spotlight")).to_have_count(0)
    expect(page.get_by_role("dialog", name="Present")).to_have_count(0)


@pytest.mark.parametrize("hues", ["blue", "green"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_helps_to_present_can_be_read_by_everyone(visit: Visit, theme: str, hues: str) -> None:
    look = f"lang=pt-BR&theme={theme}&hues={hues}"
    for path, width, height in (
        (f"/lessons/matrices?scene=2&step=9&tool=present&{look}", 1280, 720),
        (f"/lessons/matrices?scene=1&step=9&tool=compose&{look}", 390, 844),
        (f"/lessons/matrices?scene=1&step=9&tool=present&projector=1&{look}", 1920, 1080),
        (f"/presenter?{look}#none", 1100, 760),
    ):
        page = visit(path, width, height, bypass_csp=True)
        if "compose" in path:
            page.locator(".composer .main").click()
            page.locator(".composer textarea").first.fill("**Por quê** $x^2$?")
        assert not complaints(page), path
        least = {390: 15, 1920: 28}.get(width, 0)
        small = measure(page).smaller_than(least)
        assert not small, "\n".join(small)
