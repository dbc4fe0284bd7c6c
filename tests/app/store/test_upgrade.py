"""A database of the first schema becomes one of the newest, and keeps what is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, insert, select

from app.store import sweeps
from app.store.address import address
from app.store.connections import connections
from app.store.database import Database
from app.store.ids import Hashed
from app.store.migrations import _config, newest, revision
from app.store.tables import ANSWERS, CHECKPOINTS, CLOCK, HISTORY, NETWORKS
from tests.app.postgres import BIN, postgresql

NOW = 1_800_000_000.0
ROWS: dict[Any, dict[str, Any]] = {
    NETWORKS: {"id": "n" * 22, "version": 3, "spec": '{"a":1}', "segments": "[]", "iteration": 7,
               "phase": "update", "furthest": 7, "parameters": b"\x00p", "before": None,
               "created_at": NOW, "used_at": NOW, "name": "Rede"},
    CHECKPOINTS: {"network_id": "n" * 22, "iteration": 5, "blob": b"b", "digest": b"d"},
    HISTORY: {"network_id": "n" * 22, "first": 1, "count": 7, "blob": b"h"},
    ANSWERS: {"scope": "POST /", "key": "k", "digest": b"d", "status": 201, "headers": "{}",
              "body": b"{}", "created_at": NOW},
    CLOCK: {"id": 1, "seen_at": NOW},
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    pytest.importorskip("asyncpg")
    if not all(BIN.values()):
        pytest.skip("PostgreSQL is not installed")
    with postgresql() as found:
        yield found


def as_it_was(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    for table, row in ROWS.items():
        connection.execute(insert(table), row)


def contents(connection: Connection) -> dict[Any, list[dict[str, Any]]]:
    return {
        table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in ROWS
    }


def test_everything_is_still_there(url: str) -> None:
    async def run() -> None:
        old = connections(address(url), "BEGIN IMMEDIATE", 1)
        await old.keep(as_it_was)
        assert await old.look(revision) == "0001"
        await old.close()
        database = Database(address(url))
        await database.open()
        assert await database.read(revision) == newest() != "0001"
        found = await database.read(contents)
        assert found == {table: [row] for table, row in ROWS.items()}
        create = partial(sweeps.create, sweep=Hashed("s" * 22), plan={"x": 1}, total=2, now=NOW)
        await database.write(create)
        await _worked_on(database)
        await database.close()

    asyncio.run(run())


async def _worked_on(database: Database) -> None:
    """Two owners, one sweep: who has the claim stores, and nothing is stored twice."""
    claim = partial(sweeps.claim, most=8, alone=False)
    name = Hashed("s" * 22)
    assert await database.write(partial(claim, owner="a", now=NOW, until=NOW + 9)) == [name]
    assert await database.write(partial(claim, owner="b", now=NOW + 8, until=NOW + 20)) == []
    finish = partial(sweeps.finish, sweep=name, result={"state": "done"})
    assert await database.write(partial(finish, owner="a", number=0))
    assert await database.write(partial(claim, owner="b", now=NOW + 10, until=NOW + 20)) == [name]
    assert not await database.write(partial(finish, owner="a", number=1))
    assert await database.write(partial(finish, owner="b", number=1))
    stored = await database.read(partial(sweeps.load, sweep=name))
    assert stored is not None and (stored.state, sorted(stored.results)) == ("done", [0, 1])
    assert await database.write(partial(sweeps.expire, before=NOW + 1)) == 1
    assert await database.read(partial(sweeps.load, sweep=name)) is None
