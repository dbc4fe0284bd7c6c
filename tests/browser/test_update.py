"""The update of a network, number by number: beside the parameter and in the ledger."""

from __future__ import annotations

import json
import re
import urllib.parse
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.app.process import Server
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import complaints
from tests.browser.test_batches import ask, made

SGD: dict[str, Any] = {"name": "sgd", "learning_rate": 0.5}
ADAM: dict[str, Any] = {"name": "adam", "learning_rate": 0.1}


KINDS: dict[str, dict[str, Any]] = {
    "nesterov": {"name": "sgd", "learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
    "centred rmsprop": {"name": "rmsprop", "learning_rate": 0.1, "centered": True},
    "amsgrad": {"name": "adam", "learning_rate": 0.1, "amsgrad": True},
    "adagrad": {"name": "adagrad", "learning_rate": 0.1},
    "adamw": {"name": "adamw", "learning_rate": 0.1, "weight_decay": 0.3},
}


def updated(visit: Visit, optimizer: dict[str, Any], **more: Any) -> Page:
    """Open the lab with a network, run one iteration, and look at its last update."""
    build = {
        "inputs": 2,
        "layers": [{"units": 3, "activation": "tanh", "bias": True},
                   {"units": 1, "activation": "sigmoid", "bias": True}],
        "loss": "half_mse", "optimizer": optimizer, "init": "xavier_uniform", "seed": 0,
        "data": {"name": "xor"}, "shuffle": False,
    }  # fmt: skip
    given = urllib.parse.quote(json.dumps(build))
    page = visit(f"/lab?left=network&build={given}", 1280, 720, **more)
    page.get_by_role("button", name="Build", exact=True).click()
    page.get_by_role("button", name="One iteration", exact=True).click()
    expect(page.locator(".counters dd").first).to_have_text("1")
    page.get_by_role("tab", name="Ledger").click()
    expect(page.get_by_role("heading", name="Update of")).to_be_visible()
    return page


def moved(page: Page) -> dict[str, float]:
    rows = page.locator(".moved div")
    texts = [rows.nth(i).inner_text().split("\n") for i in range(rows.count())]
    return {name: float(text.replace("−", "-")) for name, text in texts}


@pytest.mark.parametrize("optimizer", [SGD, ADAM], ids=lambda o: str(o["name"]))
def test_old_value_less_the_step_is_the_new_value(visit: Visit, optimizer: dict[str, Any]) -> None:
    page = updated(visit, optimizer)
    found = moved(page)
    step = found["α × gradient" if optimizer is SGD else "step Δ"]
    assert found["new"] == pytest.approx(found["old"] - step, abs=1e-4)
    if optimizer is SGD:
        assert step == pytest.approx(0.5 * found["Gradient"], rel=1e-3)
    assert page.locator(".chip .caption").all_text_contents()[:2] == ["new", "old"]


def test_adam_tells_each_of_its_terms_and_another_element_has_others(visit: Visit) -> None:
    page = updated(visit, ADAM, bypass_csp=True)
    expect(page.locator(".terms-list > li")).to_have_count(6)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    element = page.get_by_role("combobox", name="Element")
    first = moved(page)
    element.select_option("1,2")
    assert moved(page) != first
    assert complaints(page) == ""


def last_number(text: str) -> float:
    """Return the number after the last sign of equality, as it is typeset."""
    flat = re.sub(r"\s", "", text).replace("−", "-")
    found = re.search(r"[=≈]\(?(-?[\d.]+)(?:⋅10(-?\d+))?\)?$", flat)
    assert found, flat
    return float(found[1]) * 10.0 ** int(found[2] or 0)


@pytest.mark.parametrize("kind", KINDS)
def test_each_optimizer_tells_its_own_terms_of_a_matrix(
    visit: Visit, server: Server, kind: str
) -> None:
    network = made(server, 3, optimizer=KINDS[kind])
    answer = ask(server, f"/{network}/graph?explain=en")
    [update] = [one for one in answer["updates"] if one["parameter"] == "W1"]
    [at] = [s["index"] for s in answer["steps"] if s["phase"] == "update" and s["node"] == "W1"]
    page = visit(f"/lab?left=network&network={network}&tab=ledger&step={at + 1}&fold=1")
    page.get_by_role("combobox", name="Element").select_option("1,2")

    def value(of: Any) -> float:
        return float(of[1][2] if isinstance(of, list) else of)

    terms = {term["name"]: term for term in update["terms"]}
    computed = [term for term in update["terms"] if term["template"] is not None]
    lines = page.locator(".terms-list > li").all_inner_texts()
    shown = [last_number(line) for line in lines]
    assert shown == pytest.approx([value(term["value"]) for term in computed], rel=1e-3)
    found = moved(page)
    expected = {"old": update["old"], "Gradient": update["gradient"], "new": update["new"]}
    for name, whole in expected.items():
        assert found[name] == pytest.approx(value(whole), rel=1e-3)
    assert found["step Δ"] == pytest.approx(value(terms["step_taken"]["value"]), rel=1e-3)
    base = found["after decay"] if "shrunk" in terms else found["old"]
    assert found["new"] == pytest.approx(base - found["step Δ"], abs=2e-3)
    captions = page.locator(".chip .caption").all_text_contents()
    assert captions == ["new", "after decay" if "shrunk" in terms else "old", "step"]
    new, before, step = chip(page)
    assert new == pytest.approx([b - s for b, s in zip(before, step, strict=True)], abs=2e-3)


def chip(page: Page) -> list[list[float]]:
    """Return the numbers of each matrix beside the parameter."""
    return [
        [float(text.replace("−", "-")) for text in grid.locator(".celltext").all_text_contents()]
        for grid in page.locator(".chip .grid").all()
    ]
