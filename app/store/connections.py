"""Connections to a database, and how jobs on them run: asynchronously, by SQLAlchemy.

A job is a plain function of a connection. A database that is reached by a network may stop
answering at any moment: nothing waits for it longer than `SECONDS`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import create_async_engine

from app.store.address import is_sqlite
from app.store.sqlite import SQLite

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
        return SQLite(url, begin, most, pragmas)
    return _Reached(url, most, patient)


class _Reached:
    """Connections to a database that is reached by a network."""

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
