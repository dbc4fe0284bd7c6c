"""Computations of requests that keep nothing: in a thread when its turn comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from anyio import to_thread
from fastapi import Request

from app.errors import Refused
from app.limits import DOOR
from engine import deadline
from engine.sentence import say

T = TypeVar("T")
# What Python says where there is no memory for a thread's stack.
NO_THREAD = "can't start new thread"


async def in_thread(request: Request, work: Callable[..., T], *arguments: object) -> T:
    """Run work beside the event loop, for as long as one request may compute.

    Refuses it with 503 if too many wait; raises OutOfTime if it takes longer.
    """
    refuse_if_full(request)
    state = request.app.state
    seconds = state.settings.computation_seconds
    try:
        return await to_thread.run_sync(timed, seconds, work, *arguments, limiter=state.workers)
    except RuntimeError as error:
        if str(error) == NO_THREAD:
            raise MemoryError(NO_THREAD) from error
        raise


def timed(seconds: float, work: Callable[..., T], *arguments: object) -> T:
    """Run work that ends with OutOfTime if it takes longer."""
    with deadline.within(seconds):
        return work(*arguments)


def measured(work: Callable[[], T]) -> tuple[T, float]:
    """Run work, and tell how many seconds this thread has computed."""
    started = time.thread_time()
    found = work()
    return found, time.thread_time() - started


def refuse_if_full(request: Request) -> None:
    """Raise Refused with 503 if too many computations wait."""
    if request.app.state.workers.statistics().tasks_waiting >= DOOR.computations_waiting:
        raise Refused(
            503, say("Too many computations are waiting; try again."), {"Retry-After": "1"}
        )
