"""What the C library's allocator keeps: as few heaps as will do, and none of what is free.

It makes a heap for each thread that allocates while another does, eight for each core, and a burst
leaves all of them large with little in them. Other libraries than glibc have no such functions.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
from typing import Any

HEAPS = 2
# mallopt's number for it, of malloc.h.
M_ARENA_MAX = -8
# Seconds from one return of free memory to the next; it takes about a millisecond.
RETURNED = 60.0


def share_heaps() -> None:
    """Let all threads share few heaps; called before they are started."""
    mallopt = _function("mallopt")
    if mallopt is not None:
        mallopt(M_ARENA_MAX, HEAPS)


async def give_back() -> None:
    """Return to the system, once a minute, what is free; until cancelled."""
    trim = _function("malloc_trim")
    while trim is not None:
        await asyncio.sleep(RETURNED)
        # Without the interpreter's lock, beside whatever is answered.
        await asyncio.to_thread(trim, 0)


def _function(name: str) -> Any:
    """Return a function of the C library, None where it has none of that name."""
    return getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
