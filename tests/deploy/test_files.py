"""The other files for operators: what they name exists, and what they set is accepted."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from app.cli import _parser
from app.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"


def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "gradwalk.service", encoding="utf-8")
    return parser


def test_the_unit_starts_a_command_that_there_is() -> None:
    program, *arguments = unit()["Service"]["ExecStart"].split()
    assert program == "/opt/gradwalk/bin/gradwalk"
    options = _parser().parse_args(arguments)
    assert (options.hosted, options.log) == (True, "json")


@pytest.mark.parametrize("file", ["gradwalk.service", "Dockerfile", "compose.yml"])
def test_every_setting_that_is_named_exists(file: str) -> None:
    names = re.findall(r"GRADWALK_([A-Z_]+)[=:]", (DEPLOY / file).read_text("utf-8"))
    assert names
    assert {name.lower() for name in names} <= set(Settings.model_fields)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_unit_and_finds_little_exposed(tmp_path: Path) -> None:
    # The program itself is not installed here.
    text = (DEPLOY / "gradwalk.service").read_text("utf-8")
    file = tmp_path / "gradwalk.service"
    file.write_text(text.replace("/opt/gradwalk/bin/gradwalk", "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    own = [line for line in done.stderr.splitlines() if "gradwalk.service" in line]
    assert not own, own
