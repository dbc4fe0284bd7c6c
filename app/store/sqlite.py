"""SQLAlchemy's asyncio on SQLite, with a whole job in one way to the driver's thread and back.

The driver, aiosqlite, has one thread for each connection, and SQLAlchemy's adapter goes there and
back for every statement, fetch and close, which takes more time than the statements. A job is a
plain function of a connection: here all of it, from BEGIN to COMMIT, runs in that thread, where
the adapter hands out sqlite3's own cursors.
"""

from __future__ import annotations

import sqlite3
from asyncio import LifoQueue
from collections.abc import Callable, Sequence
from functools import partial
from threading import current_thread
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

T = TypeVar("T")


class SQLite:
    """So many connections to one file; each job has one to itself, in a transaction."""

    def __init__(self, url: URL, begin: str, most: int, pragmas: Sequence[str]) -> None:
        """`begin` opens each transaction; `pragmas` are said to each new connection."""
        self._engine = create_async_engine(
            url, module=_Driver(), pool_size=most, max_overflow=0,
            connect_args={"isolation_level": None},
        )  # fmt: skip

        # Those that no job has, the last used on top: to ask SQLAlchemy's pool for one each time
        # took as long as a small job. None stands for one that is not connected yet.
        self._free: LifoQueue[AsyncConnection | None] = LifoQueue()
        for _ in range(most):
            self._free.put_nowait(None)

        @event.listens_for(self._engine.sync_engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        # The driver would begin transactions by itself, later and without a lock.
        @event.listens_for(self._engine.sync_engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    async def keep(self, job: Callable[[Connection], T]) -> T:
        """Run a job, and commit what it did."""
        return await self._in_thread(partial(_kept, job))

    async def look(self, job: Callable[[Connection], T]) -> T:
        """Run a job that changes nothing."""
        return await self._in_thread(partial(_seen, job))

    async def _in_thread(self, job: Callable[[Connection], T]) -> T:
        connection = await self._free.get()
        whole = None
        try:
            if connection is None:
                connection = await self._engine.connect()
            inner: Any = connection.sync_connection
            found: T = await inner.connection.driver_connection._execute(job, inner)
            whole = connection
            return found
        finally:
            # What failed leaves nothing behind: its connection goes back to SQLAlchemy's pool.
            try:
                if connection is not None and whole is None:
                    await connection.close()
            finally:
                self._free.put_nowait(whole)

    async def close(self) -> None:
        """Disconnect, once all jobs are done."""
        while not self._free.empty():
            connection = self._free.get_nowait()
            if connection is not None:
                await connection.close()
        await self._engine.dispose()


def _kept(job: Callable[[Connection], T], connection: Connection) -> T:
    with connection.begin():
        return job(connection)


def _seen(job: Callable[[Connection], T], connection: Connection) -> T:
    transaction = connection.begin()
    try:
        return job(connection)
    finally:
        transaction.rollback()


class _Adapted(AsyncAdapt_aiosqlite_connection):
    """A connection that does at once, in the driver's thread, what it else awaits from there."""

    __slots__ = ()

    @property
    def _here(self) -> sqlite3.Connection | None:
        driver: Any = self._connection
        return driver._conn if driver._thread is current_thread() else None

    def cursor(self, server_side: bool = False) -> Any:
        here = self._here
        return super().cursor(server_side) if here is None else here.cursor()

    def commit(self) -> None:
        here = self._here
        if here is None:
            super().commit()
        else:
            here.commit()

    def rollback(self) -> None:
        here = self._here
        if here is None:
            super().rollback()
        else:
            here.rollback()


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    """The driver's module as SQLAlchemy sees it, with connections of ours."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *given: Any, **named: Any) -> _Adapted:
        return _Adapted(self, super().connect(*given, **named)._connection)
