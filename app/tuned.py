"""How a process that serves is tuned: when threads take turns, what is collected, and heaps."""

from __future__ import annotations

import gc
import sys

from fastapi import FastAPI

from app.main import create_app
from app.memory import share_heaps

# Computing threads give way to the event loop after so many seconds: beside eight large trainings
# 99 of 100 steps took at most 62 ms, and 135 ms with Python's own 0.005.
SWITCH = 0.002
# New objects after which the young are looked at, Python's own 700; an answer makes hundreds, and
# hardly any of them in a cycle.
YOUNG = 10_000


def tune() -> None:
    """Let threads take turns more often, and never look for garbage in what stays until the end.

    Called once the application is there, whose modules and models are some hundred thousand
    objects: to look through them takes as long as dozens of answers.
    """
    share_heaps()
    sys.setswitchinterval(SWITCH)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def application() -> FastAPI:
    """Return the application of one worker of several, by its environment."""
    app = create_app()
    tune()
    return app
