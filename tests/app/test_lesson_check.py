"""A lesson's file is checked by one place of rules, which says all that is wrong, and where."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.lessons import FOLDER
from app.lessons.checking import checked
from app.lessons.mathematics import fault
from app.limits import DOOR
from tests.app.process import GRADWALK

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/authoring.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)[0]
MATHEMATICS = json.loads((ROOT / "tests/data/mathematics.json").read_text(encoding="utf-8"))
BUILT_IN = sorted(FOLDER.glob("*.toml"))


def said(text: str | bytes) -> list[tuple[int, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(fault.line, fault.said()) for fault in checked(content).faults]


def line(part: str) -> int:
    """Return the line of the example that a part stands in."""
    return str(EXAMPLE).count("\n", 0, str(EXAMPLE).index(part)) + 1


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_built_in_lessons_pass(path: Path) -> None:
    assert checked(path.read_bytes()).faults == ()


def test_the_example_of_the_documentation_passes() -> None:
    found = checked(EXAMPLE.encode())
    assert found.faults == ()
    assert found.lesson is not None and len(found.lesson["scenes"]) == 2


def test_the_network_of_the_documentation_passes() -> None:
    network = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)[1]
    before, after = EXAMPLE.split("[graphs.product]\n")
    text = f"{before}{network}\n[graphs.product]\n{after}"
    assert checked(text.encode()).faults == ()


def test_the_documentation_names_every_field_command_and_limit() -> None:
    from app.lessons.model import MOST_ITERATIONS, GraphFile, LessonFile, SceneFile, View

    for model in (LessonFile, GraphFile, SceneFile, View):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in DOCS
    table = json.loads((FOLDER / "commands.json").read_text(encoding="utf-8"))
    for kind in ("0", "1", "2", "sizes"):
        assert {f"\\{word}" for word in table[kind].split()} <= set(DOCS.split())
    assert set(table["environments"].split()) <= set(DOCS.split())
    for limit in (
        DOOR.lesson_bytes,
        DOOR.lesson_text_characters,
        DOOR.lesson_files,
        MOST_ITERATIONS,
    ):
        assert f"{limit:,}" in DOCS


WRONG = [
    # what is replaced, by what, the part on whose line it is told, and how the sentence begins
    ('slug = "one-product"', 'slug = "One Product"', None, "slug: Small letters"),
    ('pt-BR = "Um produto"', "", "[title]", "title: The text in pt-BR is missing."),
    ('pt-BR = "Um produto"', 'fr = "Un produit"', None, "title.fr: There is no such language"),
    ('pt-BR = "Um produto"', 'pt-BR = " "', "[title]", "title: The text in pt-BR is missing."),
    ("values = { x = 2, y = 3 }", "values = { x = 2 }", 'program = "f', "Graph product, program:"),
    ("y = 3 }", "y = nan }", "values =", "Graph product, values.y: A finite number"),
    ("y = 3 }", "y = 1979-05-27 }", "values =", "Graph product, values"),
    ("y = 3 }", "y = 3, z = 1 }", "values =", "Graph product, values.z: The program does not"),
    ("f = x * y", "f = x +* y", None, "Graph product, program: Line 1, column 8 of the program:"),
    ("f = x * y", "f = softmax(x)", None, "Graph product, program: "),
    ('id = "backward"', 'id = "forward"', None, "Scene 2, id: An earlier scene is called forward"),
    ('graph = "product"\nfrom = 1', 'graph = "q"\nfrom = 1', None, "Scene 2, graph: There is no"),
    ("from = 1", "from = 9", None, "Scene 2, from: There is no step 9"),
    ("to = 1", "to = -1", None, "Scene 1, to: A number from 0 on"),
    ("to = 1", 'to = "1"', None, "Scene 1, to: A whole number"),
    ("to = 1", "too = 1", None, "Scene 1, too: There is no such field; accepted are id, graph"),
    ('ask = ["value f"]', 'ask = ["value x"]', None, "Scene 1, ask: No step of the graph"),
    ('ask = ["value f"]', 'ask = ["local f"]', None, "Scene 1, ask: The question local f has no"),
    ('ask = ["value f"]', 'ask = ["local f/x"]', None, "Scene 1, ask: The question local f/x is"),
    ('ask = ["value f"]', 'ask = ["guess f"]', None, "Scene 1, ask: There is no question guess"),
    ('reveal = "beats"', 'reveal = "slowly"', None, "Scene 2, view.reveal: 'beats' or 'whole'"),
    ('select = "x"', 'select = "q"', None, "Scene 2, view.select: There is no node q."),
    ("**What is $f$**", "**What is $f_$**", None, "Scene 1, text.en: The formula $f_$ cannot be"),
    ("**What is $f$**", "**What is $f**", None, "Scene 1, text.en: A $ opens a formula"),
    ("\\frac{\\partial f}{\\partial x}$ is", "\\frac{1}$ is", None, "Scene 2, text.en: The f"),
    ("before you press", "before\\u202eyou press", None, "Scene 1, text.en: Control characters"),
    ("[[scenes]]", "[[scenes]", None, "This is not TOML here"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "sentence"), WRONG)
def test_what_is_wrong_is_said_with_its_line(
    old: str, new: str, place: str | None, sentence: str
) -> None:
    old = old if old in EXAMPLE else old.replace("\\", "\\\\")
    new = new.replace("\\frac", "\\\\frac")
    assert old in EXAMPLE
    found = said(EXAMPLE.replace(old, new, 1))
    assert found, "something is said"
    after = old.rindex("\n") if "\n" in old and place is None else 0
    expected = line(place or old) if not after else line(old)
    assert any(at == expected and text.startswith(sentence) for at, text in found), found


def test_all_that_is_wrong_is_said_at_once_in_order_and_in_portuguese() -> None:
    text = EXAMPLE
    for old, new in (("x = 2, ", ""), ("from = 1", "from = x"), ('pt-BR = "Ida"', "")):
        text = text.replace(old, new)
    text = text.replace("from = x", 'from = "x"')
    found = said(text)
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    assert [sentence.split(":")[0] for _, sentence in found] == [
        "Graph product, program", "Scene 1, title", "Scene 2, from",
    ]  # fmt: skip
    told = [fault.said("pt-BR") for fault in checked(text.encode()).faults]
    assert told[1:] == [
        "Cena 1, title: Falta o texto em pt-BR.",
        "Cena 2, from: Aqui é aceito um número inteiro.",
    ]


def test_one_language_is_enough_where_the_file_says_so() -> None:
    text = re.sub(r'^pt-BR = """.*?"""|^pt-BR = "[^"]*"', "", EXAMPLE, flags=re.M | re.DOTALL)
    assert len(said(text)) == 7
    assert said(f'languages = ["en"]\n{text}') == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"x = " + b"[" * 100_000, b"[[a]]\n" * 30_000, b"x" * 300_000, b"a = 1979-05-27",
     b"scenes = 3\ngraphs = 4", b"[[scenes]]\n[[graphs]]", b"scenes = [1, {}]", b"a.b.c.d = 1",
     b"[graphs.g]\nprogram = 3\n", b"slug = []\ntitle = 'x'", b'title = {"en" = {"en" = 1}}',
     b"[graphs]\n'' = {}\n'a b' = 1", b"a = '''\n\n", b"a = 1\r\nb = 2\r\n", 
     b"x = {a = [1, {b = 2}]}", b"languages = []", b"languages = [1]"],
    ids=range(19),
)  # fmt: skip
def test_no_content_is_too_odd(content: bytes) -> None:
    assert said(content)


def test_a_long_computation_is_ended() -> None:
    program = "; ".join(f"a{n + 1} = tanh(a{n})" for n in range(400))
    text = EXAMPLE.replace("f = x * y", f"a0 = x * y; {program}")
    found = checked(text.encode(), seconds=0.001).faults
    assert "longer than 0.001 seconds" in found[0].sentence


@pytest.mark.parametrize("latex", MATHEMATICS["good"])
def test_what_can_be_typeset_is_accepted(latex: str) -> None:
    assert fault(latex) is None


@pytest.mark.parametrize("latex", [*MATHEMATICS["bad"], "{" * 5_000, "\\frac" * 5_000])
def test_what_cannot_be_typeset_is_refused_in_a_sentence(latex: str) -> None:
    assert (fault(latex) or "").endswith(".")


def run(*arguments: Any) -> tuple[int, str]:
    command = [str(GRADWALK), "lesson", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert not done.stderr
    return done.returncode, done.stdout


def test_the_command_tells_of_each_file(tmp_path: Path) -> None:
    good, bad, twice = (tmp_path / name for name in ("good.toml", "bad.toml", "twice.toml"))
    good.write_text(EXAMPLE, encoding="utf-8")
    twice.write_text(EXAMPLE, encoding="utf-8")
    bad.write_text(EXAMPLE.replace("one-product", "two-neuron-chain"), encoding="utf-8")
    assert run(good) == (0, f"{good}: All is well; scenes: 2.\n")
    assert run(BUILT_IN[3])[0] == 0
    status, told = run(good, bad, twice, tmp_path / "none.toml", "--lang", "pt-BR")
    assert status == 1
    assert told.splitlines()[:3] == [
        f"{good}: Tudo certo; cenas: 2.",
        f"{bad}:1: slug: Outra aula já tem este slug; escolha outro.",
        f"{twice}:1: slug: Outra aula já tem este slug; escolha outro.",
    ]
    assert "none.toml: " in told
