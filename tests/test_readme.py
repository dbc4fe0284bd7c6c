"""What the README says is run: its commands, its examples, its recipes and its tables."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from app.settings import Settings
from app.training.exports import FORMATS
from tests.app.process import GRADWALK, Server, serving

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SITE = "http://127.0.0.1:8000"
COPIED = ("app", "engine", "static", "templates", "tests")
OURS = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


class Block(NamedTuple):
    """A fenced piece of the README, under its heading."""

    heading: str
    language: str
    text: str


def _blocks() -> Iterator[Block]:
    heading, language, lines = "", None, list[str]()
    for line in README.splitlines():
        if line.startswith("```"):
            if language is not None:
                yield Block(heading, language, "\n".join(lines) + "\n")
            language, lines = (line[3:] if language is None else None), []
        elif language is not None:
            lines.append(line)
        elif line.startswith("#"):
            heading = line.lstrip("# ")


BLOCKS = tuple(_blocks())


def blocks(heading: str, language: str) -> list[str]:
    return [block.text for block in BLOCKS if block[:2] == (heading, language)]


def section(heading: str) -> str:
    """Return the text under a heading, up to the next heading of its level."""
    level, rest = re.split(rf"^(#+) {heading}$", README, maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^{level} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def run(*command: str, cwd: Path = ROOT, **environment: str) -> str:
    """Run a command that must succeed, and return what it prints."""
    done = subprocess.run(
        command, cwd=cwd, env={**OURS, **environment}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{command} failed: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, into which the additions that the README describes are made."""
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    return folder


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_every_block_of_the_readme_is_covered_here() -> None:
    assert [block[:2] for block in BLOCKS] == [
        ("Start", "sh"),
        ("Start", "sh"),
        ("Start", "bat"),
        ("Start", "sh"),
        ("Pictures for slides", "sh"),
        ("As code", "sh"),
        ("As code", "text"),
        ("By REST", "sh"),
        ("By REST", "text"),
        ("Practice", "json"),
        ("Practice", "sh"),
        ("Practice", "sh"),
        ("A file that plays by itself", "sh"),
        ("Train a network", "sh"),
        ("Train a network", "text"),
        ("Train a network", "python"),
        ("Train a network", "text"),
        ("Take a network along", "sh"),
        ("Take a network along", "text"),
        ("In Python", "python"),
        ("In Python", "text"),
        ("An operation", "python"),
        ("A page", "jinja"),
        ("A page", "python"),
        ("A lesson", "toml"),
    ]


def test_the_progress_file_is_graded_as_told(tmp_path: Path) -> None:
    (tmp_path / "ana.json").write_text(blocks("Practice", "json")[0], encoding="utf-8")
    command, _ = blocks("Practice", "sh")
    call = command.replace("gradwalk", str(GRADWALK), 1)
    done = subprocess.run(["sh", "-c", call], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ana.json,Ana,3," in (tmp_path / "marks.csv").read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"\bmake (serve|test-exports|test|check)\b", README)))
)
def test_make_knows_each_target(target: str) -> None:
    does = {"serve": "bin/gradwalk serve", "test": "-m pytest", "check": "bin/mypy",
            "test-exports": "tests/app/training/test_exports.py"}  # fmt: skip
    assert does[target] in run("make", "-n", target)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_passes_arguments_on() -> None:
    [arguments] = re.findall(r'`make serve (ARGS="[^"]+")`', README)
    assert "serve --port 8080" in run("make", "-n", "serve", arguments.replace('"', ""))


def test_the_two_commands_stand_in_blocks_of_their_own() -> None:
    assert blocks("Start", "sh")[:2] == ["make serve\n", "make test\n"]


def test_the_lines_for_windows_are_those_for_macos() -> None:
    [windows] = blocks("Start", "bat")
    macos = blocks("Start", "sh")[2]
    assert windows.replace("\\Scripts\\", "/bin/").replace("python ", "python3 ") == macos


def test_the_lines_without_make_do_what_they_say(tmp_path: Path) -> None:
    environment, install, serve = (line.split() for line in blocks("Start", "sh")[2].splitlines())
    assert environment[0] == "python3"
    run(sys.executable, *environment[1:], "--without-pip", cwd=tmp_path)
    assert (tmp_path / ".venv").is_dir()

    # Only the project itself: what it needs would come from the network.
    assert install[0] == ".venv/bin/pip"
    offline = ("--dry-run", "--no-deps", "--no-index", "--no-build-isolation")
    said = run(
        sys.executable, "-m", "pip", *install[1:], *offline, PIP_DISABLE_PIP_VERSION_CHECK="1"
    )
    assert "Would install gradwalk-" in said

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert Path(serve[0]).name in project["scripts"]
    with serving(*serve[2:]) as started:
        assert started.ask("GET", "/")[0] == 200


def test_the_constraints_pin_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {name.lower() for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    assert {need.split("[")[0] for need in project["dependencies"]} <= pinned


def test_the_options_of_the_command_exist() -> None:
    options = set(re.findall(r"(?<=[ \"])--[a-z]+", README))
    assert options
    commands = ("serve", "export", "worksheet", "lesson grade")
    helps = "".join(run(str(GRADWALK), *command.split(), "--help") for command in commands)
    assert options <= set(re.findall(r"--[a-z]+", helps))


def test_the_example_by_rest_prints_what_stands_below_it(server: Server) -> None:
    [command], [printed] = blocks("By REST", "sh"), blocks("By REST", "text")
    assert command.count(SITE) == 1
    assert run("sh", "-c", command.replace(SITE, server.url)) == printed.replace(SITE, server.url)


def test_the_link_of_the_example_opens(server: Server) -> None:
    address = urlsplit(blocks("By REST", "text")[0].splitlines()[-1])
    for step in ("", "&step=4"):
        assert server.ask("GET", f"{address.path}?{address.query}{step}")[0] == 200


def test_the_file_that_plays_by_itself_is_as_large_as_told(server: Server, tmp_path: Path) -> None:
    [command] = blocks("A file that plays by itself", "sh")
    run("sh", "-c", command.replace(SITE, server.url), cwd=tmp_path)
    assert 500_000 < (tmp_path / "chain.html").stat().st_size < 700_000


def test_the_trainings_print_what_stands_below_them(server: Server) -> None:
    heading = "Train a network"
    [command], [code] = blocks(heading, "sh"), blocks(heading, "python")
    by_command, by_code = blocks(heading, "text")
    assert run("sh", "-c", command.replace(SITE, server.url)) == by_command
    assert run(sys.executable, "-W", "error", "-c", code.replace(SITE, server.url)) == by_code


def test_a_network_goes_on_in_numpy_and_in_a_copy(server: Server) -> None:
    [command], [printed] = (blocks("Take a network along", kind) for kind in ("sh", "text"))
    assert run("sh", "-c", command.replace(SITE, server.url)) == printed


def test_the_files_that_are_named_are_those_of_the_table() -> None:
    assert [cells[0].strip("`") for cells in rows("Take a network along")] == list(FORMATS)


@pytest.mark.parametrize("path", ["/docs", "/docs/ops", "/healthz", "/readyz", "/embed/lab"])
def test_the_addresses_that_are_named_answer(server: Server, path: str) -> None:
    assert f"`{path}`" in README or f"`GET {path}`" in README
    assert server.ask("GET", path)[0] == 200


def test_the_example_in_python_prints_what_stands_below_it() -> None:
    [code], [printed] = blocks("In Python", "python"), blocks("In Python", "text")
    assert run(sys.executable, "-W", "error", "-c", code) == printed


def test_what_is_said_of_check_gradients_holds() -> None:
    code = blocks("In Python", "python")[0] + "print(set(engine.check_gradients(graph, values)))\n"
    assert "engine.check_gradients(graph, values)" in section("In Python")
    assert all(leaf in run(sys.executable, "-c", code).splitlines()[-1] for leaf in ("x1", "w2"))


def test_an_operation_added_as_described_is_tested_by_the_table(copy: Path) -> None:
    append(copy / "engine/ops/functions.py", blocks("An operation", "python")[0])
    append(copy / "engine/ops/functions.py", "ROWS = (*ROWS, CUBE)\n")
    chosen = "cube or names_every_function"
    said = run(sys.executable, "-m", "pytest", "-q", "-k", chosen, "tests/engine", cwd=copy)
    assert int(re.findall(r"(\d+) passed", said)[0]) > 3
    code = 'import engine; print(engine.evaluate(engine.parse("cube(x)"), {"x": 2}).grads["x"])'
    assert run(sys.executable, "-c", code, cwd=copy) == "12.0\n"


def test_a_page_and_a_lesson_added_as_described_are_served(copy: Path) -> None:
    (copy / "templates/about.html").write_text(blocks("A page", "jinja")[0], encoding="utf-8")
    append(copy / "app/routes/pages.py", "\n\n" + blocks("A page", "python")[0])
    [name] = re.findall(r"`(\d+-[\w-]+\.toml)`:", section("A lesson"))
    lesson = copy / "app/lessons" / name
    lesson.write_text(blocks("A lesson", "toml")[0], encoding="utf-8")
    run(sys.executable, "-m", "pytest", "-q", "tests/app/test_lesson_files.py", cwd=copy)

    slug = lesson.stem.split("-", 1)[1]
    command = copy / "gradwalk"
    command.write_text(
        f"#!{sys.executable}\nimport sys\nfrom app.cli import main\nsys.exit(main())\n"
    )
    command.chmod(0o755)
    with serving(command=command, cwd=copy) as server:
        assert server.ask("GET", "/about")[0] == 200
        assert server.ask("GET", f"/lessons/{slug}")[0] == 200
        assert f"/lessons/{slug}" in server.ask("GET", "/")[2].decode()


def test_every_folder_and_file_that_is_named_exists() -> None:
    folders = [cells[0].strip("`") for cells in rows("The folders")]
    assert {"engine", "app", "static", "templates", "tests"} <= set(folders)
    assert all((ROOT / folder).is_dir() for folder in folders)
    for file in re.findall(r"`((?:engine|app|tests)/[\w/]+\.\w+)`", README):
        assert (ROOT / file).is_file(), file
    for file in ("static/css/tokens.css", "static/vendor/manifest.json"):
        assert Path(file).name in README
        assert (ROOT / file).is_file()


def test_every_link_inside_the_readme_leads_to_a_file() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert {"docs/stage.png", "LICENSE"} <= set(targets)
    assert all((ROOT / target).is_file() for target in targets)


def test_the_picture_is_a_png_and_light() -> None:
    picture = (ROOT / "docs/stage.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) < 200_000


def test_the_keys_are_those_of_the_page() -> None:
    signs = {"ArrowRight": "→", "ArrowLeft": "←", " ": "Space"}
    code = (ROOT / "static/keys.js").read_text(encoding="utf-8")
    [table] = re.findall(r"export const KEYS = \{(.*?)\};", code, re.DOTALL)
    keys = [quoted or bare for quoted, bare in re.findall(r'(?:"([^"]+)"|\b(\w+)): "', table)]
    told = {word for cells in rows("Use") for word in re.split(r",? (?:or )?", cells[0])}
    shown = {signs.get(key, key.upper() if len(key) == 1 else key) for key in keys}
    on_cards = {"↑", "↓", "Shift+←", "Shift+→"}
    assert shown | on_cards | {"Ctrl+Z", "Ctrl+Y"} == told


def test_the_settings_are_those_of_the_server() -> None:
    told = {variable.strip("`"): default for variable, default, _ in rows("Run a server")}
    fields = {f"GRADWALK_{name.upper()}": f for name, f in Settings.model_fields.items()}
    assert list(told) == list(fields)
    for variable, field in fields.items():
        shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
        assert told[variable] == (f"`{shown}`" if shown not in (None, "") else "none")


def test_the_worksheets_of_the_readme_are_printed(tmp_path: Path) -> None:
    _, text = blocks("Practice", "sh")
    for command in text.splitlines():
        call = command.replace("gradwalk", str(GRADWALK), 1)
        done = subprocess.run(["sh", "-c", call], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"exam.pdf", "worksheet.pdf"}
