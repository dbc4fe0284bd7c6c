"""SQLite by SQLAlchemy's asyncio: whole jobs in the driver's thread; failures leave nothing."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.store.address import address
from app.store.sqlite import SQLite

READERS = 3


def test_a_job_runs_whole_in_one_thread_of_its_connection(tmp_path: Path) -> None:
    async def run() -> None:
        store = SQLite(address(f"sqlite:///{tmp_path / 'a.sqlite'}"), "BEGIN", READERS, [])
        here = threading.current_thread()
        # So many jobs wait for one another as there are connections: each has one to itself.
        met = threading.Barrier(READERS)

        def job(connection: Connection) -> threading.Thread:
            met.wait(10)
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
            return threading.current_thread()

        threads = await asyncio.gather(*(store.look(job) for _ in range(READERS)))
        assert len({*threads, here}) == READERS + 1
        await store.close()

    asyncio.run(run())


def test_what_fails_is_rolled_back_and_its_connection_free_again(tmp_path: Path) -> None:
    async def run() -> None:
        store = SQLite(address(f"sqlite:///{tmp_path / 'a.sqlite'}"), "BEGIN IMMEDIATE", 1, [])

        def put(connection: Connection) -> None:
            connection.execute(text("INSERT INTO numbers VALUES (1)"))

        def fail(connection: Connection) -> None:
            put(connection)
            connection.execute(text("INSERT INTO nowhere VALUES (1)"))

        await store.keep(lambda connection: connection.execute(text("CREATE TABLE numbers (n)")))
        for _ in range(3):
            with pytest.raises(OperationalError):
                await store.keep(fail)
        await store.look(put)
        await store.keep(put)
        count = text("SELECT count(*) FROM numbers")
        assert await store.look(lambda connection: connection.execute(count).scalar_one()) == 1
        await store.close()

    asyncio.run(run())


def test_a_connection_that_cannot_be_made_is_tried_anew(tmp_path: Path) -> None:
    async def run() -> None:
        place = tmp_path / "later"
        store = SQLite(address(f"sqlite:///{place / 'a.sqlite'}"), "BEGIN", 1, [])
        one = text("SELECT 1")
        with pytest.raises(OperationalError):
            await store.look(lambda connection: connection.execute(one).scalar_one())
        place.mkdir()
        assert await store.look(lambda connection: connection.execute(one).scalar_one()) == 1
        await store.close()

    asyncio.run(run())
