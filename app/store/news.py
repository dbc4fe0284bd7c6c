"""News of sweeps: what one process stores, those that wait for it hear of at once.

PostgreSQL tells every process that listens, by NOTIFY as a write is committed and by LISTEN on a
connection of its own; in SQLite there is one process, which tells itself. News may go missing, as
while a connection is made anew, and a store that answers through a pool may pass none on: whoever
waits asks the store all the same after `patience` seconds. The news are no secret: the store's
hashes of ids open nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal

from sqlalchemy import URL, Connection, func, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.store.address import is_sqlite
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


def announce(connection: Connection, kind: Kind, sweep: Hashed) -> None:
    """Tell all processes once what was written beside is committed; SQLite has no others."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, f"{kind} {sweep}")))


class News:
    """Who waits for what, in this process; others are heard as long as `run` runs."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._hears = is_sqlite(url)
        self._events: dict[Hashed, set[asyncio.Event]] = {}
        self._listeners: list[Heard] = []
        self._echo = asyncio.Event()

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
        """Tell this process, of what it has stored itself or of what another one has."""
        for event in self._events.get(sweep, ()):
            event.set()
        for heard in self._listeners:
            heard(kind, sweep)

    async def run(self) -> None:
        """Listen until cancelled, on one connection after the other."""
        if is_sqlite(self._url):
            return
        wait, said = SOONEST, False
        while True:
            try:
                await self._listen()
            except Exception as error:
                # Whatever it is, the store is asked meanwhile; and it is said once.
                if self._hears or not said:
                    log.warning("News of sweeps come late: %s", type(error).__name__)
                said = True
            wait = SOONEST if self._hears else min(LATEST, 2 * wait)
            self._hears = False
            self._look()
            await asyncio.sleep(wait)

    async def _listen(self) -> None:
        """Listen on one connection until it is lost, or passes nothing on."""
        engine = create_async_engine(
            self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT",
            connect_args={"timeout": ANSWERED, "command_timeout": ANSWERED,
                          "server_settings": {"application_name": NAME}},
        )  # fmt: skip
        async with engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            lost = asyncio.Event()
            driver.add_termination_listener(lambda _: lost.set())
            try:
                await driver.add_listener(CHANNEL, self._notified)
                while not lost.is_set():
                    await self._try(driver)
                    if not self._hears:
                        self._hears = True
                        # Something may have happened before.
                        self._look()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(TRIED):
                            await lost.wait()
            finally:
                driver.terminate()

    async def _try(self, driver: Any) -> None:
        """Raise TimeoutError unless what is told comes back."""
        self._echo.clear()
        async with asyncio.timeout(ANSWERED):
            await driver.execute(f"NOTIFY {CHANNEL}")
            await self._echo.wait()

    def _notified(self, _driver: Any, _process: int, _channel: str, said: str) -> None:
        kind, _, sweep = said.partition(" ")
        match kind:
            case "moved" | "cancelled":
                self.tell(kind, Hashed(sweep))
            case _:
                self._echo.set()

    def _look(self) -> None:
        """Have everyone ask the store, as news may have gone missing."""
        for event in (one for events in self._events.values() for one in events):
            event.set()
