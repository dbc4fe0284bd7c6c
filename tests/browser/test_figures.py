"""What the dialog saves is opened again: pictures of a step, and files of a whole pass."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.picture import read
from tests.browser.test_accessibility import complaints

SVG = "{http://www.w3.org/2000/svg}"
STEP = "/lessons/two-neuron-chain?scene=2&step=9&lang="
SMALL = "/lessons/function-as-graph?scene=1&step=3&beats=0"
LONG = 60_000
NAMES = {"en": "Picture", "pt-BR": "Figura"}


def opened(visit: Visit, path: str, language: str = "en", **options: Any) -> Page:
    page = visit(path, **options)
    page.get_by_role("button", name=NAMES[language], exact=True).click()
    expect(page.get_by_role("dialog", name=NAMES[language])).to_be_visible()
    return page


def saved(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download(timeout=LONG) as download:
        page.locator(f"[data-figure={kind}]").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_an_svg_stands_alone_and_says_what_the_stage_says(
    visit: Visit, tmp_path: Path, language: str
) -> None:
    page = opened(visit, STEP + language, language)
    shown = read(page)
    path = saved(page, "svg", tmp_path)
    assert path.name == "gradwalk-two-neuron-chain-09.svg"
    root = ElementTree.parse(path).getroot()
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert all(card.value[0] in texts for card in shown.nodes.values() if card.value[0])
    assert any(("0,5471" if language == "pt-BR" else "0.5471") == text for text in texts)
    style = root.findtext(f"{SVG}style") or ""
    assert style.count("url(data:font/woff2;base64,") == style.count("url(") >= 3
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"var\(--|class=|<!--|href=|https?://(?!www.w3.org)", text)
    assert set(re.findall(r"url\(#([\w-]+)\)", text)) == set(
        re.findall(r'<marker id="([\w-]+)"', text)
    )
    assert root.findtext(f"{SVG}title", "").startswith("Loss · ")


def test_pngs_are_once_twice_and_four_times_as_large(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, STEP + "en")
    sizes = [size(saved(page, kind, tmp_path).read_bytes()) for kind in ("png1", "png2", "png4")]
    [(w, h), twice, four] = sizes
    assert w > 1000 and (twice, four) == ((2 * w, 2 * h), (4 * w, 4 * h))


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_a_pass_is_a_zip_of_pictures_of_one_size(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, SMALL)
    with zipfile.ZipFile(saved(page, "zip", tmp_path)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        pictures = [archive.read(name) for name in names]
    assert names == [f"step-{i:03}.png" for i in range(steps(page) + 1)]
    assert len({size(one) for one in pictures}) == 1
    assert len(set(pictures)) == len(pictures)


def steps(page: Page) -> int:
    return int(page.get_by_role("slider", name="Timeline").get_attribute("aria-valuemax") or 0)


def test_a_gif_has_a_frame_for_every_step_and_starts_again(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, SMALL)
    gif = saved(page, "gif", tmp_path).read_bytes()
    assert gif[:6] == b"GIF89a" and gif[-1:] == b";"
    frames = re.findall(rb"\x21\xf9\x04.(..).\x00\x2c", gif, re.DOTALL)
    delays = [int.from_bytes(frame, "little") for frame in frames]
    assert delays == [140] * steps(page) + [400]
    assert b"NETSCAPE2.0\x03\x01\x00\x00" in gif


def test_a_pass_is_printed_on_pages_of_16_to_9(visit: Visit) -> None:
    page = opened(visit, SMALL)
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.locator("[data-figure=pages]").click()
    page.wait_for_function("() => window.printed")
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == steps(page) + 1
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(960, 540)}
    expect(page.locator(".print-pages")).to_have_count(0)


@pytest.mark.parametrize(
    "path", [STEP + "en", STEP + "pt-BR", "/lessons/matrices?scene=1&step=9&lang=en"]
)
def test_latex_compiles(visit: Visit, tmp_path: Path, path: str) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("There is no pdflatex here to compile what was saved.")
    page = opened(visit, path, path.rpartition("=")[2])
    compiled(saved(page, "tikz", tmp_path))
    rule = saved(page, "latex", tmp_path)
    head = "\\documentclass{article}\\usepackage{amsmath,xcolor}\\begin{document}\n"
    rule.write_text(head + rule.read_text("utf-8") + "\\end{document}\n", "utf-8")
    compiled(rule)


def test_a_beamer_slide_has_an_overlay_for_every_step(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, SMALL)
    path = saved(page, "beamer", tmp_path)
    overlays = re.findall(r"\\only<(\d+)>", path.read_text("utf-8"))
    assert overlays == [str(i + 1) for i in range(steps(page) + 1)]
    if shutil.which("pdflatex") is not None:
        pages = compiled(path)
        assert pages == len(overlays)


def compiled(path: Path) -> int:
    """Compile a document; return how many pages it has."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout[-3000:]
    return int(re.findall(r"Output written on .*?\((\d+) pages?", done.stdout, re.DOTALL)[0])


def test_tikz_names_the_numbers_of_the_stage(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, STEP + "pt-BR", "pt-BR")
    text = saved(page, "tikz", tmp_path).read_text("utf-8")
    assert "\\mathbf{0{,}5471}" in text and "\\mathbf{-0{,}05612}" in text
    assert text.count("\\begin{tikzpicture}") == text.count("\\end{tikzpicture}") == 1


@pytest.mark.parametrize("path", [SMALL, "/lab?program=f%20%3D%20x*x&values={%22x%22:3}&step=3"])
def test_a_pass_is_saved_as_a_page_that_plays_without_a_server(
    visit: Visit, browser: Browser, tmp_path: Path, path: str
) -> None:
    file = saved(opened(visit, path), "html", tmp_path)
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector('#app[data-ready="true"]')
    page.keyboard.press("End")
    shown = read(page)
    assert shown.step == steps(page) > 0
    assert all(card.value[0] for card in shown.nodes.values())
    page.close()


def test_the_dialog_is_accessible_and_closes_by_escape(visit: Visit) -> None:
    page = opened(visit, SMALL, bypass_csp=True)
    assert complaints(page) == ""
    page.locator("[data-figure=svg]").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Picture")).to_have_count(0)


def test_a_picture_leaves_the_page_as_it_was(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, STEP + "en")
    before = read(page)
    saved(page, "svg", tmp_path)
    assert read(page) == before
    expect(page.locator(".figure-host")).to_have_count(0)


def test_large_graphs_are_drawn_whole(visit: Visit, tmp_path: Path) -> None:
    program = "; ".join(["a0 = x * x", *(f"a{i} = a{i - 1} + x" for i in range(1, 70))])
    page = opened(visit, f"/lab?program={program.replace('+', '%2B')}&values={{%22x%22:1}}&step=70")
    root = ElementTree.parse(io.BytesIO(saved(page, "svg", tmp_path).read_bytes())).getroot()
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert texts.count("70") == 1 and texts.count("1") > 1
