"""The wire between processes that PostgreSQL is: NOTIFY as a write is committed, and LISTEN."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.store.news import ANSWERED, CHANNEL, NAME, TRIED


class ByNotify:
    """A connection of its own that listens; what is told, `announce` tells with the write."""

    def __init__(self, url: URL) -> None:
        self._url = url

    async def listen(self, heard: Callable[[str], None], begun: Callable[[], None]) -> None:
        """Listen on one connection until it is lost, or passes nothing on."""
        engine = create_async_engine(
            self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT",
            connect_args={"timeout": ANSWERED, "command_timeout": ANSWERED,
                          "server_settings": {"application_name": NAME}},
        )  # fmt: skip
        async with engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            lost, echo = asyncio.Event(), asyncio.Event()
            driver.add_termination_listener(lambda _: lost.set())

            def notified(_driver: Any, _process: int, _channel: str, what: str) -> None:
                if what:
                    heard(what)
                else:
                    echo.set()

            try:
                await driver.add_listener(CHANNEL, notified)
                hears = False
                while not lost.is_set():
                    await _tried(driver, echo)
                    if not hears:
                        hears = True
                        begun()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(TRIED):
                            await lost.wait()
            finally:
                driver.terminate()

    async def tell(self, what: str) -> None:
        """The store has told it as it committed the write."""

    async def close(self) -> None:
        """Each connection ends with its `listen`."""


async def _tried(driver: Any, echo: asyncio.Event) -> None:
    """Raise TimeoutError unless what is told comes back."""
    echo.clear()
    async with asyncio.timeout(ANSWERED):
        await driver.execute(f"NOTIFY {CHANNEL}")
        await echo.wait()
