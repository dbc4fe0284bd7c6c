"""Whose turn it is to write: racing writes to one network run one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from app.errors import Refused
from app.store.ids import Hashed
from engine.sentence import say

PATIENCE = 2.0


class Turns:
    """One lock per network, for as long as somebody holds it or waits for it."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._locks: WeakValueDictionary[Hashed, asyncio.Lock] = WeakValueDictionary()
        self._patience = patience

    @asynccontextmanager
    async def of(self, network: Hashed) -> AsyncIterator[None]:
        """Wait for the turn, and hold it; refuse with 409 if it does not come in two seconds."""
        lock = self._locks.setdefault(network, asyncio.Lock())
        if lock.locked():
            try:
                async with asyncio.timeout(self._patience):
                    await lock.acquire()
            except TimeoutError:
                raise busy() from None
        else:
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()


def busy() -> Refused:
    """Return the refusal of a write whose turn has not come."""
    return Refused(
        409,
        say(
            "Another write to this network, such as a training that is streamed, goes "
            "on; wait for its end, or close its stream, and send this again."
        ),
        {"Retry-After": "1"},
    )
