"""The lecture, by keyboard alone: every number of it stands on the page, at its step."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.picture import Picture, press, read, walk

LANGUAGES = ["en", "pt-BR"]


class Told(NamedTuple):
    """What one scene must have shown once the playhead stands at a step."""

    scene: int
    step: int
    node: str
    value: str = ""
    gradient: str = ""
    chip: str = ""


# Matrices row by row; `chip` is read as it stands on the stage: what arrives, local, global.
LECTURE: dict[str, list[Told]] = {
    "function-as-graph": [
        Told(0, 1, "q", value="5"),
        Told(0, 2, "f", value="20"),
        Told(1, 3, "f", gradient="1"),
        Told(2, 4, "q", gradient="4", chip="4 × 4 1"),
        Told(2, 5, "z", gradient="5", chip="5 × 5 1"),
        Told(2, 6, "x", value="2", gradient="4", chip="4 × 1 4"),
        Told(2, 7, "y", value="3", gradient="4", chip="4 × 1 4"),
    ],
    "sign-and-sigmoid": [
        Told(0, 2, "a1", value="−1"),
        Told(0, 4, "a2", value="−1"),
        Told(0, 5, "L", value="2"),
        Told(0, 8, "s2", gradient="0"),
        Told(0, 10, "w2", gradient="0"),
        Told(0, 12, "w1", gradient="0"),
        Told(1, 5, "a1", value="0.3775"),
        Told(1, 10, "w2", gradient="−0.04237"),
        Told(1, 12, "w1", gradient="−0.01319"),
    ],
    "two-neuron-chain": [
        Told(0, 1, "s1", value="−0.5"),
        Told(0, 2, "a1", value="0.3775"),
        Told(0, 3, "s2", value="0.1888"),
        Told(0, 4, "a2", value="0.5471"),
        Told(0, 5, "L", value="0.1026"),
        Told(2, 6, "L", gradient="1"),
        Told(2, 7, "a2", gradient="−0.4529", chip="−0.4529 × −0.4529 1"),
        Told(2, 8, "s2", gradient="−0.1122", chip="−0.1122 × 0.2478 −0.4529"),
        Told(2, 9, "a1", gradient="−0.05612", chip="−0.05612 × 0.5 −0.1122"),
        Told(2, 10, "w2", gradient="−0.04237", chip="−0.04237 × 0.3775 −0.1122"),
        Told(2, 11, "s1", gradient="−0.01319", chip="−0.01319 × 0.2350 −0.05612"),
        Told(2, 12, "w1", gradient="−0.01319", chip="−0.01319 × 1 −0.01319"),
        Told(3, 13, "w2", value="0.5042"),
        Told(3, 14, "w1", value="−0.4987"),
    ],
    "matrices": [
        Told(0, 1, "s1", value="3.7 −0.5"),
        Told(0, 2, "a1", value="0.9759 0.3775"),
        Told(0, 3, "s2", value="0.4815"),
        Told(0, 4, "a2", value="0.6181"),
        Told(0, 5, "L", value="0.07292"),
        Told(1, 7, "a2", gradient="−0.3819"),
        Told(1, 8, "s2", gradient="−0.09015"),
        Told(1, 9, "a1", gradient="−0.02704 −0.04507"),
        Told(1, 10, "W2", value="0.3 0.5", gradient="−0.08797 −0.03403"),
        Told(1, 11, "s1", gradient="−0.00064 −0.01059"),
        Told(
            1,
            12,
            "W1",
            value="0.1 0.2 0.3 0.4 1.0 −0.5",
            gradient="−0.00064 −0.01059 −0.00127 −0.02118 −0.00191 −0.03178",
        ),
        Told(2, 13, "W2", value="0.3088 0.5034"),
        Told(2, 14, "W1", value="0.100 0.201 0.300 0.402 1.000 −0.497"),
    ],
}
# Presses from the first position to the last one, whole and in beats, scene changes included.
PRESSES = {
    "function-as-graph": (10, 20),
    "sign-and-sigmoid": (20, 49),
    "two-neuron-chain": (25, 56),
    "matrices": (17, 36),
}


REVEALS = pytest.mark.parametrize("beats", [0, 1], ids=["whole", "beats"])
_walked: dict[tuple[str, int, str], tuple[list[Picture], list[Picture]]] = {}


def address(slug: str, language: str, beats: int) -> str:
    """Return where a lesson is told and not asked: a question of what comes next takes a press."""
    return f"/lessons/{slug}?lang={language}&beats={beats}&ask=off"


def tour(visit: Visit, slug: str, beats: int, language: str = "en") -> list[Picture]:
    """Walk a lesson once for all tests; return the pictures from its start to its end."""
    return both_ways(visit, slug, beats, language)[0]


def both_ways(
    visit: Visit, slug: str, beats: int, language: str
) -> tuple[list[Picture], list[Picture]]:
    key = (slug, beats, language)
    if key not in _walked:
        page = visit(address(slug, language, beats))
        onward = walk(page, "ArrowRight" if beats else "PageDown")
        back = walk(page, "ArrowLeft" if beats else "PageUp") if language == "en" else []
        _walked[key] = onward, back
    return _walked[key]


def printed(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "pt-BR" else text


def scenes(pictures: list[Picture]) -> list[list[Picture]]:
    """Split a walk into its scenes."""
    found: list[list[Picture]] = []
    for picture in pictures:
        if not found or found[-1][-1].scene != picture.scene:
            found.append([])
        found[-1].append(picture)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@REVEALS
@pytest.mark.parametrize("slug", LECTURE)
def test_every_number_of_the_lecture_stands_on_the_page(
    visit: Visit, slug: str, beats: int, language: str
) -> None:
    told = scenes(tour(visit, slug, beats, language))
    missing = []
    for row in LECTURE[slug]:
        # The first picture that counts a step is the one in which it is done.
        shown = next(p for p in told[row.scene] if p.step == row.step)
        card = shown.nodes[row.node]
        for kind, wanted, got in (
            ("value", row.value, card.value),
            ("gradient", row.gradient, card.gradient),
            ("chip", row.chip, shown.chip),
        ):
            if wanted and " ".join(got) != printed(wanted, language):
                missing.append(
                    f"{row}: {kind} {' '.join(got)!r}, not {printed(wanted, language)!r}"
                )
        spoken = row.gradient or row.value
        if spoken and " " not in spoken and printed(spoken, language) not in card.label:
            missing.append(f"{row}: not in {card.label!r}")
    assert not missing, "\n".join(missing)


@REVEALS
@pytest.mark.parametrize("slug", LECTURE)
def test_stepping_back_shows_every_picture_again(visit: Visit, slug: str, beats: int) -> None:
    onward, back = both_ways(visit, slug, beats, "en")
    assert len(onward) == len(back)
    for there, again in zip(onward, reversed(back), strict=True):
        assert again == there


@REVEALS
@pytest.mark.parametrize("slug", LECTURE)
def test_every_press_shows_one_beat_or_one_step(visit: Visit, slug: str, beats: int) -> None:
    assert len(tour(visit, slug, beats)) == PRESSES[slug][beats] + 1


@pytest.mark.parametrize("slug", LECTURE)
def test_no_card_moves_while_stepping(visit: Visit, slug: str) -> None:
    for told in scenes(tour(visit, slug, 1)):
        if not any(p.following for p in told):
            assert all(p.boxes() == told[0].boxes() for p in told)


@pytest.mark.parametrize("slug", ["function-as-graph", "sign-and-sigmoid", "two-neuron-chain"])
def test_the_whole_graph_of_a_lesson_fits_on_a_small_screen(visit: Visit, slug: str) -> None:
    assert not read(visit(address(slug, "en", 1))).following


def test_no_number_is_shown_before_its_step(visit: Visit) -> None:
    for shown in scenes(tour(visit, "two-neuron-chain", 0))[0]:
        known = ["s1", "a1", "s2", "a2", "L"][: shown.step]
        for name in ["s1", "a1", "s2", "a2", "L"]:
            card = shown.nodes[name]
            assert (card.state != "pending") == (name in known)
            assert bool("".join(card.value)) == (name in known)
            assert card.grad == "pending" and "?" in card.text


def test_every_derivative_is_first_a_question(visit: Visit) -> None:
    nodes = read(visit("/lessons/function-as-graph")).nodes
    assert all(f"∂f/∂{name} = ?" in nodes[name].text for name in "xyzqf")


def test_a_backward_edge_asks_then_shows_the_local_gradient_then_the_product(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=7&beats=1&ask=off")
    chips = [press(page, "ArrowRight").chip for _ in range(3)]
    assert chips == [
        ["?", "?", "−0.4529"],
        ["?", "× 0.2478", "−0.4529"],
        ["−0.1122", "× 0.2478", "−0.4529"],
    ]


def test_a_data_leaf_gets_no_gradient_and_says_so(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=3&step=14")
    nodes = read(page).nodes
    for name in ("x1", "y"):
        assert not nodes[name].gradient
        assert "data" in nodes[name].text
        assert "gradient" not in nodes[name].label


def test_symbols_come_first_and_the_next_press_puts_the_numbers_in(visit: Visit) -> None:
    told = scenes(tour(visit, "two-neuron-chain", 0))[1]
    *symbols, numbers = told
    assert not any("−0.01319" in p.nodes["w1"].gradient for p in symbols)
    assert symbols[-1].step == numbers.step
    assert not any("0.2478" in p.ledger or "0.2478" in " ".join(p.chip) for p in symbols)
    assert numbers.nodes["w1"].gradient == ["−0.01319"]


def test_the_next_iteration_puts_the_new_weights_into_the_leaves(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=3&step=14")
    page.get_by_role("button", name="Next iteration").click()
    read(page)
    rows = [row.locator("td").all_inner_texts() for row in page.locator(".widget tbody tr").all()]
    assert rows[0] == ["0", "0.5", "−0.5", "0.1026"]
    assert rows[1][:3] == ["1", "0.5042", "−0.4987"]
    assert float(rows[1][3]) < 0.1026
    assert "0.5042" in read(page).nodes["w2"].label
    page.locator("main").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".widget tbody tr")).to_have_count(1)
    assert "value 0.5," in read(page).nodes["w2"].label


def test_the_slides_numbers_stand_beside_the_true_ones_with_a_note(visit: Visit) -> None:
    page = visit("/lessons/matrices?scene=3&step=14")
    assert page.get_by_text("Erratum of the slides.").is_visible()
    page.get_by_role("checkbox", name="Show the slides’ numbers").check()
    text = page.locator(".widget table").inner_text()
    for number in ("−0.08797", "0.087", "−0.03403", "0.034", "−0.01059", "0.0105"):
        assert number in text


def test_the_ledger_writes_the_local_derivative_with_live_numbers(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=8")
    math = "".join((page.locator(".eq.local").first.text_content() or "").split())
    assert "0.5471" in math and "0.2478" in math
