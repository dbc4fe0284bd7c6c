from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.store import answers
from app.store.address import address
from app.store.answers import Answer
from app.store.database import Database
from app.store.sweep import DAY, HOUR, Sweep
from app.store.tables import NETWORKS

NOW = 1_800_000_000.0
EMPTY: dict[str, Any] = {
    "version": 1, "spec": "{}", "segments": "[]", "iteration": 0, "phase": "start", "furthest": 0,
    "parameters": b"", "before": None, "name": None, "created_at": 0.0,
}  # fmt: skip


class Clocks:
    """A wall clock and a monotonic one; `jump` moves the wall clock alone."""

    def __init__(self, wall: float = NOW) -> None:
        self.wall, self.ticks = wall, 100.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.ticks += seconds

    def sweep(self, database: Database) -> Sweep:
        return Sweep(database, 30, lambda: self.wall, lambda: self.ticks)


async def opened(folder: Path) -> Database:
    database = Database(address(f"sqlite:///{folder / 'store.sqlite'}"))
    await database.open()
    return database


async def use(database: Database, network: str, at: float) -> None:
    row = {**EMPTY, "id": network, "used_at": at}
    await database.write(lambda c: c.execute(insert(NETWORKS), row).rowcount)


async def left(database: Database) -> set[str]:
    return await database.read(lambda c: set(c.execute(select(NETWORKS.c.id)).scalars()))


def test_what_nobody_used_for_thirty_days_goes(tmp_path: Path) -> None:
    async def run() -> None:
        database, clocks = await opened(tmp_path), Clocks()
        await use(database, "old", NOW - 30 * DAY - 1)
        await use(database, "young", NOW - 30 * DAY + HOUR / 2)
        sweep = clocks.sweep(database)
        assert await sweep.run() == 1
        assert await left(database) == {"young"}
        clocks.pass_by(HOUR)
        assert await sweep.run() == 1
        await database.close()

    asyncio.run(run())


@pytest.mark.parametrize("jump", [40 * DAY, -40 * DAY, 2 * HOUR])
def test_nothing_goes_when_the_clock_jumps(tmp_path: Path, jump: float) -> None:
    async def run() -> None:
        database, clocks = await opened(tmp_path), Clocks()
        await use(database, "young", NOW - 29.9 * DAY)
        sweep = clocks.sweep(database)
        assert await sweep.run() == 0
        clocks.pass_by(HOUR)
        clocks.wall += jump
        assert await sweep.run() == 0
        for _ in range(22):
            clocks.pass_by(HOUR)
            assert await sweep.run() == 0
        assert await left(database) == {"young"}
        await database.close()

    asyncio.run(run())


def test_after_a_long_stop_nothing_goes_for_a_day(tmp_path: Path) -> None:
    async def run() -> None:
        database, clocks = await opened(tmp_path), Clocks()
        await use(database, "young", NOW)
        assert await clocks.sweep(database).run() == 0
        clocks.pass_by(40 * DAY)
        again = clocks.sweep(database)
        assert await again.run() == 0
        gone = 0
        for hour in range(1, 26):
            clocks.pass_by(HOUR)
            gone = await again.run()
            assert (gone == 0) == (hour < 24), hour
            if gone:
                break
        assert gone == 1
        await database.close()

    asyncio.run(run())


def test_answers_are_kept_for_a_day(tmp_path: Path) -> None:
    async def run() -> None:
        database, clocks = await opened(tmp_path), Clocks()
        answer = Answer(b"d", 200, b"{}")
        await database.write(lambda c: answers.put(c, "a", answer, NOW))
        soon, late = NOW + DAY - 1, NOW + DAY + 1
        assert await database.read(lambda c: answers.find(c, "a", soon)) == answer
        assert await database.read(lambda c: answers.find(c, "a", late)) is None
        assert await database.read(lambda c: answers.find(c, "b", soon)) is None
        other = Answer(b"e", 201, b"[]")
        await database.write(lambda c: answers.put(c, "a", other, late))
        assert await database.read(lambda c: answers.find(c, "a", late)) == other
        clocks.pass_by(3 * DAY)
        await clocks.sweep(database).run()
        assert await database.read(lambda c: answers.find(c, "a", late)) is None
        await database.close()

    asyncio.run(run())
