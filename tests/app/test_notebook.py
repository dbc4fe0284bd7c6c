"""What a notebook shows of a run: by an entry point, since the engine imports nothing of ours."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest

import engine
from app.player.notebook import shown
from engine import showing
from engine.evaluate import Descent

ROOT = Path(__file__).parents[2]
PRODUCT = engine.evaluate(engine.parse("q = x + y\nf = q * z"), {"x": 2, "y": 3, "z": 4})


def test_the_package_names_what_shows_a_run() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [(name, value)] = project["entry-points"][showing.GROUP].items()
    assert EntryPoint(name, value, showing.GROUP).load() is shown


def test_a_run_is_shown_by_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shows-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shows\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[gradwalk.notebook]\nplain = shows:html\n")
    (tmp_path / "shows.py").write_text("def html(run):\n    return f'<b>{run.value}</b>'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert PRODUCT._repr_html_() == "<b>20.0</b>"
    (tmp_path / "shows.py").write_text("")


def test_without_anything_installed_there_is_no_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "entry_points", lambda **_: ())
    assert PRODUCT._repr_html_() is None


def test_a_frame_holds_the_pass_and_is_sandboxed() -> None:
    html = shown(PRODUCT) or ""
    assert html.startswith('<iframe sandbox="allow-scripts" title="Gradwalk"')
    assert html.count("<") == 2
    assert len(html) < 1_100_000


def test_what_cannot_be_played_is_left_to_the_notebook() -> None:
    bare = engine.Graph(PRODUCT.graph.nodes, "f")
    assert shown(engine.evaluate(bare, {"x": 2, "y": 3, "z": 4})) is None
    long = "; ".join(f"a{i}={f'a{i - 1}' if i else 'x'}*2" for i in range(450))
    assert shown(engine.evaluate(engine.parse(long), {"x": 1})) is None
    assert shown(engine.evaluate(engine.parse("x * 2"), {"x": np.inf})) is None


@pytest.mark.parametrize(
    ("program", "values", "constants", "update"),
    [
        ("f = x @ w", {"x": [[1, 2]], "w": [[3], [4]]}, ["x"], Descent(0.1, ("w",))),
        ("x * 2", {"x": np.array([1.0, 2.0])}, [], None),
        ("log(x)", {"x": -1.0}, [], None),
    ],
)
def test_any_run_can_be_shown(
    program: str, values: dict[str, object], constants: list[str], update: Descent | None
) -> None:
    run = engine.evaluate(engine.parse(program), values, constants, update)
    assert shown(run) is not None
