"""`gradwalk export --format html`: the file of `POST /players`, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.app.client import Client

PROGRAM = "q = x + y; f = q * z"
CASES: list[tuple[list[str], dict[str, Any]]] = [
    (["matrices", "--lang", "pt-BR"], {"lesson": "matrices", "lang": "pt-BR"}),
    ([PROGRAM, "--value", "x=2", "--value", "y=[3]", "--value", "z=4", "--step", "3"],
     {"program": PROGRAM, "values": {"x": 2, "y": [3], "z": 4}, "step": 3}),
]  # fmt: skip
REFUSED = [["f = ("], ["f = x"], [PROGRAM, "--value", "x=true"], ["matrices", "--scene", "2"],
           ["f = 2 * 3", "--step", "9"]]  # fmt: skip


@pytest.mark.parametrize(("arguments", "asked"), CASES)
def test_the_command_line_makes_the_same_bytes(
    client: Client, tmp_path: Path, arguments: list[str], asked: dict[str, Any]
) -> None:
    file = tmp_path / "own.html"
    assert main(["export", *arguments, "--format", "html", "-o", str(file)]) == 0
    assert file.read_bytes() == client.post("/players", asked).content


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_cannot_be_played_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    file = tmp_path / "own.html"
    assert main(["export", *arguments, "--format", "html", "-o", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.endswith(".\n") and "Traceback" not in said
    assert not file.exists()
