"""A table of one's own is opened or pasted, looked at and learned from; data have pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, Watch
from tests.browser.test_accessibility import complaints

ROWS = [(0.25, 1.5, "não"), (1.75, 0.5, "sim"), (0.5, 0.75, "não"), (2.25, 1.25, "sim")]
BRAZIL = "largura;altura;chove\n" + "".join(
    f"{a};{b};{c}\n".replace(".", ",") for a, b, c in ROWS
)  # fmt: skip


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def chosen(visit: Visit, label: str, lang: str, **options: bool) -> Page:
    page = visit(f"/lab?left=network&lang={lang}", 1280, 800, **options)
    page.get_by_role("combobox", name=label).select_option("")
    return page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_brazilian_file_is_opened_read_and_learned_from(
    visit: Visit, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "chuva.csv"
    file.write_bytes(BRAZIL.encode(encoding))
    page = chosen(visit, "Conjunto de dados", "pt-BR")
    page.get_by_label(re.compile("Abrir um arquivo")).set_input_files(file)
    said = page.get_by_text("4 linhas, 3 colunas, separadas por ponto e vírgula, vírgula decimal.")
    expect(said).to_be_visible()
    expect(page.get_by_role("cell", name="1,75", exact=True)).to_be_visible()
    expect(page.get_by_text("2 classes: não, sim")).to_be_visible()
    expect(page.get_by_role("combobox", name="Papel da coluna chove")).to_have_value("y")
    page.get_by_role("button", name="Construir").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    page.get_by_role("button", name="Uma iteração").click()
    expect(page.locator(".counters dd").first).to_have_text("1")
    expect(page).to_have_url(re.compile("network=.*at=1"))
    page.reload()
    expect(page.locator(".counters dd").first).to_have_text("1")


def test_a_pasted_table_changes_its_columns_and_the_ends_of_the_network(visit: Visit) -> None:
    page = chosen(visit, "Data set", "en", bypass_csp=True)
    page.get_by_role("textbox", name="Paste a table here").fill(
        "a,b,c\n1,2,0.5\n2,1,1.5\n0,0,2.5\n"
    )
    expect(
        page.get_by_text("3 rows, 3 columns, commas between them, decimal point.")
    ).to_be_visible()
    sketch = page.get_by_role("img", name=re.compile("layers of"))
    expect(sketch).to_have_attribute("aria-label", "A network with layers of 2 – 3 – 1")
    button(page, "Undo").click()
    expect(page.get_by_role("textbox", name="Paste a table here")).to_have_value("")
    button(page, "Redo").click()
    page.get_by_role("combobox", name="Role of the column b").select_option("y")
    expect(sketch).to_have_attribute("aria-label", "A network with layers of 1 – 3 – 2")
    page.get_by_role("combobox", name="Role of the column c").select_option("")
    expect(sketch).to_have_attribute("aria-label", "A network with layers of 1 – 3 – 1")
    page.get_by_role("checkbox", name="Each number is a class").check()
    expect(page.get_by_text("3 classes: 0, 1, 2")).to_be_visible()
    expect(sketch).to_have_attribute("aria-label", "A network with layers of 1 – 3 – 3")
    assert not complaints(page)


def test_what_is_wrong_with_a_table_is_said_with_its_row_and_column(
    visit: Visit, watch: Watch
) -> None:
    watch.provoke("status of 422")
    page = chosen(visit, "Data set", "en")
    box = page.get_by_role("textbox", name="Paste a table here")
    box.fill("a;b\n1;2\n3\n")
    expect(page.locator("[id=at-data-csv-said]")).to_contain_text("Row 3 has 1 field")
    box.fill("a;b;c\n1;2;u\n3;red;v\n")
    expect(page.locator("[id=at-data-csv-said]")).to_contain_text("Row 3, column 2 (b) holds “red”")
    box.fill("a;b;c\n1;2;u\n3;4;v\n")
    expect(page.locator("[id=at-data-csv-said]")).to_have_count(0)
    page.get_by_label(re.compile("Open a file")).set_input_files(
        {"name": "long.csv", "mimeType": "text/csv", "buffer": b"1;2\n" * 500_001}
    )
    expect(page.locator("[id=at-data-csv-said]")).to_contain_text("at most 2 MB")


def test_a_large_table_stays_out_of_the_address_and_of_the_box(visit: Visit) -> None:
    page = chosen(visit, "Data set", "en")
    rows = b"a;b;c;kind\n" + b"".join(
        f"{i / 7:.50f};{i % 13},5;{'0' * 60};{'uv'[i % 2]}\n".replace(".", ",").encode()
        for i in range(9_999)
    )
    assert 1_200_000 < len(rows) < 2_000_000
    page.get_by_label("Open a file").set_input_files(
        {"name": "large.csv", "mimeType": "text/csv", "buffer": rows}
    )
    said = "9999 rows, 4 columns, semicolons between them, decimal comma."
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("large.csv")).to_be_visible()
    expect(page.get_by_text("too long for a link")).to_be_visible()
    expect(page.get_by_role("textbox", name="Paste a table here")).to_have_count(0)
    button(page, "Build").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    page.wait_for_url(re.compile("network="))
    assert len(page.url) < 200


def test_data_sets_are_chosen_by_their_pictures_on_a_phone_too(visit: Visit) -> None:
    page = visit("/lab?left=network", 390, 844, bypass_csp=True)
    group = page.get_by_role("group", name="Pictures of the data sets")
    moons = group.get_by_role("button", name="Moons")
    expect(moons.locator(".dot")).to_have_count(120)
    moons.click()
    expect(moons).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("moons")
    expect(group.get_by_role("button", name="Irises").locator(".dot")).to_have_count(120)
    expect(group.locator("svg:has(*)")).to_have_count(group.get_by_role("button").count())
    assert not complaints(page)


def test_a_table_comes_over_once_and_is_there_at_every_iteration(visit: Visit) -> None:
    page = chosen(visit, "Data set", "en")
    page.get_by_role("textbox", name="Paste a table here").fill("a,b\n0,0.25\n1,0.75\n2,0.5\n")
    expect(page.get_by_text("1 feature", exact=True)).to_be_visible()
    button(page, "Build").click()
    expect(page.locator("[data-node=W1]")).to_be_visible()
    button(page, "One iteration").click()
    expect(page.locator(".counters dd").first).to_have_text("1")
    with page.expect_response(re.compile(r"/networks/[\w-]{22}\?iteration=0")) as answer:
        page.get_by_role("slider", name="Iteration").fill("0")
    spec = answer.value.json()["spec"]
    assert spec["data"] == {"tag": answer.value.json()["data_tag"]}
    page.get_by_role("textbox", name="Learning rate").first.fill("0.125")
    with page.expect_response(lambda one: one.request.method == "PATCH") as changed:
        page.get_by_role("textbox", name="Learning rate").first.press("Enter")
        button(page, "One iteration").click()
    assert changed.value.json()["spec"]["data"] == spec["data"]
    expect(page.locator(".counters dd").first).to_have_text("0")
    button(page, "Change the layers…").click()
    expect(page.get_by_role("textbox", name="Paste a table here")).to_have_value(
        "a,b\n0,0.25\n1,0.75\n2,0.5\n"
    )
