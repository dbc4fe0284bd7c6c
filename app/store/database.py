"""The connections: many readers, one writer that commits what is waiting in one transaction.

SQLite is one file of one process: WAL, so that readers never wait; synchronous=FULL, so that what
was acknowledged survives a power cut; BEGIN IMMEDIATE, so that a write never fails half-way.
Statements run in threads beside the event loop, a whole batch per hop: with a hop per statement a
write took four times as long.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DBAPIError

from app.store.address import is_sqlite
from app.store.migrations import upgrade
from app.store.problems import StoreProblem
from app.store.tables import NETWORKS

T = TypeVar("T")
Job = Callable[[Connection], T]

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "wal_autocheckpoint=1000",
    "journal_size_limit=67108864",
)
READERS = 4
TOGETHER = 64


class Waiting(NamedTuple):
    """A job that waits for the writer, and where its result is expected."""

    job: Job[Any]
    result: asyncio.Future[Any]


class Database:
    """Runs jobs on a database; opened once, inside the event loop that uses it."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._light: deque[Waiting] = deque()
        self._heavy: deque[Waiting] = deque()
        self._news = asyncio.Event()
        self._closing = False
        self._writing: asyncio.Task[None] | None = None
        self._writer = _engine(url, "BEGIN IMMEDIATE", 1)
        self._reader = _engine(url, "BEGIN", READERS)
        self._write_thread = ThreadPoolExecutor(1, "store-writer")
        self._read_threads = ThreadPoolExecutor(READERS, "store-reader")

    async def open(self) -> None:
        """Connect, bring the schema up to date, and start the writer; raise StoreProblem."""
        try:
            if is_sqlite(self.url):
                folder = Path(self.url.database or "").absolute().parent
                folder.mkdir(parents=True, exist_ok=True)
            await self._in(self._write_thread, self._migrate)
        except (DBAPIError, OSError) as error:
            name = self.url.render_as_string(hide_password=True)
            raise StoreProblem(
                f"The database {name} cannot be opened: {_reason(error)}."
            ) from error
        self._writing = asyncio.create_task(self._write_all())

    async def close(self) -> None:
        """Finish what is waiting, and disconnect."""
        if self._writing is not None:
            self._closing = True
            self._news.set()
            await self._writing
        self._read_threads.shutdown()
        self._write_thread.shutdown()
        self._reader.dispose()
        self._writer.dispose()

    async def read(self, job: Job[T]) -> T:
        """Return what a job reads, from one consistent picture; raise StoreProblem."""

        def run() -> T:
            with self._reader.connect() as connection:
                return job(connection)

        try:
            return await self._in(self._read_threads, run)
        except DBAPIError as error:
            raise StoreProblem(f"The store cannot be read: {_reason(error)}.") from error

    async def write(self, job: Job[T], heavy: bool = False) -> T:
        """Run a job and return its result once it is durable; all of it is kept or nothing.

        A job may be run again, with others or alone, before it is kept: it changes nothing but the
        database. A heavy one, of some hundred kilobytes, is committed alone, after the light ones
        that wait. Raises what the job raises, and StoreProblem.
        """
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        (self._heavy if heavy else self._light).append(Waiting(job, result))
        self._news.set()
        try:
            return await result
        except DBAPIError as error:
            raise StoreProblem(f"The store cannot be written: {_reason(error)}.") from error

    async def ping(self) -> None:
        """Raise StoreProblem unless networks can be read."""
        await self.read(lambda connection: connection.execute(select(NETWORKS.c.id).limit(1)).all())

    async def _write_all(self) -> None:
        while not (self._closing and not self._light and not self._heavy):
            await self._news.wait()
            self._news.clear()
            while self._light or self._heavy:
                light = [self._light.popleft() for _ in range(min(len(self._light), TOGETHER))]
                await self._commit(light)
                if self._heavy:
                    await self._commit([self._heavy.popleft()])

    async def _commit(self, batch: list[Waiting]) -> None:
        """Commit jobs together; if one fails, each alone, so that none suffers for another."""
        if not batch:
            return
        try:
            results = await self._in(self._write_thread, self._run, [one.job for one in batch])
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._commit([one])
            elif not batch[0].result.cancelled():
                batch[0].result.set_exception(error)
            return
        for one, result in zip(batch, results, strict=True):
            if not one.result.cancelled():
                one.result.set_result(result)

    def _run(self, jobs: list[Job[Any]]) -> list[Any]:
        with self._writer.begin() as connection:
            return [job(connection) for job in jobs]

    def _migrate(self) -> None:
        with self._writer.begin() as connection:
            upgrade(connection)

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work, *arguments)


def _engine(url: URL, begin: str, connections: int) -> Engine:
    sqlite = is_sqlite(url)
    # A connection is used by one thread at a time, though not always by the same.
    given: dict[str, Any] = {"connect_args": {"check_same_thread": False}} if sqlite else {}
    engine = create_engine(url, pool_size=connections, max_overflow=0, pool_timeout=10, **given)
    if sqlite:
        # The driver would begin transactions by itself, later and without a lock.
        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            for pragma in PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    return engine


def _reason(error: BaseException) -> str:
    cause = str(getattr(error, "orig", None) or error).strip()
    return cause.splitlines()[0].rstrip(".") if cause else "no reason is given"
