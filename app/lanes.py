"""Lanes of threads that compute beside the event loop, each with a queue of its own.

A thread takes its next work by itself: under a limiter in the event loop, it would wait for a turn
of the loop each time, and under load that takes long.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from anyio import CancelScope
from anyio.lowlevel import checkpoint_if_cancelled

from app.errors import Refused
from app.limits import DOOR
from engine.sentence import say

T = TypeVar("T")


class Lane:
    """As many threads as there are cores; what is begun is waited for, even by who is cancelled."""

    def __init__(self, name: str) -> None:
        count = os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(count, name)
        self._inside = 0
        # A thread that cannot be started for want of memory would leave its work behind.
        all_started = Barrier(count)
        for _ in range(count):
            self._threads.submit(all_started.wait)

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Run work when its turn comes; refuse it with 503 if too many wait."""
        if self._inside >= DOOR.computations_waiting:
            raise Refused(
                503, say("Too many computations are waiting; try again."), {"Retry-After": "1"}
            )
        # Here, and not once the work has begun, is where who has left is cancelled.
        await checkpoint_if_cancelled()
        self._inside += 1
        try:
            with CancelScope(shield=True):
                loop = asyncio.get_running_loop()
                found = await loop.run_in_executor(self._threads, work, *arguments)
        finally:
            self._inside -= 1
        return found

    def close(self) -> None:
        """Let the threads end once their work is done."""
        self._threads.shutdown()
