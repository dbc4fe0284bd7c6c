"""Connections to a database, and where jobs on them run: in threads, or asynchronously.

A job is a plain function of a connection. SQLite is called from a thread, which takes a whole job
at once: taking every statement there by itself took more time than the statements.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine

from app.store.address import is_sqlite

T = TypeVar("T")
Job = Callable[[Connection], T]


class Connections(Protocol):
    """Some connections; each job has one to itself, in a transaction."""

    async def keep(self, job: Job[T]) -> T:
        """Run a job, and commit what it did."""

    async def look(self, job: Job[T]) -> T:
        """Run a job that changes nothing."""

    async def close(self) -> None:
        """Disconnect, once all jobs are done."""


def connections(url: URL, begin: str, most: int, pragmas: Sequence[str] = ()) -> Connections:
    """Return so many connections; `begin` and `pragmas` are said to SQLite alone."""
    return _Threads(url, begin, most, pragmas) if is_sqlite(url) else _Asynchronous(url, most)


class _Threads:
    def __init__(self, url: URL, begin: str, most: int, pragmas: Sequence[str]) -> None:
        self._engine = create_engine(url, pool_size=most, max_overflow=0, pool_timeout=10)
        _prepare(self._engine, begin, pragmas)
        self._threads = ThreadPoolExecutor(most, "store")

    async def keep(self, job: Job[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._keep, job)

    def _keep(self, job: Job[T]) -> T:
        with self._engine.begin() as connection:
            return job(connection)

    async def look(self, job: Job[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._look, job)

    def _look(self, job: Job[T]) -> T:
        with self._engine.connect() as connection:
            return job(connection)

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._engine.dispose)
        self._threads.shutdown()


class _Asynchronous:
    def __init__(self, url: URL, most: int) -> None:
        self._engine = create_async_engine(url, pool_size=most, max_overflow=0, pool_timeout=10)

    async def keep(self, job: Job[T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(job)

    async def look(self, job: Job[T]) -> T:
        async with self._engine.connect() as connection:
            return await connection.run_sync(job)

    async def close(self) -> None:
        await self._engine.dispose()


def _prepare(engine: Engine, begin: str, pragmas: Sequence[str]) -> None:
    # The driver would begin transactions by itself, later and without a lock.
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
