"""A long computation for one answer, done in slices: what waits has its turn between them."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TypeVar

from app.errors import Refused
from app.trainer import Trainer
from engine.sentence import Sentence, say

T = TypeVar("T")
SLICE = 0.02


async def in_slices(trainer: Trainer, work: Generator[None, None, T], advice: Sentence) -> T:
    """Run work to its end; refuse with 503, and with advice, what outlasts its time limit."""
    deadline = trainer.deadline()
    while True:
        ended: tuple[T] | None = await trainer.compute(_slice, work, long=True)
        if ended is not None:
            return ended[0]
        if time.monotonic() > deadline:
            work.close()
            raise Refused(
                503,
                say(
                    "This would take longer than one request may compute, and nothing was "
                    "changed. {advice}",
                    advice=advice,
                ),
                {"Retry-After": "1"},
            )


def _slice(work: Generator[None, None, T]) -> tuple[T] | None:
    """Go on for some milliseconds; return the result once there is one."""
    until = time.monotonic() + SLICE
    while time.monotonic() < until:
        try:
            next(work)
        except StopIteration as ended:
            return (ended.value,)
    return None
