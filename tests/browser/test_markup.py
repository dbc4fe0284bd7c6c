"""Markup in names and labels is shown as text: nothing runs, nothing is fetched, no element comes.

Every test of the browser fails on what the policy refuses (its console says so), and on a request
to anywhere else.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.app.networks import XOR
from tests.app.process import Server
from tests.browser.conftest import Visit

MARKUP = (
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>*{display:none}</style>",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;img src=x onerror=alert(1)&gt;",
    "javascript:alert(1)",
)
TYPESETTING = (
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\htmlData{onclick=alert(1)}{x}",
    r"\htmlStyle{position:fixed;inset:0}{x}",
    r"\htmlId{app}{x}",
    r"\includegraphics{//evil.example/x.png}",
    r"\rule{1000000em}{1000000em}",
    r"\def\a{\a\a}\a",
    r"\edef\a{\a\a}\a",
    r"\newcommand{\a}{\a}\a",
    r"\gdef\frac{x}\frac",
    "x" + "^{y" * 45 + "}" * 45,
    r"\begin{matrix}" + "&" * 150 + r"\end{matrix}",
    r"\unicode{x202E}\text{<b>x</b>}",
    "{" * 200,
)
# What markup would have made, were it read as markup.
TRACES = (
    "[onerror], [onload], [onclick], [src=x], [href^=javascript], iframe, #app style, #app script,"
    " #app #app, #app [style*='position:fixed'], #app img:not([src$='/icon.svg'])"
)
WIDEST = 20_000


def lab(labels: dict[str, str]) -> str:
    program = "f = " + " + ".join(labels)
    values = json.dumps(dict.fromkeys(labels, 1))
    given = {"program": program, "values": values, "labels": json.dumps(labels), "beats": "0"}
    return "/lab?" + urlencode(given)


def walk(page: Page) -> None:
    """Take every step, so that every label stands in a formula once."""
    timeline = page.get_by_role("slider", name="Timeline")
    most = int(timeline.get_attribute("aria-valuemax") or 0)
    for _ in range(most):
        page.keyboard.press("ArrowRight")
    expect(timeline).to_have_attribute("aria-valuenow", str(most))


def unharmed(page: Page) -> None:
    assert page.locator(TRACES).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") < WIDEST
    expect(page.get_by_role("button", name="Restart", exact=True)).to_be_visible()


@pytest.mark.parametrize("texts", [MARKUP, TYPESETTING], ids=["markup", "typesetting"])
def test_markup_is_shown_as_text(visit: Visit, texts: tuple[str, ...]) -> None:
    page = visit(lab({f"x{i}": text for i, text in enumerate(texts)}))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog says {dialog.message}"))
    walk(page)
    unharmed(page)
    assert page.locator("[data-node]").count() >= len(texts)


def test_names_of_networks_columns_and_classes_are_text(visit: Visit, server: Server) -> None:
    for text in MARKUP[:3]:
        cell = '"' + text.replace('"', '""') + '"'
        rows = "".join(f"{i},{i % 3},{cell if i % 2 else 'plain'}\n" for i in range(8))
        data = {"csv": f"{cell},b,k\n{rows}", "x": [0, 1], "y": [2], "classes": True}
        status, network = server.post(
            "/api/v1/networks", {**XOR, "loss": "bce", "name": text, "data": data}
        )
        assert status == 201, network
        link = urlsplit(network["links"]["page"])
        page = visit(f"{link.path}?{link.query}")
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog says {dialog.message}"))
        page.get_by_role("button", name="Network", exact=True).click()
        expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(text)
        for part in ("Data", "My networks"):
            page.locator("summary", has_text=part).click()
        page.get_by_role("tab", name="Batch", exact=True).click()
        unharmed(page)
