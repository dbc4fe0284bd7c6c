"""The connections: many readers, one writer that commits what is waiting in one transaction.

SQLite is one file of one process: WAL, so that readers never wait; synchronous=FULL, so that what
was acknowledged survives a power cut; BEGIN IMMEDIATE, so that a write never fails half-way.
A job is a plain function of a connection, which runs beside the event loop.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import URL, Connection, select
from sqlalchemy.exc import DBAPIError

from app.store.address import is_sqlite
from app.store.connections import Job, Lost, connections
from app.store.migrations import upgrade
from app.store.problems import Moved, StoreFull, StoreProblem
from app.store.tables import NETWORKS
from app.store.together import together
from engine.sentence import say

T = TypeVar("T")

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "wal_autocheckpoint=1000",
    "journal_size_limit=67108864",
)
FULL = say(
    "The store is full: nothing was changed. Networks can still be read, exported and deleted."
)
PAGE = 4096
READERS = 4
TOGETHER = 64


class Waiting(NamedTuple):
    """A job that waits for the writer, the row that it locks, and where its result is expected."""

    row: str
    job: Job[Any]
    result: asyncio.Future[Any]


class Database:
    """Runs jobs on a database; opened once, inside the event loop that uses it."""

    def __init__(self, url: URL, most_bytes: int | None = None) -> None:
        """`most_bytes`: how large a file of SQLite may grow; other databases are not capped."""
        self.url = url
        self._light: deque[Waiting] = deque()
        self._heavy: deque[Waiting] = deque()
        self._news = asyncio.Event()
        self._closing = False
        self._writing: asyncio.Task[None] | None = None
        self._reading: set[asyncio.Future[Any]] = set()
        room = [f"max_page_count={max(1, most_bytes // PAGE)}"] if most_bytes else []
        self._writer = connections(url, "BEGIN IMMEDIATE", 1, [*PRAGMAS, *room])
        self._reader = connections(url, "BEGIN", READERS, PRAGMAS)

    async def open(self) -> None:
        """Connect, bring the schema up to date, and start the writer; raise StoreProblem."""
        try:
            if is_sqlite(self.url):
                folder = Path(self.url.database or "").absolute().parent
                folder.mkdir(parents=True, exist_ok=True)
            await self._upgrade()
        except (DBAPIError, OSError, Lost) as error:
            await self._disconnect()
            name = self.url.render_as_string(hide_password=True)
            raise StoreProblem(
                say(
                    "The database {name} cannot be opened: {reason}.",
                    name=name,
                    reason=_reason(error),
                )
            ) from error
        except BaseException:
            await self._disconnect()
            raise
        self._writing = asyncio.create_task(self._write_all())

    async def _upgrade(self) -> None:
        patient = connections(self.url, "BEGIN IMMEDIATE", 1, PRAGMAS, patient=True)
        try:
            await patient.keep(upgrade)
        finally:
            await patient.close()

    async def close(self) -> None:
        """Finish what is waiting, and disconnect."""
        if self._writing is not None:
            self._closing = True
            self._news.set()
            await self._writing
        await asyncio.gather(*self._reading, return_exceptions=True)
        await self._disconnect()

    async def _disconnect(self) -> None:
        await self._reader.close()
        await self._writer.close()

    async def read(self, job: Job[T]) -> T:
        """Return what a job reads; raise StoreProblem.

        SQLite shows all of it as of one moment, PostgreSQL each statement as of its own.
        """
        reading = asyncio.ensure_future(self._reader.look(job))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)
        try:
            # Who asks may leave; the connection is given back all the same.
            return await asyncio.shield(reading)
        except (DBAPIError, Lost) as error:
            raise StoreProblem(
                say("The store cannot be read: {reason}.", reason=_reason(error))
            ) from error

    async def write(self, job: Job[T], heavy: bool = False, row: str = "") -> T:
        """Run a job and return its result once it is durable; all of it is kept or nothing.

        A job may be run again, with others or alone, before it is kept: it changes nothing but the
        database. A heavy one, of some hundred kilobytes, is committed alone, after the light ones
        that wait; `row` names what it locks, where other processes write too. Raises what the job
        raises, and StoreProblem (StoreFull where there is no room).
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        (self._heavy if heavy else self._light).append(Waiting(row, job, result))
        self._news.set()
        try:
            return await result
        except (DBAPIError, Lost) as error:
            if (
                getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
                == sqlite3.SQLITE_FULL
            ):
                raise StoreFull(FULL) from error
            raise StoreProblem(
                say("The store cannot be written: {reason}.", reason=_reason(error))
            ) from error

    async def ping(self) -> None:
        """Raise StoreProblem unless networks can be read."""
        await self.read(lambda connection: connection.execute(select(NETWORKS.c.id).limit(1)).all())

    async def _write_all(self) -> None:
        while not (self._closing and not self._light and not self._heavy):
            await self._news.wait()
            self._news.clear()
            while self._light or self._heavy:
                light = [self._light.popleft() for _ in range(min(len(self._light), TOGETHER))]
                # Two processes that lock rows in one order do not wait for each other in a ring.
                await self._commit(sorted(light, key=_row))
                if self._heavy:
                    await self._commit([self._heavy.popleft()])

    async def _commit(self, batch: list[Waiting]) -> None:
        """Commit jobs together; if one fails, each alone, so that none suffers for another.

        One that finds its version moved has written nothing, and holds no other up.
        """
        if not batch:
            return
        try:
            results = await self._writer.keep(partial(_run, [one.job for one in batch]))
        except Lost as error:
            # Some of it may be kept, so none is run again; who waits has waited long enough.
            _fail([*batch, *self._light, *self._heavy], error)
            self._light.clear()
            self._heavy.clear()
            return
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._commit([one])
            else:
                _fail(batch, error)
            return
        for one, result in zip(batch, results, strict=True):
            if isinstance(result, Moved):
                _fail([one], result)
            elif not one.result.cancelled():
                one.result.set_result(result)


def _fail(jobs: Iterable[Waiting], error: Exception) -> None:
    for one in jobs:
        if not one.result.cancelled():
            one.result.set_exception(error)


def _row(one: Waiting) -> str:
    return one.row


def _run(jobs: list[Job[Any]], connection: Connection) -> list[Any]:
    with together(connection):
        return [_result(job, connection) for job in jobs]


def _result(job: Job[Any], connection: Connection) -> Any:
    try:
        return job(connection)
    except Moved as moved:
        return moved


def _reason(error: BaseException) -> str:
    cause = str(getattr(error, "orig", None) or error).strip()
    return cause.splitlines()[0].rstrip(".") if cause else say("no reason is given")
