"""What the pages promise: names and roles, keys, the address, values edited in place."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.app.process import Server
from tests.browser.conftest import Visit, Watch
from tests.browser.picture import press, read, reload

PROGRAM = "q = x + y\nf = q * z"
BUTTONS = ["Step forward", "Step back", "Play", "Restart", "To end"]


def lab(program: str = PROGRAM, values: object = None, **more: str | int) -> str:
    """Return the address of the lab with a program."""
    given = json.dumps({"x": 2, "y": 3, "z": 4} if values is None else values)
    return "/lab?" + urlencode({"program": program, "values": given, **more})


def slider(page: Page) -> tuple[int, int]:
    timeline = page.get_by_role("slider", name="Timeline")
    now, most = (timeline.get_attribute(f"aria-value{end}") for end in ("now", "max"))
    return int(now or -1), int(most or -1)


def set_leaf(page: Page, name: str, text: str) -> None:
    field = page.get_by_role("textbox", name=name, exact=True)
    field.fill(text)
    field.press("Enter")


def test_the_lab_shows_its_program_and_controls_at_once(visit: Visit) -> None:
    page = visit("/lab")
    program = page.get_by_role("textbox", name="Program", exact=True)
    assert program.is_visible() and program.input_value() == PROGRAM
    assert page.get_by_label("Program", exact=True).count() == 1
    assert page.get_by_role("slider", name="Timeline").count() == 1
    assert page.get_by_role("slider").count() >= 1
    for name in ["Run", *BUTTONS]:
        button = page.get_by_role("button", name=name, exact=True)
        assert button.count() == 1 and button.is_visible(), name


@pytest.mark.parametrize(
    ("program", "leaves"),
    [(PROGRAM, "xyz"), ("f = sum(x * w) + b", "xwb"), ("α = 0.5; f = α * x", "αx")],
)
def test_each_leaf_has_one_field_named_as_the_leaf(
    visit: Visit, watch: Watch, program: str, leaves: str
) -> None:
    watch.provoke("422")
    page = visit(lab(program, {"x": 2}))
    for name in leaves:
        page.get_by_role("textbox", name=name, exact=True).wait_for()
        named = page.get_by_role("textbox", name=name, exact=True).count()
        assert named + page.get_by_role("spinbutton", name=name, exact=True).count() == 1


def test_the_timeline_counts_the_steps(visit: Visit) -> None:
    page = visit(lab())
    assert slider(page) == (0, 7)
    page.get_by_role("button", name="Step forward", exact=True).click()
    assert slider(page) == (1, 7)
    page.get_by_role("button", name="To end", exact=True).click()
    assert slider(page) == (7, 7)
    page.get_by_role("button", name="Step back", exact=True).click()
    assert slider(page) == (6, 7)
    page.get_by_role("button", name="Restart", exact=True).click()
    assert slider(page) == (0, 7)


def test_visible_button_labels_begin_with_their_name(visit: Visit) -> None:
    page = visit("/lab", width=1920, height=1080)
    for name in BUTTONS:
        button = page.get_by_role("button", name=name, exact=True)
        assert button.inner_text().strip().startswith(name)


def test_keys_step_both_ways(visit: Visit) -> None:
    page = visit(lab())
    forward, back = ("ArrowRight", "PageDown", "n", "N"), ("ArrowLeft", "PageUp", "p", "P")
    assert [press(page, key).step for key in forward] == [1, 2, 3, 4]
    assert [press(page, key).step for key in back] == [3, 2, 1, 0]


def test_home_and_end_go_to_the_first_and_the_last_step(visit: Visit) -> None:
    page = visit(lab())
    assert [press(page, key).step for key in ("End", "Home")] == [7, 0]


def test_in_the_text_box_only_the_page_keys_step(visit: Visit) -> None:
    page = visit(lab())
    page.get_by_role("textbox", name="Program", exact=True).click()
    for key in ("ArrowRight", "n", "Home", "End", "Space", "p", "ArrowLeft"):
        assert press(page, key).step == 0
    assert [press(page, key).step for key in ("PageDown", "PageDown", "PageUp")] == [1, 2, 1]


def test_in_a_leafs_field_only_the_page_keys_step(visit: Visit) -> None:
    page = visit(lab())
    page.get_by_role("textbox", name="x", exact=True).click()
    keys = ("ArrowRight", "End", "PageDown", "PageUp")
    assert [press(page, key).step for key in keys] == [0, 0, 1, 0]


def test_a_focused_button_keeps_space(visit: Visit) -> None:
    page = visit(lab())
    page.get_by_role("button", name="Step forward", exact=True).focus()
    assert press(page, "Space").step == 1
    assert page.get_by_role("button", name="Play", exact=True).count() == 1
    assert press(page, "ArrowRight").step == 2


def test_the_timeline_obeys_the_same_keys(visit: Visit) -> None:
    page = visit(lab(step=3))
    page.get_by_role("slider", name="Timeline").focus()
    keys = ("ArrowRight", "PageUp", "End", "Home", "PageDown")
    assert [press(page, key).step for key in keys] == [4, 3, 7, 0, 1]


def test_space_plays_and_pauses(visit: Visit) -> None:
    page = visit(lab())
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.mark.parametrize("key", ["ArrowRight", "PageUp", "End", "Home"])
def test_a_step_key_stops_playing(visit: Visit, key: str) -> None:
    page = visit(lab())
    page.keyboard.press("Space")
    page.keyboard.press(key)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_focused_node_keeps_the_step_keys(visit: Visit) -> None:
    page = visit(lab())
    page.locator('[data-node="x"]').focus()
    assert press(page, "ArrowRight").step == 1


def test_no_press_is_lost_or_queued_while_things_move(visit: Visit) -> None:
    page = visit(lab(), reduced_motion="no-preference")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert slider(page) == (5, 7)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert slider(page) == (2, 7)


def test_letter_keys_can_be_switched_off(visit: Visit) -> None:
    page = visit(lab())
    page.get_by_role("button", name="Help").click()
    page.get_by_role("checkbox", name=re.compile("letter", re.I)).uncheck()
    page.locator("main").focus()
    assert [press(page, key).step for key in ("n", "N", "ArrowRight", "p")] == [0, 0, 1, 1]


def test_each_node_says_how_far_the_playhead_has_come(visit: Visit) -> None:
    page = visit(lab())
    start = read(page).nodes
    assert {n: (c.state, c.grad) for n, c in start.items()} == {
        "x": ("done", "pending"), "y": ("done", "pending"), "z": ("done", "pending"),
        "q": ("pending", "pending"), "f": ("pending", "pending"),
    }  # fmt: skip
    assert start["x"].label == "x, value 2"
    assert start["q"].label == "q"
    first = press(page, "ArrowRight").nodes
    assert {first[n].state for n in "xyq"} == {"active"}
    assert (first["q"].label, first["f"].state) == ("q, value 5", "pending")
    end = press(page, "End").nodes
    assert {c.grad for c in end.values()} == {"done"}
    assert end["x"].label == "x, value 2, gradient 4"
    assert end["z"].label == "z, value 4, gradient 5"


def test_a_gradient_used_twice_is_done_only_after_both_edges(visit: Visit) -> None:
    page = visit(lab("f = x * x", {"x": 3}))
    shown = [press(page, "ArrowRight").nodes["x"] for _ in range(4)]
    assert [c.grad for c in shown] == ["pending", "pending", "pending", "done"]
    assert "3" in shown[2].gradient[0] and shown[3].gradient == ["6"]
    assert page.locator("path.edge").count() == 2


def test_beats_are_off_in_the_lab_and_on_in_lessons(visit: Visit) -> None:
    assert press(visit(lab()), "ArrowRight").step == 1
    page = visit("/lessons/function-as-graph")
    assert [press(page, "ArrowRight").step for _ in range(2)] == [0, 1]


def test_a_live_region_says_what_happened_in_words(visit: Visit) -> None:
    page = visit(lab())
    region = page.get_by_role("status", name="Step", exact=True)
    assert region.count() == 1 and region.get_attribute("aria-live") == "polite"
    page.keyboard.press("ArrowRight")
    expect(region).to_contain_text("q = 5")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(region).to_contain_text("global 1 × local 4 = contribution 4")


def test_a_reload_stands_at_the_same_place(visit: Visit) -> None:
    page = visit(lab(theme="dark", digits=6))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    set_leaf(page, "x", "1.25")
    before = read(page)
    page.wait_for_function(
        "() => location.search.includes('step=4') && location.search.includes('1.25')"
    )
    reload(page)
    again = read(page)
    assert again == before and again.step == 4
    assert page.get_by_role("textbox", name="x", exact=True).input_value() == "1.25"
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("presses", [1, 8, 12, 30, 40])
def test_a_reload_of_a_lesson_stands_at_the_same_beat(visit: Visit, presses: int) -> None:
    page = visit("/lessons/two-neuron-chain")
    for _ in range(presses):
        page.keyboard.press("PageDown")
    before = read(page)
    reload(page)
    assert read(page) == before


def test_a_reload_keeps_what_was_changed_in_a_scenes_own_view(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=1&step=8")
    symbols = page.get_by_role("checkbox", name="Symbols only")
    assert symbols.is_checked()
    symbols.uncheck()
    page.wait_for_function("() => location.search.includes('symbols=0')")
    reload(page)
    assert not page.get_by_role("checkbox", name="Symbols only").is_checked()


@pytest.mark.parametrize("values", [{"x": 2, "y": 3, "z": 4}, {"x": -1.5, "y": 0, "z": 1e-9}])
def test_a_link_of_the_interface_opens_its_graph_at_a_step(
    visit: Visit, server: Server, values: dict[str, float]
) -> None:
    request = {"program": PROGRAM, "values": values, "labels": {"x": "x_1"}, "constants": ["y"],
               "update": {"learning_rate": 0.25, "parameters": ["x", "z"]}}  # fmt: skip
    status, graph = server.post("/api/v1/graphs", request)
    assert status == 200 and graph["links"]["page"].startswith(server.url)
    link = graph["links"]["page"].removeprefix(server.url)
    page = visit(link + "&step=3")
    shown = read(page)
    assert (shown.step, shown.total) == (3, len(graph["steps"]))
    assert shown.nodes["x"].label.startswith("x₁, value")
    assert shown.nodes["f"].gradient == ["1"] and "data" in shown.nodes["y"].text
    assert page.get_by_role("textbox", name="Program", exact=True).input_value() == PROGRAM


def test_a_broken_address_still_opens_and_says_what_was_not_read(visit: Visit) -> None:
    page = visit("/lab?values=%7Bbroken&step=nine&beat=99&theme=purple&digits=5")
    expect(page.get_by_role("alert")).to_contain_text("values, step")
    assert read(page).total == 7


@pytest.mark.parametrize(
    "query", ["step=99", "step=2&beat=7&beats=1", "step=7&beat=2", "select=nobody", "tab=%00"]
)
def test_an_address_beyond_the_graph_opens_on_the_graph(visit: Visit, query: str) -> None:
    shown = read(visit(f"/lab?{query}"))
    assert shown.nodes and 0 <= shown.step <= shown.total


def test_editing_a_leaf_recomputes_and_keeps_the_playhead(visit: Visit) -> None:
    page = visit(lab(step=5))
    set_leaf(page, "x", "-1")
    shown = read(page)
    assert shown.step == 5
    assert (shown.nodes["q"].value, shown.nodes["z"].gradient) == (["2"], ["2"])


def test_a_leaf_is_edited_on_its_card_too(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph?step=2")
    page.locator('[data-node="x"]').click()
    field = page.locator("#stage-area").get_by_role("textbox", name="Value of x", exact=True)
    expect(field).to_be_focused()
    field.fill("7")
    field.press("Enter")
    expect(page.locator('[data-node="f"]')).to_contain_text("40")


@pytest.mark.parametrize("text", ["1.000,5", "1 000", "seven", ""])
def test_a_value_that_is_no_number_leaves_the_old_one_with_a_message(
    visit: Visit, text: str
) -> None:
    page = visit(lab(step=2))
    set_leaf(page, "x", text)
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("textbox", name="x", exact=True).input_value() == "2"
    assert read(page).nodes["q"].value == ["5"]


def test_a_decimal_comma_is_read_as_a_point(visit: Visit) -> None:
    page = visit(lab(step=1))
    set_leaf(page, "x", "0,5")
    assert read(page).nodes["q"].value == ["3.5"]


def test_a_value_that_the_server_refuses_returns_with_its_message(
    visit: Visit, watch: Watch
) -> None:
    watch.provoke("422")
    page = visit(lab("f = sum(x * y)", {"x": [1, 2], "y": [3, 4]}, step=1))
    page.get_by_role("textbox", name="x", exact=True).wait_for()
    set_leaf(page, "x", "[1, 2, 3]")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("textbox", name="x", exact=True)).to_have_value("[1, 2]")
    assert read(page).step == 1


def test_a_wrong_program_shows_where_it_is_wrong(visit: Visit, watch: Watch) -> None:
    watch.provoke("422")
    page = visit(lab())
    box = page.get_by_role("textbox", name="Program", exact=True)
    box.fill("q = x + y\nf = q $ z")
    expect(page.get_by_text("Line 2, column")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Run", exact=True).click()
    assert set(read(page).nodes) == {"x", "y", "z", "q", "f"}
    expect(page.get_by_text("Line 2, column")).to_be_visible()
    assert box.input_value() == "q = x + y\nf = q $ z"


def test_a_program_of_ones_own_runs_with_new_leaves_at_one(visit: Visit) -> None:
    page = visit("/lab")
    page.get_by_role("textbox", name="Program", exact=True).fill(
        "h = tanh(a * b)\nL = (h - 1) ** 2"
    )
    page.get_by_role("textbox", name="a", exact=True).wait_for()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator('[data-node="L"]')).to_be_visible()
    shown = read(page)
    assert shown.nodes["a"].value == shown.nodes["b"].value == ["1"]
    assert shown.step == 0


def test_stepping_needs_no_server(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain")
    read(page)
    page.context.set_offline(True)
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert read(page).step >= 5
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    assert read(page).step == 0


def test_a_value_changed_without_the_server_returns_with_a_message(
    visit: Visit, watch: Watch
) -> None:
    watch.provoke("ERR_INTERNET_DISCONNECTED")
    page = visit(lab(step=2))
    page.context.set_offline(True)
    set_leaf(page, "x", "9")
    expect(page.get_by_role("alert")).to_contain_text("server")
    expect(page.get_by_role("textbox", name="x", exact=True)).to_have_value("2")
    assert read(page).nodes["f"].value == ["20"]


def test_dependent_numbers_are_dimmed_until_the_answer_comes(visit: Visit) -> None:
    page = visit(lab(step=7))
    waiting: list[Route] = []
    page.route("**/api/v1/graphs", lambda route: waiting.append(route))
    set_leaf(page, "x", "9")
    expect(page.locator("[data-node].stale")).to_have_count(2)
    for route in waiting:
        route.continue_()
    expect(page.locator("[data-node].stale")).to_have_count(0)
    assert read(page).nodes["f"].value == ["48"]


def test_the_latest_of_two_edits_wins(visit: Visit) -> None:
    page = visit(lab(step=2))
    set_leaf(page, "x", "10")
    set_leaf(page, "x", "20")
    expect(page.locator('[data-node="f"]')).to_contain_text("92")


def test_nudging_a_leaf_shows_the_slope_beside_the_gradient(visit: Visit) -> None:
    page = visit("/lessons/function-as-graph?scene=3")
    page.get_by_role("button", name="x ± h").click()
    expect(page.locator(".nudge .slope")).to_have_text(re.compile(r"^4(\.000)?$"))
    expect(page.locator(".nudge .gradient")).to_have_text("4")


def test_d_cycles_the_digits(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=12")
    texts = [press(page, "d").nodes["a1"].value[0] for _ in range(4)]
    assert texts[0::2] == ["0.377541", "0.378"] and texts[3] == "0.3775"
    assert texts[1].startswith("0.37754066879814")


@pytest.mark.parametrize("path", ["/", "/lab", "/lessons/function-as-graph", "/embed/lab"])
@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_every_page_says_its_language_and_serves_an_icon(
    visit: Visit, path: str, language: str
) -> None:
    page = visit(f"{path}?lang={language}")
    assert page.locator("html").get_attribute("lang") == language
    icon = page.locator('link[rel="icon"]').get_attribute("href")
    assert icon and page.request.get(urlsplit(page.url)._replace(path=icon, query="").geturl()).ok


def test_the_languages_button_keeps_the_picture(visit: Visit) -> None:
    page = visit("/lessons/two-neuron-chain?scene=2&step=8&lang=en")
    before = read(page)
    page.get_by_role("button", name="Português").click()
    page.wait_for_selector('html[lang="pt-BR"] #app[data-ready="true"]')
    after = read(page)
    assert (after.step, after.scene) == (before.step, "O mesmo caminho, em números")
    assert after.nodes["a1"].value == ["0,3775"]
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["pt-BR"]
    expect(page.get_by_role("button", name="Próximo passo", exact=True)).to_be_visible()


def test_a_graph_of_more_than_400_nodes_is_a_table(visit: Visit) -> None:
    program = "; ".join(["a0 = x * x", *(f"a{i} = a{i - 1} * x" for i in range(1, 401))])
    page = visit("/lab")
    page.get_by_role("textbox", name="Program", exact=True).fill(program)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("table", name="Graph as table")).to_be_visible(timeout=20_000)
    expect(page.locator("tr[data-node]")).to_have_count(402, timeout=20_000)
    assert press(page, "PageDown").nodes["a0"].state == "active"


def test_blank_screen_and_back(visit: Visit) -> None:
    page = visit(lab())
    page.keyboard.press("b")
    expect(page.get_by_role("button", name="Show the screen again")).to_be_visible()
    page.keyboard.press(".")
    expect(page.get_by_role("button", name="Show the screen again")).to_have_count(0)


def test_the_panel_on_the_left_gives_the_stage_its_room_and_comes_back(visit: Visit) -> None:
    page = visit(lab())
    stage = page.locator("#stage-area")
    before = stage.bounding_box()
    page.get_by_role("button", name="Hide the panel on the left").click()
    expect(page.get_by_role("textbox", name="Program")).to_have_count(0)
    wider = stage.bounding_box()
    assert before and wider and wider["width"] > before["width"] + 200
    page.wait_for_url(re.compile("fold=1"))
    page.reload()
    page.get_by_role("button", name="Show the panel on the left").click()
    expect(page.get_by_role("textbox", name="Program")).to_be_visible()
