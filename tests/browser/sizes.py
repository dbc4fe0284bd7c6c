"""Sizes as they appear on the screen: type, spans and contrasts."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Page

# Every piece of text that is drawn, with its size after all scaling.
_TEXTS = """(root) => {
  const seen = [];
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    const unseen = ".visually-hidden, annotation, option, script, style, noscript";
    if (!text || element.closest(unseen)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    const [w, h] = [innerWidth, innerHeight];
    const inside = box.right > 0 && box.bottom > 0 && box.left < w && box.top < h;
    if (box.width < 1 || box.height < 1 || !inside) continue;
    const matrix = element instanceof SVGElement ? element.getScreenCTM() : null;
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    const style = getComputedStyle(element);
    if (style.clipPath !== "none") continue;
    const under = "msup > :nth-child(2), msub > :nth-child(2), munder > :nth-child(2)";
    const raised = !!element.closest(`tspan.small, ${under}, msubsup > :not(:first-child)`);
    const named = element.closest("[class]")?.getAttribute("class") ?? "";
    const size = Math.round(parseFloat(style.fontSize) * scale * 10) / 10;
    const where = `${named} ${element.tagName}`;
    seen.push({ text, size, raised, where });
  }
  return seen;
}"""

_CONTRAST = """(selector) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (text) => {
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const weights = [0.2126, 0.7152, 0.0722];
  const light = (c) => c.reduce((sum, v, i) => sum + linear(v / 255) * weights[i], 0);
  const ground = rgb(getComputedStyle(document.querySelector("#stage-area")).backgroundColor);
  return [...document.querySelectorAll(selector)].map((e) => {
    const style = getComputedStyle(e);
    const share = Number(style.strokeOpacity) * Number(style.opacity);
    const ink = rgb(style.stroke).map((v, i) => v * share + ground[i] * (1 - share));
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });
}"""

_PAGE = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth, scrollHeight];
}"""

_SPAN = """() => {
  const stage = document.querySelector("#stage-area").getBoundingClientRect();
  const cards = [...document.querySelectorAll("#stage rect.card")];
  const boxes = cards.map((e) => e.getBoundingClientRect());
  const ends = (key, far) => far(...boxes.map((b) => b[key]));
  const size = (low, high) => ends(high, Math.max) - ends(low, Math.min);
  return [size("left", "right") / stage.width, size("top", "bottom") / stage.height];
}"""


class Sizes(NamedTuple):
    """One page, measured."""

    texts: list[dict[str, Any]]
    stage: list[dict[str, Any]]
    chip: list[dict[str, Any]]
    contrasts: list[float]
    """Of each edge with the stage."""
    span: list[float]
    """The share of the stage's width and height that the cards take."""
    page: list[int]
    """The width and height that the page would scroll over."""
    following: bool

    def smaller_than(self, least: float) -> list[str]:
        """Say which texts are smaller, raised and lowered marks included."""
        return [
            f"{t['text'][:40]!r} is {t['size']} px ({t['where'].strip()})"
            for t in self.texts
            if t["size"] < least - 0.05
        ]


def measure(page: Page) -> Sizes:
    """Measure a page that has come to rest."""
    stage = page.locator("#stage").count() > 0
    still = "() => document.getAnimations().every((a) => a.playState !== 'running')"
    page.wait_for_function(still)
    return Sizes(
        page.evaluate(_TEXTS, "body"),
        page.evaluate(_TEXTS, "#stage") if stage else [],
        page.evaluate(_TEXTS, "#stage .chip") if page.locator("#stage .chip").count() else [],
        page.evaluate(_CONTRAST, "#stage path.edge") if stage else [],
        page.evaluate(_SPAN) if stage else [],
        page.evaluate(_PAGE),
        page.locator("#stage.following").count() > 0,
    )
