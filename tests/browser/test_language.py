"""In another language every page of the lab goes on where it was, without being loaded anew."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.app.networks import XOR
from tests.app.process import Server
from tests.browser.conftest import Visit, Watch

PORTUGUESE = "PT · Português"


@pytest.fixture
def network(server: Server) -> str:
    """Return a network that has been trained for 20 iterations."""
    made = str(httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"])
    step = {"phase": "iteration", "count": 20}
    httpx.post(f"{server.url}/api/v1/networks/{made}/step", json=step)
    return made


def speak(page: Page, name: str = PORTUGUESE) -> None:
    """Change the language, on a page that is to stay."""
    page.evaluate("() => { window.here = true; }")
    page.get_by_role("button", name=name).click()
    tag = "pt-BR" if name == PORTUGUESE else "en"
    expect(page.locator("html")).to_have_attribute("lang", tag)
    page.wait_for_url(re.compile(f"lang={tag}"))
    assert page.evaluate("() => window.here === true"), "the page was loaded anew"


def test_a_network_keeps_its_place_and_its_undo(visit: Visit, network: str) -> None:
    page = visit(f"/lab?left=network&network={network}&tab=ledger&step=5")
    slider = page.get_by_role("slider", name="Timeline")
    expect(slider).to_have_attribute("aria-valuenow", "5")
    page.get_by_role("button", name="Zoom in").click()
    zoom = page.locator("#stage").get_attribute("data-zoom") or ""
    before = page.locator("[data-node=L]").get_attribute("aria-label")
    speak(page)
    expect(page.get_by_role("button", name="Próximo passo")).to_be_visible()
    slider = page.get_by_role("slider", name="Linha do tempo")
    expect(slider).to_have_attribute("aria-valuenow", "5")
    expect(page.locator("#stage")).to_have_attribute("data-zoom", zoom)
    expect(page.get_by_role("tab", name="Contas")).to_have_attribute("aria-selected", "true")
    speak(page, "EN · English")
    expect(page.locator("[data-node=L]")).to_have_attribute("aria-label", before or "")


def test_a_network_trains_on(visit: Visit, network: str) -> None:
    page = visit(f"/lab?left=network&network={network}&tab=training")
    page.get_by_role("textbox", name="Epochs", exact=True).fill("1000000")
    page.get_by_role("textbox", name="Epochs", exact=True).press("Tab")
    page.get_by_role("button", name=re.compile("^Train")).first.click()
    expect(page.get_by_role("button", name="Stop").first).to_be_visible()
    speak(page)
    stop = page.get_by_role("button", name="Parar").first
    expect(stop).to_be_visible()
    counted = page.locator(".counters dd").first
    first = counted.inner_text()
    expect(counted).not_to_have_text(first)
    stop.click()


def test_a_draft_keeps_what_was_drawn_and_can_be_undone(visit: Visit) -> None:
    page = visit("/lab?left=network")
    page.get_by_role("button", name="One neuron more · Layer 1").click()
    speak(page)
    drawing = page.get_by_role("img", name=re.compile("camadas"))
    expect(drawing).to_have_attribute("aria-label", re.compile("2 – 4 – 1"))
    page.keyboard.press("Control+z")
    expect(drawing).to_have_attribute("aria-label", re.compile("2 – 3 – 1"))


def test_a_refused_program_is_refused_in_the_new_language(visit: Visit) -> None:
    build = {"program": "L = half_mse(x @ , y)"}
    page = visit(f"/lab?left=network&build={quote(json.dumps(build))}")
    expect(page.get_by_text(re.compile("cannot be read")).first).to_be_visible()
    speak(page)
    expect(page.get_by_text(re.compile("não pode ser lid|não dá para ler")).first).to_be_visible()
    expect(page.get_by_text(re.compile("cannot be read"))).to_have_count(0)


def test_a_comparison_keeps_its_curves(visit: Visit) -> None:
    wish: dict[str, Any] = {"of": "sign", "epochs": 50}
    page = visit(f"/lab?left=network&compare={quote(json.dumps(wish))}")
    rows = page.get_by_role("region", name=re.compile("^(What came|O resultado)")).locator(
        "tbody tr"
    )
    expect(rows.get_by_role("button").first).to_be_enabled()
    numbers = [re.findall(r"\d+\.\d+", text) for text in rows.all_inner_texts()]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    speak(page)
    expect(page.get_by_role("button", name="Fechar a comparação")).to_be_visible()
    now = [re.findall(r"\d+,\d+", text) for text in rows.all_inner_texts()]
    assert (
        len(numbers) > 1
        and all(numbers)
        and [[n.replace(",", ".") for n in row] for row in now] == numbers
    )
    assert not [url for url in asked if "compar" in url and "/api/" in url], "it was run again"


def test_the_loss_landscape_keeps_its_cursor(visit: Visit, network: str) -> None:
    page = visit(f"/lab?left=network&network={network}&tab=training")
    page.get_by_role("button", name="Loss landscape").click()
    plot = page.get_by_role("application")
    plot.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(plot).to_have_attribute("aria-label", re.compile(r"\[0,0\]"))
    expect(plot).to_have_attribute("aria-label", re.compile("^Cursor at"))
    stands = re.findall(r"= (\S+\.\d+)", plot.get_attribute("aria-label") or "")
    speak(page)
    expect(plot).to_have_attribute("aria-label", re.compile("^Cursor em"))
    now = re.findall(r"= (\S+,\d+)", plot.get_attribute("aria-label") or "")
    assert len(stands) == 2 and [one.replace(",", ".") for one in now] == stands


NOTICED: dict[str, Any] = {
    "inputs": 2, "layers": [{"units": 3, "activation": "softmax"}], "loss": "cross_entropy",
    "data": {"name": "blobs"}, "optimizer": {"name": "sgd", "learning_rate": 0.1},
}  # fmt: skip
DIVERGED: dict[str, Any] = {
    "inputs": 1, "layers": [{"units": 3, "activation": "relu"}, {"units": 1}], "loss": "mse",
    "data": {"name": "line"}, "optimizer": {"name": "sgd", "learning_rate": 1000.0},
}  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "english", "portuguese"),
    [
        (NOTICED, "gives it scores", "lhe dá pontuações"),
        (DIVERGED, "The way there: ", "O caminho até lá: "),
    ],
)
def test_what_the_server_said_of_a_network_it_says_again(
    visit: Visit, server: Server, spec: dict[str, Any], english: str, portuguese: str
) -> None:
    made = str(httpx.post(f"{server.url}/api/v1/networks", json=spec).json()["id"])
    httpx.post(
        f"{server.url}/api/v1/networks/{made}/step", json={"phase": "iteration", "count": 1000}
    )
    page = visit(f"/lab?left=network&network={made}&tab=training")
    expect(page.get_by_text(english).first).to_be_visible()
    speak(page)
    expect(page.get_by_text(portuguese).first).to_be_visible()
    expect(page.get_by_text(english)).to_have_count(0)


def test_where_a_program_cannot_be_read_is_said_again(visit: Visit) -> None:
    page = visit("/lab")
    page.get_by_role("textbox", name="Program").fill("f = x *")
    expect(page.get_by_text("Line 1, column 8")).to_be_visible()
    speak(page)
    expect(page.get_by_text("Linha 1, coluna 8")).to_be_visible()
    expect(page.get_by_role("textbox", name="Programa")).to_have_value("f = x *")


def test_what_the_page_said_of_what_was_typed_it_says_again(visit: Visit) -> None:
    wish: dict[str, Any] = {"of": "optimizer.learning_rate", "epochs": 5}
    page = visit(f"/lab?left=network&compare={quote(json.dumps(wish))}")
    values = page.get_by_role("textbox", name="Values")
    values.fill("0.1 fast")
    values.press("Tab")
    said = page.get_by_role("alert").filter(has_text="fast")
    expect(said).to_have_count(1)
    english = said.inner_text()
    speak(page)
    expect(said).to_have_count(1)
    assert said.inner_text() != english
    expect(page.get_by_role("textbox", name="Valores")).to_have_value("0.1 fast")


def test_of_a_network_that_is_gone_no_more_is_said(visit: Visit, watch: Watch) -> None:
    watch.provoke("404")
    page = visit("/lab?left=network&network=gone&tab=training")
    there = page.get_by_text("There is no network at this address")
    expect(there.first).to_be_visible()
    said = there.count()
    speak(page)
    expect(page.get_by_text("Não há rede neste endereço")).to_have_count(said)
