"""News of sweeps: what one process stores, those that wait for it hear of at once.

Several processes hear each other by a wire: PostgreSQL's NOTIFY, or Redis where it is set; with
SQLite there is one process, which tells itself. News may go missing, as while a connection is made
anew, and a store that answers through a pool may pass none on: whoever waits asks the store all the
same after `patience` seconds. The news are no secret: the store's hashes of ids open nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, Protocol

from sqlalchemy import Connection, func, select

from app.store.ids import Hashed

log = logging.getLogger("gradwalk")
# `moved`: a run has ended, or the state is another; `cancelled`: whoever works on it may stop.
Kind = Literal["moved", "cancelled"]
Heard = Callable[[Kind, Hashed], None]
CHANNEL = "gradwalk_sweeps"
# What an operator sees the listening connections called.
NAME = "gradwalk news"
# In seconds: the store is asked so often with news, and without; a connection is tried so often,
# and must answer within so many; and so long after one was lost another one is made.
LISTENING, DEAF = 2.0, 0.3
TRIED, ANSWERED = 5.0, 3.0
SOONEST, LATEST = 0.5, 10.0


class Wire(Protocol):
    """What connects the processes. Whatever is told reaches all who listen, the teller too."""

    async def listen(self, heard: Callable[[str], None], begun: Callable[[], None]) -> None:
        """Listen on one connection until it is lost, or passes nothing on.

        `heard` takes what is told, and `begun` is called once what is told comes back.
        """

    async def tell(self, what: str) -> None:
        """Tell all, unless the store has as it committed what it is of."""

    async def close(self) -> None:
        """Leave."""


def announce(connection: Connection, kind: Kind, sweep: Hashed) -> None:
    """Tell all processes once what was written beside is committed; SQLite has no others."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, f"{kind} {sweep}")))


class News:
    """Who waits for what, in this process; others are heard as long as `run` runs."""

    def __init__(self, wire: Wire | None) -> None:
        """`wire` connects it with other processes, where there are any."""
        self._wire = wire
        self._hears = wire is None
        self._events: dict[Hashed, set[asyncio.Event]] = {}
        self._listeners: list[Heard] = []
        self._saying: set[asyncio.Task[None]] = set()

    @property
    def patience(self) -> float:
        """How long to wait for news before the store is asked, in seconds."""
        return LISTENING if self._hears else DEAF

    def listen(self, heard: Heard) -> None:
        """Call a function with all news."""
        self._listeners.append(heard)

    @contextmanager
    def of(self, sweep: Hashed) -> Iterator[asyncio.Event]:
        """Yield an event that is set whenever there is news of a sweep."""
        event = asyncio.Event()
        self._events.setdefault(sweep, set()).add(event)
        try:
            yield event
        finally:
            self._events[sweep].discard(event)
            if not self._events[sweep]:
                del self._events[sweep]

    def tell(self, kind: Kind, sweep: Hashed) -> None:
        """Tell of what this process has stored: itself at once, and the others."""
        self._spread(kind, sweep)
        if self._wire is not None:
            task = asyncio.create_task(self._tell(self._wire, f"{kind} {sweep}"))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def run(self) -> None:
        """Listen until cancelled, on one connection after the other."""
        if self._wire is None:
            return
        wait, said = SOONEST, False
        try:
            while True:
                try:
                    await self._wire.listen(self._heard, self._begun)
                except Exception as error:
                    # Whatever it is, the store is asked meanwhile; and it is said once.
                    if self._hears or not said:
                        log.warning("News of sweeps come late: %s", type(error).__name__)
                    said = True
                wait = SOONEST if self._hears else min(LATEST, 2 * wait)
                self._hears = False
                self._look()
                await asyncio.sleep(wait)
        finally:
            await self._wire.close()

    async def _tell(self, wire: Wire, what: str) -> None:
        try:
            await wire.tell(what)
        except Exception as error:
            # Others ask the store; that the wire is cut is told by who listens.
            log.debug("News of a sweep were not passed on: %s", type(error).__name__)

    def _begun(self) -> None:
        self._hears = True
        # Something may have happened before.
        self._look()

    def _heard(self, what: str) -> None:
        kind, _, sweep = what.partition(" ")
        match kind:
            case "moved" | "cancelled":
                self._spread(kind, Hashed(sweep))

    def _spread(self, kind: Kind, sweep: Hashed) -> None:
        for event in self._events.get(sweep, ()):
            event.set()
        for heard in self._listeners:
            heard(kind, sweep)

    def _look(self) -> None:
        """Have everyone ask the store, as news may have gone missing."""
        for event in (one for events in self._events.values() for one in events):
            event.set()
