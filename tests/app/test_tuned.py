"""A process that serves is tuned for it, one of several workers as well."""

from __future__ import annotations

import json
import subprocess
import sys

from app.serving import FACTORY
from app.tuned import SWITCH, YOUNG

_SAID = f"""
import gc, json, sys
from importlib import import_module
module, name = {FACTORY!r}.split(":")
app = vars(import_module(module))[name]()
print(json.dumps([type(app).__name__, sys.getswitchinterval(), gc.get_threshold()[0],
                  gc.get_freeze_count(), len(gc.get_objects())]))
"""


def test_a_worker_leaves_what_stays_out_of_every_collection() -> None:
    said = subprocess.run([sys.executable, "-c", _SAID], capture_output=True, text=True, check=True)
    name, switch, young, frozen, collected = json.loads(said.stdout)
    assert name == "FastAPI"
    assert abs(switch - SWITCH) < 1e-6
    assert young == YOUNG
    assert frozen > 50_000 > 10 * collected
