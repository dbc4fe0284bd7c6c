from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, select

from app.store.address import address, data_directory
from app.store.database import Database
from app.store.problems import Moved, StoreProblem
from app.store.tables import CLOCK, METADATA


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    database = Database(address(f"sqlite:///{folder / 'deep' / 'store.sqlite'}"))
    await database.open()
    try:
        yield database
    finally:
        await database.close()


def put(connection: Connection, key: int) -> int:
    connection.execute(insert(CLOCK), {"id": key, "seen_at": 0.0})
    return key


def keys(connection: Connection) -> list[int]:
    return list(connection.execute(select(CLOCK.c.id).order_by(CLOCK.c.id)).scalars())


def test_what_is_acknowledged_is_synchronised(tmp_path: Path) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    async def run() -> None:
        async with opened(tmp_path) as database:
            assert await database.read(pragmas) == ["wal", 2, 1, 5000]
            assert await database.write(pragmas) == ["wal", 2, 1, 5000]

    asyncio.run(run())


def test_a_failed_write_harms_no_other_and_leaves_nothing(tmp_path: Path) -> None:
    def half(connection: Connection) -> int:
        put(connection, 1)
        raise RuntimeError("no")

    async def run() -> None:
        async with opened(tmp_path) as database:
            jobs = [partial(put, key=k) for k in range(10, 40)]
            results = await asyncio.gather(
                *(database.write(job) for job in jobs),
                database.write(half),
                database.write(lambda c: put(c, 10), heavy=True),
                return_exceptions=True,
            )
            assert results[:30] == list(range(10, 40))
            assert isinstance(results[30], RuntimeError)
            assert isinstance(results[31], StoreProblem)
            assert "UNIQUE" in str(results[31])
            assert await database.read(keys) == list(range(10, 40))

    asyncio.run(run())


def test_who_finds_a_version_moved_holds_no_other_up(tmp_path: Path) -> None:
    ran: list[int] = []

    def counted(connection: Connection, key: int) -> int:
        ran.append(key)
        if key == 3:
            raise Moved
        return put(connection, key)

    async def run() -> None:
        async with opened(tmp_path) as database:
            jobs = (database.write(partial(counted, key=key)) for key in range(8))
            results = await asyncio.gather(*jobs, return_exceptions=True)
            assert ran == list(range(8))
            assert isinstance(results.pop(3), Moved)
            assert results == await database.read(keys) == [0, 1, 2, 4, 5, 6, 7]

    asyncio.run(run())


def test_rows_are_locked_in_one_order(tmp_path: Path) -> None:
    ran: list[int] = []

    def note(_: Connection, key: int) -> None:
        ran.append(key)

    async def run() -> None:
        async with opened(tmp_path) as database:
            writes = [
                database.write(partial(note, key=key), row=row)
                for key, row in enumerate(["b", "c", "a", "", "b"])
            ]
            await asyncio.gather(*writes)

    asyncio.run(run())
    assert ran == [3, 2, 0, 4, 1]


def test_writes_that_wait_when_it_is_closed_are_done(tmp_path: Path) -> None:
    async def run() -> list[int]:
        async with opened(tmp_path) as database:
            tasks = [
                asyncio.create_task(database.write(partial(put, key=k), heavy=k % 2 == 0))
                for k in range(200)
            ]
            await asyncio.sleep(0)
        assert await asyncio.gather(*tasks) == list(range(200))
        async with opened(tmp_path) as database:
            return await database.read(keys)

    assert asyncio.run(run()) == list(range(200))


def test_the_migrations_make_the_tables_that_are_declared(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async def run() -> list[object]:
        async with opened(tmp_path) as database:
            return await database.write(differences)

    assert asyncio.run(run()) == []


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    async def run() -> None:
        async with opened(tmp_path):
            pass
        file = tmp_path / "deep" / "store.sqlite"
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        with pytest.raises(StoreProblem, match="later version"):
            async with opened(tmp_path):
                pass

    asyncio.run(run())


@pytest.mark.parametrize(
    "url", ["", "x", "mysql://a/b", "sqlite://", "sqlite:///", "/tmp/a.sqlite"]
)
def test_what_is_no_database_is_a_sentence(url: str) -> None:
    with pytest.raises(StoreProblem, match=r"accepted are sqlite:///PATH or postgresql://.+\.$"):
        address(url)


def test_the_default_is_in_the_folder_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert str(data_directory()) == "/somewhere/gradwalk"
    assert address(None).database == "/somewhere/gradwalk/gradwalk.sqlite"


def test_a_reader_that_leaves_gives_its_connection_back(tmp_path: Path) -> None:
    async def run() -> list[int]:
        async with opened(tmp_path) as database:
            for _ in range(20):
                leaving = [asyncio.create_task(database.read(keys)) for _ in range(8)]
                await asyncio.sleep(0)
                for one in leaving:
                    one.cancel()
                await asyncio.gather(*leaving, return_exceptions=True)
            return await database.read(keys)

    assert asyncio.run(run()) == []
