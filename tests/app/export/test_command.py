"""The command `gradwalk export`, as it is called: a process, a browser, a file."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.export.figure import NoFigure, Subject, subject, values
from app.export.variants import paper
from engine.practice.varied import varied
from tests.app.process import GRADWALK

SVG = "{http://www.w3.org/2000/svg}"


def export(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(GRADWALK), "export", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def test_a_program_is_drawn_with_its_values_at_a_step(tmp_path: Path) -> None:
    given = ("--value", "x=2", "--value", "y=3", "--value", "z=4")
    done = export(tmp_path, "q = x + y; f = q * z", *given, "--step", "7")
    assert (done.returncode, done.stderr) == (0, "")
    root = ElementTree.parse(tmp_path / "gradwalk.svg").getroot()
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert "20" in texts and any(text.endswith("4") and text != "4" for text in texts)
    assert done.stdout.startswith("gradwalk.svg: ")


def test_a_scene_of_a_lesson_is_drawn_as_png_in_a_language(tmp_path: Path) -> None:
    arguments = ("matrices", "--scene", "2", "--format", "png", "--scale", "1", "-o", "w.png")
    done = export(tmp_path, *arguments, "--lang", "pt-BR")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "w.png").read_bytes()[:4] == b"\x89PNG"


def test_a_wrong_program_is_told_in_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    done = export(tmp_path, "q = x +")
    assert done.returncode == 1 and done.stdout == ""
    assert "Traceback" not in done.stderr and done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", [("--scene", "0"), ("--step", "-1"), ("--step", "x")])
def test_a_step_or_scene_that_cannot_be_is_refused(tmp_path: Path, option: tuple[str, str]) -> None:
    done = export(tmp_path, "matrices", *option)
    assert done.returncode == 2 and "is no whole number from" in done.stderr


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = export(tmp_path, "f = 2 * 3", "--format", "html", "-o", "no/such/folder.html")
    assert done.returncode == 1
    assert done.stderr == "no/such/folder.html cannot be written: No such file or directory.\n"


def test_without_a_browser_it_says_what_is_missing(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(GRADWALK), "export", "f = x * 2"],
        cwd=tmp_path, env={**os.environ, "PATH": "/nowhere"},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "Chromium is needed for this format, and was not found on the PATH.\n"


def test_a_subject_is_a_lesson_a_file_or_a_program(tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_text("f = x * x", encoding="utf-8")
    state = {"lang": "en"}
    assert subject("matrices", state, {"matrices"}) == Subject("/lessons/matrices", state)
    assert subject(str(file), state, set()) == Subject("/lab", {"program": "f = x * x", **state})
    assert subject("f = y", state, set()) == Subject("/lab", {"program": "f = y", **state})


def test_values_are_numbers_or_lists() -> None:
    assert values(["x=2", "W = [[1, 2]]"]) == '{"x": 2, "W": [[1, 2]]}'
    with pytest.raises(NoFigure, match="“x” is no value"):
        values(["x"])


OWN = """
slug = "one-product"
[title]
en = "One product"
pt-BR = "Um produto"
[summary]
en = "s"
pt-BR = "s"
[graphs.product]
program = "f = x * y"
values = { x = 2, y = 3 }
[[scenes]]
id = "forward"
graph = "product"
[scenes.title]
en = "There"
pt-BR = "Ida"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "product.toml").write_text(OWN, encoding="utf-8")
    (folder / "wrong.toml").write_text('slug = "wrong"\n', encoding="utf-8")
    return folder


def test_a_lesson_of_ones_own_is_exported_in_every_way(tmp_path: Path, own: Path) -> None:
    place = ("one-product", "--lessons", str(own))
    for kind, said in (("svg", "<svg"), ("html", "One product"), ("numpy", "import numpy")):
        done = export(tmp_path, *place, "--format", kind, "-o", f"own.{kind}")
        assert (done.returncode, done.stderr) == (0, "")
        assert said in (tmp_path / f"own.{kind}").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wrong", "--lessons", "lessons"), "The lesson wrong is not well"),
        (("one-product", "--lessons", "nowhere"), "There is no folder nowhere"),
        (
            ("one-product", "--lessons", "lessons", "--scene", "9", "--format", "jax"),
            "has 1 scenes",
        ),
    ],
)
def test_what_is_wrong_with_lessons_of_ones_own_is_said(
    tmp_path: Path, own: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = export(tmp_path, *arguments)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == [own.name]


def test_a_lesson_of_ones_own_becomes_a_worksheet(own: Path) -> None:
    made = paper("one-product", {"lang": "en"}, [3], 1, "all", str(own))
    assert made.subject == Subject("/lessons/one-product", {"lang": "en"}, str(own))
    assert json.loads(made.asked["variants"])[0]["values"] == varied(
        "f = x * y", {"x": 2, "y": 3}, (), 3
    )
