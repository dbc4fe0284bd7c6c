"""What a page shows at one moment, read off its cards, its timeline and its words."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urljoin

from playwright.sync_api import Page

# Waits until no answer is awaited and the picture has been drawn, then reads it.
_READ = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const busy = () => document.querySelector(".progress")?.getAttribute("aria-hidden") === "false";
  do await frame(); while (busy());
  const texts = (root, selector) => [...root.querySelectorAll(selector)].map((e) => e.textContent);
  const plain = (e) => e?.textContent.replace(/\\s+/g, " ").trim() ?? "";
  const words = (selector) => plain(document.querySelector(selector));
  const nodes = [...document.querySelectorAll("[data-node]")].map((n) => {
    const box = (n.querySelector("rect.card") ?? n).getBoundingClientRect();
    return [n.dataset.node, {
      state: n.dataset.state, grad: n.dataset.grad, label: n.getAttribute("aria-label"),
      text: plain(n), classes: n.getAttribute("class"),
      value: texts(n, "text.value, .grid:not(.grad) .celltext"),
      gradient: texts(n, "text.grad tspan:last-child, .grid.grad .celltext"),
      box: [box.x, box.y, box.width, box.height].map((x) => Math.round(x * 10) / 10),
    }];
  });
  const slider = document.querySelector("[role=slider][data-timeline]");
  return {
    step: Number(slider?.getAttribute("aria-valuenow")),
    total: Number(slider?.getAttribute("aria-valuemax")),
    nodes: Object.fromEntries(nodes),
    scene: words(".scene h2"), chip: texts(document, ".chip .num"),
    edges: [...document.querySelectorAll(".edge")].map((e) => e.getAttribute("class").trim()),
    ledger: words("#panel-body"), said: words("[role=status][aria-live=polite]"),
    following: document.querySelector("#stage")?.classList.contains("following") ?? false,
  };
}"""


class Card(NamedTuple):
    """One drawn node."""

    state: str
    grad: str
    label: str
    text: str
    classes: str
    value: list[str]
    gradient: list[str]
    box: list[float]


class Picture(NamedTuple):
    """Everything that a step can change."""

    step: int
    total: int
    nodes: dict[str, Card]
    scene: str
    chip: list[str]
    edges: list[str]
    ledger: str
    said: str
    following: bool

    def boxes(self) -> dict[str, list[float]]:
        return {name: card.box for name, card in self.nodes.items()}


def read(page: Page) -> Picture:
    """Read the page."""
    found: dict[str, Any] = page.evaluate(_READ)
    nodes = {name: Card(**card) for name, card in found["nodes"].items()}
    return Picture(**{**found, "nodes": nodes})


def press(page: Page, key: str) -> Picture:
    """Press a key, and read what it leads to."""
    page.keyboard.press(key)
    return read(page)


def follow(page: Page, address: str) -> None:
    """Go on to another address of the site in the same page."""
    page.goto(urljoin(page.url, address))
    page.wait_for_selector('#app[data-ready="true"]')


def reload(page: Page) -> None:
    """Reload the page as it stands, once its address has followed what it shows."""
    # Timers of a page run in the order of their times: an address that waits is written before.
    page.evaluate("() => new Promise((done) => setTimeout(done, 600))")
    page.reload()
    page.wait_for_selector('#app[data-ready="true"]')


def walk(page: Page, key: str, most: int = 120) -> list[Picture]:
    """Press a key until nothing changes any more; return every picture on the way."""
    pictures = [read(page)]
    for _ in range(most):
        shown = press(page, key)
        if shown == pictures[-1]:
            return pictures
        pictures.append(shown)
    raise AssertionError(f"{key} still changes the page after {most} presses")
