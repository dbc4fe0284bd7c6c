"""A wheel installed into an environment of its own serves every page, from any folder."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.lessons import lessons
from tests.app.process import Server, serving

ROOT = Path(__file__).parents[2]


def python(*arguments: str, executable: str = sys.executable) -> None:
    subprocess.run([executable, "-m", *arguments], check=True, cwd=ROOT, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    python("build", "--wheel", "--no-isolation", "--outdir", str(folder))
    [built] = folder.glob("gradwalk-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the wheel; only its dependencies are borrowed from this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    [library] = home.glob("lib/python*/site-packages")
    python("pip", "install", "--no-deps", "--no-index", "--target", str(library), str(wheel))
    shared = Path(pytest.__file__).parents[1]
    # A plain line adds a folder without reading the .pth files in it, so not this checkout.
    (library / "shared.pth").write_text(f"{shared}\n")
    command = home / "bin" / "gradwalk"
    command.write_text(
        f"#!{home / 'bin' / 'python'}\nimport sys\nfrom app.cli import main\nsys.exit(main())\n"
    )
    command.chmod(0o755)
    with serving(command=command, cwd=tmp_path_factory.mktemp("elsewhere")) as server:
        yield server


def test_the_wheel_holds_code_pages_and_licences_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"app", "engine"}
    assert "app/templates/lab.html" in names
    assert "app/static/vendor/temml/temml.mjs" in names
    assert "app/catalogues/pt-BR.json" in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]
    assert [name for name in names if name.endswith("licenses/LICENSE")]


@pytest.mark.parametrize("path", ["/", "/lab", "/embed/lab", "/docs", "/docs/ops", "/openapi.json"])
def test_an_installed_wheel_serves_every_page(installed: Server, path: str) -> None:
    assert installed.ask("GET", path)[0] == 200


@pytest.mark.parametrize("slug", lessons())
def test_an_installed_wheel_serves_every_lesson(installed: Server, slug: str) -> None:
    status, _, content = installed.ask("GET", f"/lessons/{slug}")
    assert status == 200
    assert slug.encode() in content


def test_an_installed_wheel_serves_the_files_of_its_pages(installed: Server) -> None:
    for path in ("icon.svg", "vendor/lit-html/lit-html.js", "vendor/inter/inter-latin.woff2"):
        assert installed.ask("GET", f"/static/{path}")[0] == 200


def test_an_installed_wheel_computes(installed: Server) -> None:
    status, answer = installed.post("/api/v1/graphs", {"program": "f = x * x", "values": {"x": 3}})
    assert (status, answer["value"]) == (200, 9)


def test_an_installed_wheel_shows_a_run_in_a_notebook(installed: Server, tmp_path: Path) -> None:
    command = installed.process.args
    assert isinstance(command, list)
    python = Path(command[0]).with_name("python")
    code = "import engine; print(engine.evaluate(engine.parse('x*x'), {'x': 3})._repr_html_())"
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith('<iframe sandbox="allow-scripts"'), done.stderr
