"""axe-core finds nothing to complain about, on any page, in any look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SLUGS = [
    "function-as-graph",
    "training-words",
    "sign-and-sigmoid",
    "two-neuron-chain",
    "frameworks",
    "matrices",
]
# Where: the start and the middle of the backward pass.
PLACES = ["/", "/lab", "/lab?step=5", "/embed/lab?step=5", "/practice"] + [
    f"/lessons/{slug}{place}" for slug in SLUGS for place in ("?scene=0", "?scene=1&step=9&beat=2")
]
# Pages without a playhead: every look of each.
PAPERS = ["/docs", "/docs/ops"]
DESK, PHONE = (1280, 720), (390, 844)
LOOKS = [
    ("light", DESK, "en"),
    ("dark", DESK, "pt-BR"),
    ("light", PHONE, "pt-BR"),
    ("dark", PHONE, "en"),
]
_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const told = (n) => `${n.target.join(" ")}: ${n.failureSummary}`;
  return violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 4).map(told) }));
}"""


def complaints(page: Page) -> str:
    """Return what axe has to say of a page as it stands."""
    page.add_script_tag(path=AXE)
    return "\n".join(
        f"{v['id']}: {v['help']}\n  " + "\n  ".join(v["nodes"]) for v in page.evaluate(_RUN)
    )


@pytest.mark.parametrize(
    ("place", "scheme", "size", "language"),
    # Two looks a place, taken in turn: each look meets half of the places.
    [(p, *look) for i, p in enumerate(PLACES) for look in LOOKS[i % 2 :: 2]]
    + [(p, *look) for p in PAPERS for look in LOOKS],
    ids=lambda x: x if isinstance(x, str) else str(x[0]),
)
def test_axe_finds_no_violation(
    visit: Visit, place: str, scheme: str, size: tuple[int, int], language: str
) -> None:
    address = f"{place}{'&' if '?' in place else '?'}lang={language}"
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    assert not complaints(visit(address, *size, **options))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PAPERS)
def test_axe_finds_no_violation_in_what_is_folded(visit: Visit, place: str, scheme: str) -> None:
    page = visit(place, *DESK, color_scheme=scheme, bypass_csp=True)
    for folded in (".try", ".traps", ".toc-fold", "#op-mul .miniature", "#op-sum .miniature"):
        page.locator(folded).evaluate_all("all => all.forEach(one => one.open = true)")
    if place == "/docs":
        form = page.locator("#get-healthz form")
        form.get_by_role("button", name="Send").click()
        form.get_by_role("group", name="Answer of the server").wait_for()
    assert not complaints(page)


def test_reduced_motion_jumps_instead_of_moving(visit: Visit) -> None:
    page = visit("/lab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_every_step_moves_where_motion_is_welcome(visit: Visit) -> None:
    page = visit("/lab", reduced_motion="no-preference")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.getAnimations().length") > 0


def test_every_control_can_be_reached_by_tab(visit: Visit) -> None:
    page = visit("/lab")
    wanted = {"Run", "Step forward", "Step back", "Timeline", "Program", "x", "y", "z"}
    reached: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const e = document.activeElement; return e.getAttribute('aria-label')"
                " ?? e.labels?.[0]?.textContent.trim() ?? e.textContent.trim(); }"
            )
        )
        if wanted <= reached:
            return
    raise AssertionError(f"not reached: {wanted - reached}")


def test_the_focus_walks_the_drawing_by_arrows(visit: Visit) -> None:
    page = visit('/lab?program=q = x %2B y; f = q * z&values={"x":2,"y":3,"z":4}')
    page.locator('[data-node="f"]').focus()
    for key, node in (
        ("Shift+ArrowLeft", "q"), ("Shift+ArrowLeft", "x"), ("ArrowDown", "y"),
        ("Shift+ArrowRight", "q"), ("Shift+ArrowRight", "f"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(f'[data-node="{node}"]')).to_be_focused()
    step = page.get_by_role("slider", name="Timeline")
    expect(step).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("ArrowRight")
    expect(step).to_have_attribute("aria-valuenow", "1")
    expect(page.locator('[data-node="f"]')).to_be_focused()
