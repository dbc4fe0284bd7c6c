"""A process that serves is tuned for it, alone and as one of several workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.memory import HEAPS
from app.serving import FACTORY
from app.tuned import SWITCH, YOUNG

_TELL = """
import gc, json, re, sys, threading
def heaps():
    # Eight threads allocate at once; each heap but the first is of 64 MB at an address of its own.
    at_once = threading.Barrier(8)
    def work():
        at_once.wait()
        kept = [bytes(5_000) for _ in range(2_000)]
        at_once.wait()
        return kept
    threads = [threading.Thread(target=work) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    found = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) ", open("/proc/self/maps").read(), re.M)
    ends = {int(start, 16) for start, _ in found} | {int(end, 16) for _, end in found}
    return sum(one % 2**26 == 0 and one + 2**26 in ends for one in ends)
def tell():
    print(json.dumps([sys.getswitchinterval(), gc.get_threshold()[0], gc.get_freeze_count(),
                      len(gc.get_objects()), heaps()]))
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
    switch, young, frozen, collected, heaps = json.loads(said.stdout.splitlines()[-1])
    assert abs(switch - SWITCH) < 1e-6
    assert young == YOUNG
    assert frozen > 50_000 > 10 * collected
    assert heaps < HEAPS or not sys.platform.startswith("linux")
