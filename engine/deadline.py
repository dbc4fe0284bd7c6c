"""How long a computation may take: who starts it says so, and its loops look at the clock.

The time holds for what one thread does inside `within`, however deep, so that no pass need be told
of it. Without it, a computation takes as long as it takes.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .errors import OutOfTime

_END: ContextVar[float] = ContextVar("end", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let what is done inside take so many seconds; an earlier end that holds already stays."""
    end = min(_END.get(), time.monotonic() + seconds)
    token = _END.set(end)
    try:
        yield
    finally:
        _END.reset(token)


def look() -> None:
    """Raise OutOfTime if the time is up."""
    if time.monotonic() > _END.get():
        raise OutOfTime
