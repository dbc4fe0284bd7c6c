"""The command `gradwalk worksheet`: pages of A4, variants and then their keys."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app.export.figure import NoFigure
from app.export.variants import paper
from tests.app.process import GRADWALK

A4 = (595, 842)
ACROSS = (842, 595)


def worksheet(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(GRADWALK), "worksheet", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


def sizes(file: Path) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
    return [(round(float(w)), round(float(h))) for w, h in boxes]


def test_a_template_has_its_sheets_per_seed_and_as_many_with_the_key(tmp_path: Path) -> None:
    done = worksheet(tmp_path, "net", "--level", "4", "--seed", "1", "2", "3", "-o", "net.pdf",
                     "--lang", "pt-BR")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert sizes(tmp_path / "net.pdf") == [ACROSS] * 12


def test_a_lesson_gets_other_numbers_and_a_program_its_own(tmp_path: Path) -> None:
    assert worksheet(tmp_path, "two-neuron-chain", "--seed", "5", "6").returncode == 0
    assert sizes(tmp_path / "worksheet.pdf") == [ACROSS] * 4
    given = ("q = x + y; f = q * z", "--value", "x=2", "--value", "y=3", "--value", "z=4")
    assert worksheet(tmp_path, *given, "--blank", "q,z", "-o", "own.pdf").returncode == 0
    assert sizes(tmp_path / "own.pdf") == [A4] * 2
    done = worksheet(tmp_path, *given, "--blank", "q,nope", "-o", "none.pdf")
    assert (done.returncode, "nope" in done.stderr) == (1, True)
    assert not (tmp_path / "none.pdf").exists()


@pytest.mark.parametrize(
    ("name", "state", "seeds", "level", "said"),
    [
        ("chain", {}, [1], 9, "level"),
        ("chain", {}, [-1], 1, "seed"),
        ("f = x +", {}, [1], 1, "cannot be read"),
        ("matrices", {"scene": "99"}, [1], 1, "scenes"),
    ],
)
def test_what_there_is_none_of_is_told(
    name: str, state: dict[str, str], seeds: list[int], level: int, said: str
) -> None:
    with pytest.raises(NoFigure) as caught:
        paper(name, state, seeds, level, "all")
    assert said in str(caught.value)
