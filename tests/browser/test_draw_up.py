"""A network is drawn up on the stage by keyboard, kept, changed, brought from a file, deleted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, Watch
from tests.browser.test_accessibility import complaints

WORDS = {
    "en": {
        "network": "Network", "name": "Name", "more": "One neuron more · Layer 1", "build": "Build",
        "train": "Train 1000 epochs", "loss": "Loss", "sizes": "A network with layers of {}",
        "rate": "Learning rate", "epochs": "Epochs",
    },
    "pt-BR": {
        "network": "Rede", "name": "Nome", "more": "Um neurônio a mais · Camada 1",
        "build": "Construir", "train": "Treinar 1000 épocas", "loss": "Loss",
        "sizes": "Uma rede com camadas de {}", "rate": "Taxa de aprendizado",
        "epochs": "Épocas",
    },
}  # fmt: skip


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def builder(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^(Network builder|Construtor de redes)$"))


def drawing(page: Page) -> Locator:
    return page.get_by_role("img", name=re.compile("layers of|camadas de"))


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there."""
    for _ in range(150):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached by Tab: {target}")


def network_of(page: Page) -> re.Pattern[str]:
    """Return what the address of the network says, as long as nothing is drawn up from it."""
    page.wait_for_url(re.compile("[?&]network="))
    found = re.search(r"[?&]network=[\w-]+", page.url)
    assert found is not None
    return re.compile(re.escape(found[0]) + "((?!drafting).)*$")


def iteration(page: Page) -> Locator:
    return page.locator(".counters dd").first


def built(visit: Visit, **options: bool) -> Page:
    page = visit("/lab?left=network", 1280, 800, **options)
    button(page, "Build").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    return page


@pytest.mark.parametrize("lang", ["en", "pt-BR"])
def test_with_the_keyboard_alone_a_network_is_drawn_up_and_learns_exclusive_or(
    visit: Visit, lang: str
) -> None:
    words = WORDS[lang]
    page = visit(f"/lab?lang={lang}")
    tab_to(page, button(page, words["network"]))
    page.keyboard.press("Enter")
    expect(drawing(page)).to_have_attribute("aria-label", words["sizes"].format("2 – 3 – 1"))
    tab_to(page, builder(page).get_by_role("textbox", name=words["name"], exact=True))
    page.keyboard.type("XOR 2-4-1")
    tab_to(page, builder(page).get_by_role("textbox", name=words["rate"], exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type("1,5")
    tab_to(page, button(page, words["more"]))
    page.keyboard.press("Enter")
    expect(drawing(page)).to_have_attribute("aria-label", words["sizes"].format("2 – 4 – 1"))
    tab_to(page, button(page, words["build"]))
    page.keyboard.press("Enter")
    expect(page.locator("[data-node=W1]")).to_be_visible()
    expect(page.locator("#tab-training")).to_be_focused()
    tab_to(page, page.get_by_role("textbox", name=words["epochs"], exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type("1000")
    page.keyboard.press("Enter")
    tab_to(page, button(page, words["train"]), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(iteration(page)).to_have_text(re.compile("^1.?000$"), timeout=20_000)
    loss = page.locator(".counters div", has=page.get_by_text(words["loss"], exact=True))
    shown = loss.locator("dd").inner_text().replace(",", ".")
    assert "·10" in shown or float(shown) < 0.01


def test_settings_act_on_a_network_in_place_and_layers_make_a_new_one(visit: Visit) -> None:
    page = built(visit)
    page.get_by_text("Loss and optimizer").click()
    rate = builder(page).get_by_role("textbox", name="Learning rate", exact=True)
    rate.fill("0.25")
    rate.press("Tab")
    button(page, "One iteration").click()
    expect(iteration(page)).to_have_text("1")
    own = network_of(page)
    button(page, "Undo").click()
    expect(rate).to_have_value("0.5")
    button(page, "Redo").click()
    expect(rate).to_have_value("0.25")
    expect(iteration(page)).to_have_text("1")
    button(page, "Change the layers…").click()
    button(page, "One neuron more · Output").click()
    expect(page.get_by_text("stays as it is; this becomes a new network")).to_be_visible()
    said = page.locator("#at-layers-1-said")
    expect(said).to_have_text("One output neuron tells two classes apart; take 1.")
    button(page, "Build").click()
    expect(page.get_by_role("textbox", name="neurons · Output")).to_be_focused()
    button(page, "Back to the network").click()
    expect(iteration(page)).to_have_text("1")
    page.wait_for_url(own)


def expect_dots(page: Page, count: int) -> None:
    """Wait until the picture of the problem shows so many rows, whatever they are drawn with."""
    drawn = """() => [...document.querySelectorAll(".picture .dot")]
      .reduce((sum, dot) => sum + (dot.getAttribute("d") ?? "M").split("M").length - 1, 0)"""
    for _ in range(100):
        if page.evaluate(drawn) == count:
            return
        page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    assert page.evaluate(drawn) == count


def test_other_data_of_the_same_kind_are_learned_from_by_the_same_network(visit: Visit) -> None:
    page = visit("/lab?left=network")
    sets = page.get_by_role("group", name="Pictures of the data sets")
    sets.get_by_role("button", name="Moons").click()
    button(page, "Build").click()
    expect_dots(page, 200)
    own = network_of(page)
    page.get_by_text("Data", exact=True).click()
    page.get_by_role("textbox", name="Rows").fill("50")
    page.keyboard.press("Tab")
    expect_dots(page, 50)
    sets.get_by_role("button", name="Circles").click()
    expect_dots(page, 200)
    assert own.search(page.url)
    sets.get_by_role("button", name="Irises").click()
    expect(drawing(page)).to_have_attribute("aria-label", re.compile("4 – 3 – 3$"))
    button(page, "Undo").click()
    expect_dots(page, 200)
    page.wait_for_url(own)


def test_a_network_is_saved_to_a_file_and_opened_again(visit: Visit, tmp_path: Path) -> None:
    page = built(visit)
    name = builder(page).get_by_role("textbox", name="Name", exact=True)
    name.fill("Exclusive or")
    name.press("Enter")
    button(page, "One iteration").click()
    expect(iteration(page)).to_have_text("1")
    value = page.locator("[data-node=W1]").get_attribute("aria-label") or ""
    page.get_by_text("Share", exact=True).click()
    button(page, "Copy link to edit").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("this network.*network="))
    page.get_by_text("Save as a file").click()
    with page.expect_download() as saved:
        builder(page).get_by_role("link", name="JSON", exact=True).click()
    file = tmp_path / "network.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["network"]["name"] == "Exclusive or"
    links = builder(page).get_by_role("listitem").get_by_role("link")
    expect(links).to_have_text(
        ["JSON", "safetensors", "npz (NumPy)", "PyTorch", "NumPy", "ONNX"], use_inner_text=True
    )
    page.wait_for_url(re.compile("network="))
    before = page.url
    page.get_by_text("My networks").click()
    page.get_by_label("Open a network from a file").set_input_files(file)
    expect(page.get_by_text("A new network was made from network.json.")).to_be_visible()
    page.wait_for_url(lambda url: "network=" in url and url != before)
    expect(name).to_have_value("Exclusive or")
    expect(iteration(page)).to_have_text("0")
    updated = re.search(r"new value (.*)$", value)
    assert updated is not None
    expect(page.locator("[data-node=W1]")).to_have_attribute(
        "aria-label", re.compile(re.escape(f"value {updated[1]}"))
    )
    dropped = page.evaluate_handle(
        """text => { const data = new DataTransfer();
          data.items.add(new File([text], "again.json")); return data; }""",
        file.read_text(),
    )
    builder(page).dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_text("A new network was made from again.json.")).to_be_visible()
    page.get_by_label("Open a network from a file").set_input_files(
        {"name": "letter.json", "mimeType": "application/json", "buffer": b'{"a": 1'}
    )
    expect(page.get_by_text("letter.json is no network")).to_be_visible()


def test_the_browser_knows_its_networks_and_one_can_be_deleted(visit: Visit, watch: Watch) -> None:
    page = built(visit)
    name = builder(page).get_by_role("textbox", name="Name", exact=True)
    name.fill("Short-lived")
    name.press("Enter")
    first = network_of(page)
    button(page, "Make a copy").click()
    expect(page.get_by_text("A copy has its own address now.")).to_be_visible()
    page.get_by_text("My networks").click()
    listed = builder(page).get_by_role("link", name="Short-lived")
    expect(listed).to_have_count(1)
    button(page, "Delete this network").click()
    expect(button(page, "Keep it")).to_be_focused()
    button(page, "Keep it").click()
    expect(button(page, "Delete this network")).to_be_focused()
    button(page, "Delete this network").click()
    page.wait_for_url(lambda url: "network=" in url and not first.search(url))
    address = page.url
    button(page, "Delete").click()
    expect(drawing(page)).to_be_visible()
    expect(page.get_by_text("The network is deleted; its draft is still here.")).to_be_visible()
    watch.provoke("404")
    page.goto(address)
    expect(page.get_by_text("There is no network at this address").first).to_be_visible()
    page.goto(address.split("?")[0] + "?left=network")
    expect(listed).to_be_visible()
    button(page, "Clear the list").click()
    expect(listed).to_have_count(0)
    page.reload()
    expect(builder(page).get_by_text("listed here")).to_be_attached()
    expect(listed).to_have_count(0)


def test_a_browser_that_keeps_nothing_builds_networks_too(visit: Visit) -> None:
    page = visit("/lab?left=network")
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('forbidden'); };")
    page.reload()
    button(page, "Build").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()


def test_a_program_is_a_network_whose_leaves_are_trained(visit: Visit, watch: Watch) -> None:
    watch.provoke("422")
    page = visit("/lab?left=network")
    button(page, "As a program").click()
    text = page.get_by_role("textbox", name="Program of the network")
    expect(text).to_have_value(re.compile("s1 = x @ W1"))
    expect(page.get_by_role("textbox", name="Shape of W1")).to_have_value("2 × 3")
    text.fill("a = sigmoid(x @ W + b\nL = half_mse(a, y)")
    expect(page.locator("#at-program-said")).to_contain_text("Line 1, column 12:")
    text.fill("k = 2\na = sigmoid(k * x @ W + b)\nL = half_mse(a, y)")
    shape = page.get_by_role("textbox", name="Shape of W", exact=True)
    expect(shape).to_have_value("2 × 1")
    shape.fill("3 x 1")
    shape.press("Tab")
    page.get_by_role("checkbox", name="k is trained").check()
    button(page, "Build").click()
    expect(page.get_by_role("status").filter(has_text="3")).to_be_visible()
    expect(page.locator("[data-node=W]")).to_have_count(0)
    shape.fill("2 x 1")
    shape.press("Tab")
    page.keyboard.press("Control+z")
    expect(shape).to_have_value("3 × 1")
    page.keyboard.press("Control+y")
    button(page, "Build").click()
    expect(page.locator("[data-node=W]")).to_be_visible()
    button(page, "One iteration").click()
    expect(page.locator("[data-node=k]")).to_have_attribute("aria-label", re.compile("new value"))
    button(page, "Change the program…").click()
    expect(text).to_have_value(re.compile("sigmoid"))


def test_a_draft_is_changed_by_touch_on_a_phone(visit: Visit) -> None:
    page = visit("/lab?left=network", 390, 844, has_touch=True)
    button(page, "Add a layer between Layer 1 and Output").tap()
    button(page, "One neuron more · Layer 2").tap()
    expect(drawing(page)).to_have_attribute("aria-label", re.compile("2 – 3 – 4 – 1$"))
    button(page, "Remove · Layer 1").tap()
    page.get_by_role("combobox", name="Activation · Layer 1").select_option("relu")
    page.get_by_role("checkbox", name="bias · Layer 1").tap()
    expect(drawing(page)).to_have_attribute("aria-label", re.compile("2 – 4 – 1$"))
    expect(page.get_by_text("13 numbers to learn")).to_be_visible()
    for box in page.locator(".draft button").all():
        size = box.bounding_box()
        assert size is not None and size["width"] >= 44 and size["height"] >= 44
    button(page, "Build").tap()
    expect(page.locator("[data-node=W2]")).to_be_attached()
    expect(page.locator("[data-node=b1]")).to_have_count(0)


BAD = {
    "inputs": 2, "loss": "cross_entropy", "init": {"name": "uniform", "low": 3}, "seed": 0,
    "layers": [{"units": 3, "activation": "sign", "bias": True},
               {"units": 2, "activation": "sigmoid", "bias": True}],
    "optimizer": {"name": "sgd", "learning_rate": -1, "nesterov": True},
    "data": {"name": "blobs"}, "batch_size": 1000, "shuffle": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme", "lang"), [(1280, "light", "en"), (390, "dark", "pt-BR")]
)
def test_axe_finds_no_violation_where_a_draft_is_wrong_and_explained(
    visit: Visit, width: int, scheme: str, lang: str
) -> None:
    options = {"color_scheme": scheme, "bypass_csp": True}
    page = visit(f"/lab?left=network&lang={lang}&build={json.dumps(BAD)}", width, 844, **options)
    page.get_by_role("button", name=re.compile("^(Explain|Explicar)$")).click()
    for place in ("batch_size", "optimizer-learning_rate", "optimizer-nesterov", "init-low"):
        expect(page.locator(f"#at-{place}-said")).to_be_attached()
        expect(page.locator(f"#at-{place}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#at-layers-1-said")).to_contain_text("3")
    assert not complaints(page)
    page.get_by_role("button", name=re.compile("As a program|Como programa")).click()
    expect(
        page.get_by_role("textbox", name=re.compile("^(Shape of|Formato de) W1"))
    ).to_be_visible()
    assert not complaints(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation_in_what_is_kept_of_a_network(visit: Visit, width: int) -> None:
    page = built(visit, bypass_csp=True)
    page.set_viewport_size({"width": width, "height": 844})
    page.locator(".builder details").evaluate_all("all => all.forEach((one) => one.open = true)")
    button(page, "Delete this network").click()
    assert not complaints(page)
