"""A batch walked row by row: what each row's gradient is, how they add up, and the one update."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine.numbers import plain
from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.picture import read
from tests.browser.test_accessibility import complaints

# Rows that pull in different directions; the last batch of an epoch has one row.
SPEC: dict[str, Any] = {
    "inputs": 2,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "loss": "half_mse", "optimizer": {"name": "sgd", "learning_rate": 0.5}, "batch_size": 3,
    "data": {"x": [[0.2, 1], [1, -0.5], [-1, 0.4], [0.7, 0.9]], "y": [[0], [1], [1], [0]]},
}  # fmt: skip


def ask(server: Server, path: str, body: object | None = None) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.url}/api/v1/networks{path}",
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        found: dict[str, Any] = json.load(response)
    return found


def made(server: Server, iterations: int = 1, **changes: Any) -> str:
    network = str(ask(server, "", {**SPEC, **changes})["id"])
    for _ in range(iterations):
        ask(server, f"/{network}/step", {"phase": "iteration"})
    return network


def opened(visit: Visit, network: str, query: str = "", **options: Any) -> Page:
    given = urllib.parse.quote("W2[1,0]")
    page = visit(
        f"/lab?left=network&network={network}&tab=batch&cell={given}{query}",
        options.pop("width", 1280), 800, **options,
    )  # fmt: skip
    expect(page.get_by_role("region", name=re.compile("Rows of this batch|Linhas"))).to_be_visible()
    return page


def stands(page: Page, station: str) -> None:
    """Wait until the stage shows a station."""
    expect(page.locator(".top .iteration")).to_have_text(station)
    expect(page.locator(".progress")).to_have_attribute("aria-hidden", "true")


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


def gradients(page: Page) -> list[str]:
    return page.locator(".rows-table tbody td:last-child").all_inner_texts()


def sums(page: Page) -> dict[str, str]:
    """Return what stands below the rows, by the kind of its line."""
    lines = page.locator(".rows-table tfoot tr")
    return {
        str(line.get_attribute("class")).split()[0]: line.locator("td").inner_text()
        for line in lines.all()
    }


def test_the_gradient_of_the_second_row_is_what_the_api_says(visit: Visit, server: Server) -> None:
    network = made(server)
    page = opened(visit, network)
    page.get_by_role("button", name="First row").click()
    stands(page, "Row 0 alone")
    page.get_by_role("button", name="Next row").click()
    stands(page, "Row 1 alone")
    assert gradients(page)[1:] == ["?", "?"]
    page.keyboard.press("End")
    graph = ask(server, f"/{network}/graph?iteration=1&rows=1")
    wanted = next(node["grad"][1][0] for node in graph["nodes"] if node["id"] == "W2")
    found = gradients(page)
    assert number(found[1]) == pytest.approx(wanted, abs=5e-5)
    assert number(read(page).nodes["W2"].gradient[1]) == pytest.approx(wanted, abs=5e-5)
    assert found[2] == "?"
    partial = sums(page)
    assert number(partial["sum"]) == pytest.approx(sum(map(number, found[:2])), abs=1e-4)
    assert partial["mean"] == partial["batch"] == partial["update"] == "?"


def test_the_rows_add_up_to_the_mean_by_which_the_weights_move(
    visit: Visit, server: Server
) -> None:
    network = made(server, optimizer={"name": "sgd", "learning_rate": 0.1})
    page = opened(visit, network, "&rows=0&step=99&digits=6")
    for heading in ("Row 1 alone", "Row 2 alone", "Mean of the rows"):
        page.keyboard.press("]")
        stands(page, heading)
    expect(page.locator(".rows-table .mean.now")).to_be_visible()
    rows, below = list(map(number, gradients(page))), sums(page)
    assert number(below["sum"]) == pytest.approx(sum(rows), abs=2e-6)
    assert number(below["mean"]) == pytest.approx(sum(rows) / 3, abs=1e-6)
    assert below["batch"] == below["mean"]
    assert below["update"] == "?"
    update = next(u for u in ask(server, f"/{network}/graph?iteration=1")["updates"]
                  if u["parameter"] == "W2")  # fmt: skip
    assert number(below["mean"]) == pytest.approx(update["gradient"][1][0], abs=1e-6)
    assert number(read(page).nodes["W2"].gradient[1]) == pytest.approx(number(below["mean"]))
    page.keyboard.press("]")
    page.keyboard.press("End")
    expect(page.locator(".rows-table .update td")).not_to_have_text("?")
    assert number(sums(page)["update"]) == pytest.approx(update["new"][1][0], abs=1e-5)


def test_steps_lead_from_row_to_row_and_into_the_next_batch(visit: Visit, server: Server) -> None:
    page = opened(visit, made(server), "&rows=2&step=99")
    steps = read(page).total
    page.keyboard.press("ArrowRight")
    stands(page, "Mean of the rows")
    assert read(page).step == steps
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    stands(page, "Row 3 alone")
    assert read(page).step == 0
    expect(page.get_by_role("img", name="Batch 2 of 2 in this epoch, 1 rows")).to_be_visible()


def test_the_last_partial_batch_is_drawn_shorter(visit: Visit, server: Server) -> None:
    page = opened(visit, made(server))
    whole, rest = (part.bounding_box() for part in page.locator(".epoch .part").all())
    assert whole and rest
    assert rest["width"] == pytest.approx(whole["width"] / 3, rel=0.05)
    expect(page.get_by_text("The last batch of an epoch has one row only.")).to_be_visible()
    formula = page.locator(".per-epoch math")
    assert [formula.locator("mn").nth(i).text_content() for i in range(3)] == ["4", "3", "2"]


@pytest.mark.parametrize(("language", "width"), [("pt-BR", 390), ("en", 1280)])
def test_a_batch_by_touch_and_for_everyone(
    visit: Visit, server: Server, language: str, width: int
) -> None:
    touch = width < 700
    page = opened(
        visit, made(server), f"&lang={language}", width=width, has_touch=touch, bypass_csp=True
    )
    if touch:
        page.get_by_role("button", name="Explicação").tap()
        page.get_by_role("button", name="Primeira linha").tap()
        page.get_by_role("button", name="Próxima linha").tap()
        stands(page, "Só a linha 1")
        assert "," in gradients(page)[0]
        page.get_by_role("button", name="Média das linhas").tap()
        expect(page.locator(".rows-table .mean.now")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints(page) == ""


def test_a_rule_at_the_mean_shows_the_sum_over_the_rows_and_its_share(
    visit: Visit, server: Server
) -> None:
    network = made(server, 0)
    graph = ask(server, f"/{network}/graph?rows=mean")
    at = 1 + next(i for i, s in enumerate(graph["steps"]) if s.get("source") == "W1")
    cell = urllib.parse.quote("W1[1,2]")
    page = visit(
        f"/lab?left=network&network={network}&tab=ledger&rows=mean&step={at}&cell={cell}", 1280, 900
    )
    part = page.get_by_role("region", name="As a picture")
    expect(part.get_by_text("Mean over the 3 rows of the batch of")).to_be_visible()
    [edge] = [one for one in graph["edges"] if one["source"] == "W1"]
    total, mean = part.get_by_role("group").all()
    value = edge["contribution"][1][2]
    assert number(mean.get_by_role("button").nth(5).inner_text()) == pytest.approx(value, rel=1e-2)
    assert number(total.get_by_role("button").nth(5).inner_text()) == pytest.approx(
        3 * value, rel=1e-2
    )
    expect(part.locator(".eq")).to_contain_text("+")
    passes = ask(server, f"/{network}/rows")["rows"]
    rows = [one["gradients"]["W1"][1][2] for one in passes]
    assert sum(rows) == pytest.approx(3 * value)
    told = part.locator(".eq").inner_text()
    for row in rows:
        assert plain(row).text in re.sub(r"\s", "", told)
