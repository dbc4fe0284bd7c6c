"""A matrix rule as a picture: two factors and their product, cell by cell, as the API has them."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import complaints

SPEC: dict[str, Any] = {
    "program": "s1 = x @ W1\na1 = sigmoid(s1)\ns2 = a1 @ W2\nL = half_mse(s2, y)",
    "values": {
        "x": [[1, 2, 3], [-0.5, 0.25, 4]],
        "W1": [[0.1, 0.2], [0.3, 0.4], [1, -0.5]],
        "W2": [[0.3], [0.5]],
        "y": [[1], [0]],
    },
    "constants": ["x", "y"],
}


def graph(server: Server, spec: dict[str, Any] = SPEC) -> dict[str, Any]:
    body = json.dumps(spec).encode()
    request = urllib.request.Request(
        f"{server.url}/api/v1/graphs", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        found: dict[str, Any] = json.load(response)
    return found


def walked(answer: dict[str, Any], source: str) -> int:
    """Return how many steps are done when the edge from a node has just been walked."""
    steps = [step.get("source") for step in answer["steps"]]
    return 1 + steps.index(source)


def lab(visit: Visit, step: int, spec: dict[str, Any] = SPEC, more: str = "", **kind: Any) -> Page:
    given = {
        "program": spec["program"],
        "values": json.dumps(spec["values"]),
        "constants": ",".join(spec["constants"]),
        "step": str(step),
    }
    return visit(f"/lab?{urllib.parse.urlencode(given)}{more}", 1280, 900, **kind)


def picture(page: Page, name: str = "As a picture") -> Locator:
    return page.get_by_role("region", name=name)


def grids(page: Page) -> list[Locator]:
    return picture(page).get_by_role("group").all()


def numbers(grid: Locator, columns: int) -> list[list[float]]:
    texts = grid.get_by_role("button").all_inner_texts()
    flat = [float(text.replace("−", "-")) for text in texts]
    return [flat[i : i + columns] for i in range(0, len(flat), columns)]


def classes(grid: Locator, kind: str) -> list[int]:
    cells = grid.get_by_role("button").all()
    return [i for i, one in enumerate(cells) if kind in (one.get_attribute("class") or "").split()]


@pytest.mark.parametrize("source", ["W1", "a1", "W2"])
def test_its_numbers_are_those_of_the_api(visit: Visit, server: Server, source: str) -> None:
    answer = graph(server)
    [edge] = [one for one in answer["edges"] if one["source"] == source and one["factors"]]
    page = lab(visit, walked(answer, source))
    right, left, result = grids(page)
    first, second = edge["factors"]
    expected = (first["value"], second["value"], edge["contribution"])
    for grid, value in zip((left, right, result), expected, strict=True):
        for shown, row in zip(numbers(grid, len(value[0])), value, strict=True):
            assert shown == pytest.approx(row, abs=6e-4)


def test_a_cell_lights_its_row_and_column_and_is_told_as_a_sum(
    visit: Visit, server: Server
) -> None:
    answer = graph(server)
    page = lab(visit, walked(answer, "W1"), bypass_csp=True)
    right, left, result = grids(page)
    cell = result.get_by_role("button").nth(5)
    expect(cell).to_have_accessible_name(re.compile(r"3 × 2 \[2, 1\]: "))
    cell.hover()
    expect(cell).to_have_class(re.compile(r"\blit\b"))
    assert classes(left, "factor") == [4, 5]
    assert classes(right, "factor") == [1, 3]
    [edge] = [one for one in answer["edges"] if one["source"] == "W1"]
    told = re.sub(r"\s", "", picture(page).locator(".eq").last.inner_text()).replace("−", "-")
    assert re.fullmatch(r"=3⋅\(.*\)\+4⋅.*≈.*", told), "one product for each row of the batch"
    assert float(told.split("≈")[1]) == pytest.approx(edge["contribution"][2][1], rel=1e-3)
    left.get_by_role("button").nth(1).hover()
    expect(picture(page).locator(".sentence")).to_have_text(re.compile("every cell of row 1"))
    assert classes(result, "factor") == [0, 1]
    assert complaints(page) == ""


def test_the_keyboard_goes_from_cell_to_cell(visit: Visit, server: Server) -> None:
    page = lab(visit, walked(graph(server), "W1"))
    right, left, result = grids(page)
    result.get_by_role("button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(result.get_by_role("button").nth(2)).to_be_focused()
    assert (classes(left, "factor"), classes(right, "factor")) == ([2, 3], [0, 2])


def test_what_is_asked_is_not_shown_and_some_rules_have_no_picture(
    visit: Visit, server: Server
) -> None:
    answer = graph(server)
    step = walked(answer, "W1")
    page = lab(visit, step - 1, more="&beats=1&beat=1&lang=pt-BR")
    right, left, result = grids_in(page, "Em desenho")
    assert set(result.get_by_role("button").all_inner_texts()) == {"?"}
    assert set(left.get_by_role("button").all_inner_texts()) == {"?"}
    assert "," in right.get_by_role("button").first.inner_text()
    other = {"program": "p = softmax(x); f = max(p)", "values": {"x": [1, 2]}, "constants": []}
    page = lab(visit, walked(graph(server, other), "x"), other)
    expect(page.get_by_role("heading", name="Backward")).to_be_visible()
    expect(picture(page)).to_have_count(0)


def grids_in(page: Page, name: str) -> list[Locator]:
    return picture(page, name).get_by_role("group").all()


def test_element_by_element_three_grids_stand_in_one_shape(visit: Visit, server: Server) -> None:
    answer = graph(server)
    [edge] = [one for one in answer["edges"] if one["source"] == "s1"]
    [upstream] = [one["grad"] for one in answer["nodes"] if one["id"] == "a1"]
    page = lab(visit, walked(answer, "s1"), bypass_csp=True)
    expected = (upstream, edge["local"], edge["contribution"])
    for grid, value in zip(grids(page), expected, strict=True):
        assert numbers(grid, 2) == [pytest.approx(row, abs=6e-4) for row in value]
    delta, local, result = grids(page)
    delta.get_by_role("button").nth(3).hover()
    assert (classes(local, "factor") or classes(local, "lit")) == [3]
    assert classes(result, "factor") == [3]
    told = re.sub(r"\s", "", picture(page).locator(".eq").last.inner_text()).replace("−", "-")
    assert float(told.split("≈")[1]) == pytest.approx(edge["contribution"][1][1], rel=1e-3)
    assert complaints(page) == ""


STACK: dict[str, Any] = {
    "program": "s = x @ W; f = sum(s * s)",
    "values": {
        "x": [[[1, 2], [3, -1]], [[0.5, 0], [1, 1]], [[-2, 1], [0.25, 4]]],
        "W": [[0.1, -0.2], [0.3, 0.4]],
    },
    "constants": [],
}


def test_of_a_stack_one_matrix_is_shown_and_the_others_are_a_press_away(
    visit: Visit, server: Server
) -> None:
    answer = graph(server, STACK)
    edges = {one["source"]: one for one in answer["edges"] if one["target"] == "s"}
    page = lab(visit, walked(answer, "x"), STACK)
    part = picture(page)
    expect(part.get_by_text("matrix 1 of 3")).to_be_visible()
    expect(part.get_by_role("button", name="Matrix before")).to_be_disabled()
    for at in range(3):
        expect(part.get_by_text(f"matrix {at + 1} of 3")).to_be_visible()
        result = edges["x"]["contribution"][at]
        assert numbers(grids(page)[2], 2) == [pytest.approx(row, abs=6e-3) for row in result]
        if at < 2:
            part.get_by_role("button", name="Next matrix").click()
    page.wait_for_url("**cell=x*")
    page = lab(visit, walked(answer, "W"), STACK)
    expect(picture(page).get_by_text("The result adds up such a product")).to_be_visible()
    shown = numbers(grids(page)[2], 2)
    assert shown == [pytest.approx(row, abs=6e-2) for row in edges["W"]["contribution"]]
