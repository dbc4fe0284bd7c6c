"""A process that serves is tuned for it, alone and as one of several workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.serving import FACTORY
from app.tuned import SWITCH, YOUNG

_TELL = """
import gc, json, sys
def tell():
    print(json.dumps([sys.getswitchinterval(), gc.get_threshold()[0], gc.get_freeze_count(),
                      len(gc.get_objects())]))
"""
_WORKER = f"""{_TELL}
from importlib import import_module
module, name = {FACTORY!r}.split(":")
app = vars(import_module(module))[name]()
tell()
"""
# Where uvicorn would begin to answer.
_ALONE = f"""{_TELL}
import uvicorn
from app.cli import main
uvicorn.Server.run = lambda self, sockets: tell()
main(["serve", "--port", "0"])
"""


@pytest.mark.parametrize("script", [_WORKER, _ALONE], ids=["worker", "alone"])
def test_what_stays_is_left_out_of_every_collection(script: str, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
    )  # fmt: skip
    switch, young, frozen, collected = json.loads(said.stdout.splitlines()[-1])
    assert abs(switch - SWITCH) < 1e-6
    assert young == YOUNG
    assert frozen > 50_000 > 10 * collected
