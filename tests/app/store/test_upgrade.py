"""A database of the first schema becomes one of the newest, and keeps what is in it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, Table, insert, select

from app.idempotency import Ticket
from app.store import answers, sweeps
from app.store.address import address
from app.store.connections import connections
from app.store.database import Database
from app.store.ids import Hashed, of_network, of_sweep
from app.store.migrations import _config, newest, revision
from app.store.problems import StoreProblem
from app.store.tables import CHECKPOINTS, CLOCK, HISTORY, NETWORKS, SWEEP_RUNS, SWEEPS
from tests.app.postgres import BIN, postgresql

NOW = 1_800_000_000.0
IDS = [f"n{number:021}" for number in range(30)]
SWEEP = "s" * 22
ROWS: dict[Table, dict[str, Any]] = {
    NETWORKS: {"version": 3, "spec": '{"a":1}', "segments": "[]", "iteration": 7,
               "phase": "update", "furthest": 7, "parameters": b"\x00p", "before": None,
               "created_at": NOW, "used_at": NOW, "name": "Rede"},
    CHECKPOINTS: {"iteration": 5, "blob": b"b", "digest": b"d"},
    HISTORY: {"first": 1, "count": 7, "blob": b"h"},
}  # fmt: skip
OWNER = {NETWORKS: "id", CHECKPOINTS: "network_id", HISTORY: "network_id"}
# As they were stored before the schema 0003, with every id in clear.
OPEN_ANSWERS = sa.table("answers", *(sa.column(name) for name in (
    "scope", "key", "digest", "status", "headers", "body", "created_at")))  # fmt: skip
SCOPE, KEY = "POST /api/v1/networks 127.0.0.1", "ad7a9a1c-4b0e-4f4a-9d3c-0c2f8ad1f1a2"
LOCATION = f"http://site/api/v1/networks/{IDS[0]}"
ANSWER = {"scope": SCOPE, "key": KEY, "digest": b"d", "status": 201,
          "headers": orjson.dumps({"location": LOCATION}).decode(),
          "body": orjson.dumps({"id": IDS[0]}), "created_at": NOW}  # fmt: skip


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


def as_it_was(connection: Connection, schema: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, schema)
    for table, row in ROWS.items():
        connection.execute(insert(table), [{OWNER[table]: one, **row} for one in IDS])
    connection.execute(insert(CLOCK), {"id": 1, "seen_at": NOW})
    connection.execute(insert(OPEN_ANSWERS), ANSWER)
    if schema >= "0002":
        sweeps.create(connection, Hashed(SWEEP), {"x": 1}, 2, NOW)
        run = {"sweep_id": SWEEP, "number": 1, "result": '{"state":"done"}'}
        connection.execute(insert(SWEEP_RUNS), run)


def rows(connection: Connection, table: Table) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by the network they belong to."""
    found = [dict(row) for row in connection.execute(select(table)).mappings()]
    return {row.pop(OWNER[table]): row for row in found}


async def upgraded(url: str, schema: str) -> Database:
    old = connections(address(url), "BEGIN IMMEDIATE", 1)
    await old.keep(partial(as_it_was, schema=schema))
    assert await old.look(revision) == schema
    await old.close()
    database = Database(address(url))
    await database.open()
    assert await database.read(revision) == newest()
    return database


@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_everything_is_still_there(url: str, schema: str) -> None:
    async def run() -> None:
        database = await upgraded(url, schema)
        for table, row in ROWS.items():
            found = await database.read(partial(rows, table=table))
            assert found == {of_network(one): row for one in IDS}
        clock = await database.read(lambda c: c.execute(select(CLOCK.c.seen_at)).scalar_one())
        assert clock == NOW
        await _replayed(database)
        if schema == "0002":
            kept = await database.read(partial(sweeps.load, sweep=of_sweep(SWEEP)))
            assert kept is not None and kept.results == {1: {"state": "done"}}
            await database.write(lambda c: c.execute(sa.delete(SWEEPS)).rowcount)
            assert not await database.read(lambda c: c.execute(select(SWEEP_RUNS)).all())
        create = partial(sweeps.create, sweep=Hashed("s" * 22), plan={"x": 1}, total=2, now=NOW)
        await database.write(create)
        await _worked_on(database)
        await _belongs_together(database)
        await database.close()

    asyncio.run(run())


async def _replayed(database: Database) -> None:
    """A request that was answered before the upgrade is answered, and not done again."""
    ticket = Ticket(f"{SCOPE}\n{KEY}", b"d")
    found = await database.read(partial(answers.find, name=ticket.name, now=NOW + 9))
    assert found is not None
    again = ticket.replay(found)
    assert (again.status_code, again.headers["location"]) == (201, LOCATION)
    assert orjson.loads(again.body) == {"id": IDS[0]}


async def _belongs_together(database: Database) -> None:
    """With a network go its own checkpoints and history, and nobody else's."""
    gone = sa.delete(NETWORKS).where(NETWORKS.c.id == of_network(IDS[4]))
    assert await database.write(lambda c: c.execute(gone).rowcount) == 1
    for table in ROWS:
        left = await database.read(partial(rows, table=table))
        assert left.keys() == {of_network(one) for one in IDS if one != IDS[4]}
    with pytest.raises(StoreProblem, match=r"(?i)foreign key"):
        orphan = {**ROWS[CHECKPOINTS], "network_id": IDS[4]}
        await database.write(lambda c: c.execute(insert(CHECKPOINTS), orphan).rowcount)


def test_no_id_and_no_key_is_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"

    async def run() -> None:
        database = await upgraded(f"sqlite:///{file}", "0002")
        await database.close()

    asyncio.run(run())
    content = file.read_bytes()
    assert of_network(IDS[0]).encode() in content
    for secret in (*IDS, SWEEP, KEY, "127.0.0.1"):
        assert secret.encode() not in content, secret
    with closing(sqlite3.connect(file)) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
    assert not tables & {"renamed", "open_answers"}


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
