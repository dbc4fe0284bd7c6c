"""Matrices and single numbers, one unfolding into the other; each cell linked with its edges."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.picture import read, reload
from tests.browser.test_accessibility import complaints
from tests.browser.test_product import SPEC, graph, lab, walked

ONE_ROW = {**SPEC, "values": {**SPEC["values"], "x": [[1, 2, 3]], "y": [[1]]}}


def opened(visit: Visit, select: str, more: str = "", step: int = 0, **kind: Any) -> Page:
    return lab(visit, step, ONE_ROW, f"&select={select}{more}", **kind)


def cells(page: Page, name: str = "Cells of W₁") -> Locator:
    return page.get_by_role("group", name=name).get_by_role("button")


def card(page: Page, name: str) -> Locator:
    return page.locator(f'[data-node="{name}"]')


def lit(page: Page) -> set[str]:
    return {name for name, one in read(page).nodes.items() if "linked" in one.classes.split()}


def asked(page: Page, key: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def test_a_whole_node_is_taken_apart_and_put_together(visit: Visit, server: Server) -> None:
    page = opened(visit, "s1", step=walked(graph(server, ONE_ROW), "W1"))
    page.get_by_role("button", name="Take apart into numbers").click()
    expect(card(page, "s1[0,0]")).to_be_visible()
    expect(card(page, "s1[0,1]")).to_be_visible()
    expect(page.get_by_role("heading", name="Backward")).to_be_visible()
    page.get_by_role("button", name="Put together again").click()
    expect(card(page, "s1[0,1]")).to_have_count(0)
    page.wait_for_url(lambda url: "expand" not in url)
    expect(page.get_by_role("heading", name="Backward")).to_be_visible()


def test_one_neuron_unfolds_from_its_cell_by_keyboard_and_folds(
    visit: Visit, server: Server
) -> None:
    whole, part = graph(server, ONE_ROW), graph(server, {**ONE_ROW, "expand": ["s1[0,1]"]})
    page = opened(visit, "W1", step=walked(whole, "W1"))
    cells(page).first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(cells(page).nth(3)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Unfold s⁽¹⁾₁,₂")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, "s1[0,1]")).to_be_visible()
    shown = read(page)
    assert set(shown.nodes) == {n["id"] for n in part["nodes"] if not n["folded"]}
    for node in part["nodes"]:
        if node["shape"] == [] and node["id"] in shown.nodes and node["id"] != "L":
            text = shown.nodes[node["id"]].value[0].replace("−", "-")
            assert float(text) == pytest.approx(node["value"], abs=1e-3)
    page.get_by_role("button", name="Fold s⁽¹⁾₁,₂ again").press("Enter")
    expect(card(page, "s1[0,1]")).to_have_count(0)
    assert read(page).step == walked(whole, "W1")


def test_a_cell_of_w_and_its_edges_light_each_other(visit: Visit) -> None:
    page = opened(visit, "W1", '&expand=["s1[0,1]"]', bypass_csp=True)
    cells(page).nth(3).hover()
    expect(card(page, "W1[1,1]")).to_have_class(re.compile(r"\blinked\b"))
    product = next(name for name in lit(page) if name != "W1[1,1]")
    given = {(edge["source"], edge["target"]) for edge in links(page)}
    assert {("W1[1,1]", product), ("x[0,1]", product), (product, "s1[0,1]")} <= given
    expect(page.get_by_text("w⁽¹⁾₂,₂ is lit in the scalar graph, too.")).to_be_visible()
    expect(page.locator(".cell-linked")).to_have_count(2)
    cells(page).nth(2).hover()
    expect(page.locator("[data-linked]")).to_have_count(0)
    card(page, product).hover()
    expect(cells(page).nth(3)).to_have_class(re.compile(r"\blit\b"))
    middle = page.evaluate(
        """(at) => {
          const path = [...document.querySelectorAll(".reach")][at];
          const half = path.getPointAtLength(path.getTotalLength() / 2);
          const p = half.matrixTransform(path.getScreenCTM());
          return [p.x, p.y];
        }""",
        reach(page, "x[0,2]"),
    )
    page.mouse.move(*middle)
    expect(cells(page).nth(5)).to_have_class(re.compile(r"\blit\b"))
    assert complaints(page) == ""


def links(page: Page) -> list[dict[str, str]]:
    """Return the ends of the edges that are lit."""
    found: list[dict[str, str]] = page.evaluate(
        """async () => {
          const lit = [...document.querySelectorAll("[data-linked]")];
          const at = lit.map((p) => Number(p.dataset.linked));
          const edges = [...document.querySelectorAll(".edge")];
          return at.map((i) => edges.find((e) => Number(e.dataset.edge) === i))
            .map((e) => ({source: e.dataset.from, target: e.dataset.to}));
        }"""
    )
    return found


def reach(page: Page, source: str) -> int:
    """Return which of the broad edges leaves a number of the scalar graph."""
    found: int = page.evaluate(
        """(source) => [...document.querySelectorAll(".edge")]
          .findIndex((e) => e.dataset.from === source)""",
        source,
    )
    return found


def test_a_reload_stands_at_the_same_cell_in_portuguese_too(visit: Visit) -> None:
    page = opened(visit, "W1", "&lang=pt-BR", step=3)
    cells(page, "Células de W₁").nth(5).click()
    page.get_by_role("button", name="Abrir s⁽¹⁾₁,₂").click()
    expect(card(page, "W1[2,1]")).to_be_visible()
    page.wait_for_url(lambda url: "expand" in url and "cell" in url)
    page.mouse.move(2, 2)
    before = read(page)
    reload(page)
    after = read(page)
    assert after.step == before.step > 3
    assert {k: (v.label, v.classes) for k, v in after.nodes.items()} == {
        k: (v.label, v.classes) for k, v in before.nodes.items()
    }
    assert "W1[2,1]" in lit(page)
    assert asked(page, "cell") == "W1[2,1]"
    page.get_by_role("button", name="Fechar s⁽¹⁾₁,₂ de novo").click()
    expect(card(page, "W1[2,1]")).to_have_count(0)


def test_the_cells_of_a_scalar_graph_are_those_of_the_matrix(visit: Visit) -> None:
    page = opened(visit, "W1[0,1]", "&detail=scalar")
    grid = cells(page, "Cells of W1")
    texts = [float(text.replace("−", "-")) for text in grid.all_inner_texts()]
    assert texts == [0.1, 0.2, 0.3, 0.4, 1, -0.5]
    grid.nth(4).hover()
    expect(card(page, "W1[2,0]")).to_have_class(re.compile(r"\blinked\b"))


WIDE: dict[str, Any] = {
    **SPEC,
    "values": {
        "x": [[(3 * i + j) % 7 - 3 for j in range(6)] for i in range(12)],
        "W1": [[(i - j) / 4 for j in range(5)] for i in range(6)],
        "W2": [[0.3], [0.5], [-0.2], [0.1], [0.4]],
        "y": [[i % 2] for i in range(12)],
    },
}


def test_on_a_canvas_a_cell_lights_its_numbers_and_edges_and_they_light_it(
    visit: Visit, server: Server
) -> None:
    answer = graph(server, {**WIDE, "detail": "scalar"})
    assert len(answer["nodes"]) > 400
    page = lab(visit, 3, WIDE, "&select=W1[1,2]&detail=scalar", bypass_csp=True)
    expect(page.locator('#stage[data-painted="true"]')).to_be_visible()
    grid = cells(page, "Cells of W1")
    grid.nth(7).hover()
    # Twelve rows use the weight: it, its products, and the edges into them and out of them.
    expect(page.locator("#stage rect.linked")).to_have_count(13)
    expect(page.locator("#stage path.linked")).to_have_count(36)
    ends = {page.locator("#stage path.linked").nth(i).get_attribute("data-linked") for i in (0, 35)}
    products = {e["target"] for e in answer["edges"] if e["source"] == "W1[1,2]"}
    for end in ends:
        edge = answer["edges"][int(str(end))]
        assert {edge["source"], edge["target"]} & products
    middle = page.evaluate(
        """() => {
          const path = document.querySelectorAll("#stage path.linked")[20];
          const at = path.getPointAtLength(path.getTotalLength() * 0.5);
          const p = at.matrixTransform(path.getScreenCTM());
          return [p.x, p.y];
        }"""
    )
    page.mouse.move(2, 2)
    expect(page.locator("#stage .linked")).to_have_count(0)
    page.mouse.move(*middle)
    expect(page.locator("#stage path.linked")).to_have_count(36)
    page.mouse.move(2, 2)
    page.locator(".spot").focus()
    expect(grid.nth(7)).to_have_class(re.compile(r"\blit\b"))
    expect(page.locator("#stage rect.linked")).to_have_count(13)
    assert complaints(page) == ""
