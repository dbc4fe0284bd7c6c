"""Connections to a database, and where jobs on them run: in threads, or asynchronously.

A job is a plain function of a connection. SQLite is called from a thread, which takes a whole job
at once: taking every statement there by itself took more time than the statements. A database
that is reached by a network may stop answering at any moment: nothing waits for it longer than
`SECONDS`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import create_async_engine

from app.store.address import is_sqlite

T = TypeVar("T")
Job = Callable[[Connection], T]

# How long a job may wait for a connection and take, where it is reached by a network.
SECONDS = 5.0
# What PostgreSQL itself ends, in milliseconds: it does not see that nobody waits any more.
SESSION = {
    "statement_timeout": "5000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
}
# Classes of SQLSTATE: no connection; the server stops, starts or is stopped by its operator.
GONE = ("08", "57P")
SILENT = "the database does not answer"


class Lost(Exception):
    """The database cannot be reached, or went away; what was being committed may be kept or not."""


class Connections(Protocol):
    """Some connections; each job has one to itself, in a transaction."""

    async def keep(self, job: Job[T]) -> T:
        """Run a job, and commit what it did."""

    async def look(self, job: Job[T]) -> T:
        """Run a job that changes nothing."""

    async def close(self) -> None:
        """Disconnect, once all jobs are done."""


def connections(
    url: URL, begin: str, most: int, pragmas: Sequence[str] = (), patient: bool = False
) -> Connections:
    """Return so many connections; `begin` and `pragmas` are said to SQLite alone.

    `patient`: a job may take as long as it takes, as those of an operator may.
    """
    if is_sqlite(url):
        return _Threads(url, begin, most, pragmas)
    return _Asynchronous(url, most, patient)


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
    def __init__(self, url: URL, most: int, patient: bool) -> None:
        self._seconds = None if patient else SECONDS
        given = {} if patient else {"command_timeout": SECONDS, "server_settings": SESSION}
        self._engine = create_async_engine(
            url, pool_size=most, max_overflow=0, pool_timeout=SECONDS,
            connect_args={"timeout": SECONDS, **given},
        )  # fmt: skip
        # Each statement sees what is committed when it begins, with a transaction or without, and
        # to begin and end one takes two ways there and back.
        self._looks = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def keep(self, job: Job[T]) -> T:
        return await self._in_time(job, keep=True)

    async def look(self, job: Job[T]) -> T:
        return await self._in_time(job, keep=False)

    async def _in_time(self, job: Job[T], keep: bool) -> T:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._run(job, keep)
        except (OSError, NoConnection) as error:
            raise Lost(str(error) or SILENT) from error

    async def _run(self, job: Job[T], keep: bool, again: bool = True) -> T:
        """Run a job; anew if its connection breaks before anything can have been committed."""
        committing = False
        try:
            async with (self._engine if keep else self._looks).connect() as connection:
                found = await connection.run_sync(job)
                committing = keep
                if keep:
                    await connection.commit()
                return found
        except DBAPIError as error:
            state = getattr(error.orig, "pgcode", None) or ""
            if not (error.connection_invalidated or state.startswith(GONE)):
                raise
            if committing or not again:
                raise Lost(str(error.orig)) from error
        return await self._run(job, keep, again=False)

    async def close(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
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
