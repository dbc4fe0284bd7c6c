"""A layer of a network as one card on the stage, and opened again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine.numbers import plain
from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.picture import read, reload
from tests.browser.test_accessibility import complaints
from tests.browser.test_batches import ask, made

WORDS = {
    "en": ("Collapse layer 1", "Unfold layer 1"),
    "pt-BR": ("Recolher a camada 1", "Abrir a camada 1"),
}


def opened(visit: Visit, network: str, more: str) -> Page:
    return visit(
        f"/lab?left=network&network={network}&tab=ledger&fold=1{more}", 1280, 800, bypass_csp=True
    )


@pytest.mark.parametrize("language", WORDS)
def test_a_layer_collapses_and_unfolds_by_keyboard(
    visit: Visit, server: Server, language: str
) -> None:
    collapse, unfold = WORDS[language]
    network = made(server)
    whole = ask(server, f"/{network}/graph")
    part = ask(server, f"/{network}/graph?collapse=layer1")
    at = next(s["index"] for s in whole["steps"] if s.get("source") == "a1")
    page = opened(visit, network, f"&select=a1&step={at + 1}&lang={language}&collapse=layer7")
    before = read(page)
    page.get_by_role("button", name=collapse).press("Enter")
    expect(page.locator('[data-node="layer1"]')).to_be_visible()
    page.wait_for_url(re.compile("collapse"))
    shown = read(page)
    assert set(shown.nodes) == {n["id"] for n in part["nodes"] if not n["folded"]}
    assert "W1" not in shown.nodes and "W2" in shown.nodes
    assert part["steps"][shown.step - 1]["source"] == "layer1", "the same moment"
    assert complaints(page) == ""
    reload(page)
    again = read(page)
    assert (again.step, set(again.nodes)) == (shown.step, set(shown.nodes))
    page.locator("#panel-body").get_by_role("button", name=unfold).press("Enter")
    expect(page.locator('[data-node="W1"]')).to_be_visible()
    after = read(page)
    assert set(after.nodes) == set(before.nodes)


def test_a_key_collapses_the_layer_of_the_focused_card_with_the_bars_of_its_layer(
    visit: Visit, server: Server
) -> None:
    network = made(server, 3)
    norms = ask(server, f"/{network}/history")["gradient_norm"]
    page = opened(visit, network, "&lang=pt-BR")
    card = page.locator('[data-node="W1"]')
    card.focus()
    page.keyboard.press("l")
    layer = page.locator('[data-node="layer1"]')
    expect(layer).to_be_focused()
    expect(layer).to_have_attribute("aria-label", re.compile("^camada 1"))
    expect(page.locator(".overlay rect.norm")).to_have_count(1)
    expect(page.locator(".overlay rect.flat")).to_have_count(1)
    expect(page.get_by_role("table", name="Como vão as camadas")).to_contain_text(
        plain(norms["layer1"][-1]).text.replace(".", ",")
    )
    assert complaints(page) == ""
    page.keyboard.press("l")
    expect(card).to_be_visible()
    expect(page.locator('[data-node="a1"]')).to_be_focused()
    expect(page.locator(".overlay rect")).to_have_count(0)
    page.keyboard.press("l")
    page.locator("#stage-area").get_by_role("button", name="Abrir a camada 1").click()
    expect(card).to_be_visible()


def test_without_a_chosen_card_the_layer_at_work_collapses_and_a_loss_does_not(
    visit: Visit, server: Server
) -> None:
    network = made(server)
    whole = ask(server, f"/{network}/graph")
    at = next(s["index"] for s in whole["steps"] if s["node"] == "s2")
    page = opened(visit, network, f"&step={at + 1}")
    page.keyboard.press("l")
    expect(page.locator('[data-node="layer2"]')).to_be_visible()
    page.keyboard.press("l")
    expect(page.locator('[data-node="W2"]')).to_be_visible()
    page.locator('[data-node="L"]').focus()
    page.keyboard.press("l")
    expect(page.locator('[data-node="W2"]')).to_be_visible()
    page.wait_for_url(lambda url: "collapse" not in url)
