"""Every lesson opens, in both languages, with a graph on the stage."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from app.lessons import lessons
from tests.browser.conftest import Visit
from tests.browser.picture import follow, press, read


@pytest.mark.parametrize("language", ["en", "pt-BR"])
@pytest.mark.parametrize("slug", lessons())
def test_a_lesson_opens_and_steps(visit: Visit, slug: str, language: str) -> None:
    lesson = lessons()[slug]
    page = visit(f"/lessons/{slug}?lang={language}")
    first = read(page)
    assert first.nodes and first.scene == lesson["scenes"][0]["title"][language]
    assert press(page, "PageDown") != first
    assert press(page, "PageUp") == first


@pytest.mark.parametrize("slug", lessons())
def test_every_scene_is_a_button_and_an_address(visit: Visit, slug: str) -> None:
    page, pictures = visit(f"/lessons/{slug}"), []
    for number, scene in enumerate(lessons()[slug]["scenes"]):
        title = scene["title"]["en"]
        page.get_by_role("button", name=f"Scene {number + 1}: {title}").click()
        shown = read(page)
        assert (shown.scene, shown.step) == (title, scene.get("from", 0))
        pictures.append(shown)
    page.close()
    # A page that has never been at another scene by its buttons.
    again = visit(f"/lessons/{slug}?scene=0")
    for number, shown in enumerate(pictures):
        if number:
            follow(again, f"/lessons/{slug}?scene={number}")
        there = read(again)
        assert there._replace(ledger="", said="") == shown._replace(ledger="", said="")


def assert_said_and_set(page: Page) -> None:
    text = page.locator("body").inner_text()
    found = re.search(r"\b(?:ui|page|step)\.\w|undefined|NaN|\[object|[«»$]|\\frac", text)
    assert not found, found
    assert page.locator(".temml-error, .tml-error, merror").count() == 0


@pytest.mark.parametrize("slug", lessons())
def test_no_word_is_left_untranslated_or_untypeset(visit: Visit, slug: str) -> None:
    page = visit(f"/lessons/{slug}?lang=en&step=6")
    assert_said_and_set(page)
    follow(page, f"/lessons/{slug}?lang=pt-BR&step=6")
    assert_said_and_set(page)


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_the_start_page_leads_to_every_lesson(visit: Visit, language: str) -> None:
    page = visit(f"/?lang={language}")
    for slug, lesson in lessons().items():
        link = page.get_by_role("link", name=lesson["title"][language])
        assert (link.get_attribute("href") or "").startswith(f"/lessons/{slug}")
    page.get_by_role("link", name=lessons()["function-as-graph"]["title"][language]).click()
    page.wait_for_selector('#app[data-ready="true"]')
    assert page.locator("html").get_attribute("lang") == language
