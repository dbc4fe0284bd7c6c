"""Lessons of a folder are served beside the built-in ones, and read again when they change."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import pytest

from app.lessons import lessons
from app.lessons.own import OwnLessons
from app.limits import DOOR
from app.main import create_app
from app.settings import Settings
from tests.app.client import API, Client, problem, strict
from tests.app.process import GRADWALK, serving
from tests.app.test_lesson_check import EXAMPLE
from tests.app.test_pages import Document

SLUG = "one-product"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mine"
    path.mkdir()
    return path


@pytest.fixture
def own(folder: Path, runner: asyncio.Runner) -> Client:
    return Client(create_app(Settings(lessons=str(folder))), runner)


def save(folder: Path, text: str, name: str = "mine.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def slugs(own: Client) -> list[str]:
    found = [row["slug"] for row in strict(own.get(f"{API}/lessons"))["items"]]
    assert found[: len(lessons())] == list(lessons())
    return found[len(lessons()) :]


def test_a_lesson_is_served_everywhere_and_read_again_when_saved(folder: Path, own: Client) -> None:
    assert slugs(own) == []
    assert "Lessons of this course" not in own.get("/").text
    save(folder, EXAMPLE)
    assert slugs(own) == [SLUG]
    start = own.get("/").text
    assert "Lessons of this course" in start and f'href="/lessons/{SLUG}"' in start
    whole = strict(own.get(f"{API}/lessons/{SLUG}"))
    assert (whole["number"], whole["own"], len(whole["scenes"])) == ("1", True, 2)
    config = Document(own.get(f"/lessons/{SLUG}?lang=pt-BR").text).script
    assert '"title":"Um produto"' in config
    assert own.get(f"/embed/lessons/{SLUG}").status_code == 200
    made = own.post("/players", {"lesson": SLUG})
    assert made.status_code == 200 and "One product" in made.text
    save(folder, EXAMPLE.replace("One product", "Two products"))
    assert "Two products" in own.get(f"/lessons/{SLUG}").text
    (folder / "mine.toml").unlink()
    assert slugs(own) == []
    assert own.get(f"/lessons/{SLUG}").status_code == 404


def test_a_file_that_is_wrong_shows_what_and_where(folder: Path, own: Client) -> None:
    save(folder, EXAMPLE)
    assert slugs(own) == [SLUG]
    save(folder, EXAMPLE.replace("x * y", "x +* <b>y").replace("from = 1", "from = 77"))
    assert slugs(own) == []
    start = own.get("/").text
    assert "mine.toml" in start and f'href="/lessons/{SLUG}"' in start
    for path in (f"/lessons/{SLUG}", f"/embed/lessons/{SLUG}"):
        answer = own.get(f"{path}?lang=pt-BR")
        assert answer.status_code == 422
        assert "Há algo errado nesta aula" in answer.text
        assert re.search(r'<th scope="row">12</th><td>Grafo product, program: ', answer.text)
        assert "<b>" not in answer.text
    said = problem(own.get(f"{API}/lessons/{SLUG}", accept="application/json"), 422)
    assert "mine.toml, line 12" in said["detail"]
    problem(own.post("/players", {"lesson": SLUG}), 422)
    save(folder, EXAMPLE)
    assert own.get(f"/lessons/{SLUG}").status_code == 200


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 90_000, b"a" * 300_000, b"a = 1"])
def test_no_file_brings_the_server_down(folder: Path, own: Client, content: bytes) -> None:
    (folder / "Zwei Neuronen!.toml").write_bytes(content)
    assert own.get("/").status_code == 200
    answer = own.get("/lessons/zwei-neuronen")
    assert (answer.status_code, "Zwei Neuronen!.toml" in answer.text) == (422, True)


def test_texts_are_shown_as_they_are_written(folder: Path, own: Client) -> None:
    text = EXAMPLE.replace('"One product"', f"'{HOSTILE}'").replace('"There"', f"'{HOSTILE}'")
    save(folder, text.replace("before you press", f"{HOSTILE} before"))
    assert slugs(own) == [SLUG]
    for path in ("/", f"/lessons/{SLUG}"):
        page = own.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
        assert not Document(page.text).inline
    assert strict(own.get(f"{API}/lessons/{SLUG}"))["title"]["en"] == HOSTILE


def test_one_language_is_shown_in_both(folder: Path, own: Client) -> None:
    text = re.sub(r'^pt-BR = """.*?"""|^pt-BR = "[^"]*"', "", EXAMPLE, flags=re.M | re.DOTALL)
    save(folder, f'languages = ["en"]\n{text}')
    told: dict[str, Any] = strict(own.get(f"{API}/lessons/{SLUG}"))
    assert told["title"] == {"en": "One product", "pt-BR": "One product"}
    assert told["graphs"]["product"]["values"] == {"x": 2, "y": 3}
    assert own.get(f"/lessons/{SLUG}?lang=pt-BR").status_code == 200


def test_slugs_that_others_have_are_refused(folder: Path, own: Client) -> None:
    save(folder, EXAMPLE, "a.toml")
    save(folder, EXAMPLE, "b.toml")
    save(folder, EXAMPLE.replace(SLUG, "two-neuron-chain"), "c.toml")
    assert slugs(own) == [SLUG]
    assert own.get("/lessons/two-neuron-chain").status_code == 200
    for name in ("b", "c"):
        answer = own.get(f"/lessons/{name}")
        assert answer.status_code == 422
        assert "Another lesson has this slug already" in answer.text


def test_only_files_of_the_folder_are_read(folder: Path, own: Client, tmp_path: Path) -> None:
    save(tmp_path, EXAMPLE, "outside.toml")
    (folder / "link.toml").symlink_to(tmp_path / "outside.toml")
    (folder / "away.toml").symlink_to("/etc/passwd")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    assert slugs(own) == []
    assert "passwd" not in own.get("/").text and "Lessons of this course" not in own.get("/").text
    save(folder, EXAMPLE, "real.txt")
    (folder / "inside.toml").symlink_to(folder / "real.txt")
    assert slugs(own) == [SLUG]
    for name in ("../outside", "..%2foutside", "%2e%2e/mine", "mine.toml", "a" * 5_000, "%00"):
        assert own.get(f"/lessons/{name}").status_code in (404, 422)


def test_files_are_read_in_their_order_up_to_a_number(folder: Path) -> None:
    for number in range(DOOR.lesson_files + 5):
        text = EXAMPLE.replace(SLUG, f"lesson-{number}")
        save(folder, f"order = {(number + 1) % 3}\n{text}", f"{number:03}.toml")
    found = list(OwnLessons(str(folder)).read())
    assert len(found) == DOOR.lesson_files
    assert found[:2] == ["lesson-2", "lesson-5"]


def test_the_server_is_started_with_a_folder(folder: Path) -> None:
    save(folder, EXAMPLE)
    with serving("--lessons", str(folder)) as server:
        assert server.ask("GET", f"/lessons/{SLUG}")[0] == 200
    import subprocess

    command = [str(GRADWALK), "serve", "--lessons", str(folder / "none")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == f"There is no folder {folder / 'none'} with lessons.\n"
