from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.store import checkpoints, history, networks
from app.store.address import address
from app.store.checkpoints import Checkpoint
from app.store.database import Database
from app.store.history import Chunk
from app.store.ids import Hashed
from app.store.networks import Stored, Write
from app.store.problems import Taken
from app.store.segments import Segment


def row(iteration: int = 0, furthest: int = 0) -> Stored:
    now = time.time()
    return Stored(Hashed("n" * 22), 1, {"a": 1}, (Segment(0, {"a": 1}),), iteration, "start",
                  furthest, b"p", None, now, now)  # fmt: skip


async def opened(folder: Path) -> Database:
    database = Database(address(f"sqlite:///{folder / 'store.sqlite'}"))
    await database.open()
    return database


def test_a_write_takes_the_place_of_the_version_that_it_read(tmp_path: Path) -> None:
    async def run() -> None:
        database = await opened(tmp_path)
        first = row()
        await database.write(lambda c: networks.create(c, Write(first)))
        second = await database.write(lambda c: networks.save(c, Write(replace(first, phase="x"))))
        assert (second.version, second.phase) == (2, "x")
        assert await database.read(lambda c: networks.load(c, first.id)) == second
        with pytest.raises(Taken):
            await database.write(lambda c: networks.save(c, Write(first)))
        with pytest.raises(Taken):
            await database.write(lambda c: networks.remove(c, first.id, 1))
        await database.write(lambda c: networks.remove(c, first.id, 2))
        assert await database.read(lambda c: networks.load(c, first.id)) is None
        await database.close()

    asyncio.run(run())


def test_what_a_network_has_goes_with_it(tmp_path: Path) -> None:
    async def run() -> None:
        database, first = await opened(tmp_path), row()
        write = Write(first, (Checkpoint(0, b"0", b""),), (Chunk(1, 3, b"c"),))
        await database.write(lambda c: networks.create(c, write))
        await database.write(lambda c: networks.remove(c, first.id, 1))
        assert await database.read(lambda c: checkpoints.upto(c, first.id, 9)) == []
        assert await database.read(lambda c: history.chunks(c, first.id)) == []
        await database.close()

    asyncio.run(run())


def test_what_came_after_is_replaced(tmp_path: Path) -> None:
    async def run() -> None:
        database, first = await opened(tmp_path), row(10, 10)
        marks = tuple(Checkpoint(k, bytes([k]), b"") for k in (0, 4, 8, 10))
        write = Write(first, marks, (Chunk(1, 4, b"a"), Chunk(5, 6, b"b")))
        await database.write(lambda c: networks.create(c, write))
        back = Write(replace(first, iteration=7), (Checkpoint(7, b"x", b""),),
                     replaces=True, onwards=6)  # fmt: skip
        await database.write(lambda c: networks.save(c, back))
        kept = await database.read(lambda c: checkpoints.upto(c, first.id, 99))
        assert [one.iteration for one in kept] == [0, 4, 7]
        nearest = await database.read(lambda c: checkpoints.nearest(c, first.id, 6))
        assert nearest == Checkpoint(4, b"\4", b"")
        chunks = await database.read(lambda c: history.chunks(c, first.id))
        assert chunks == [Chunk(1, 4, b"a"), Chunk(5, 2, b"b")]
        few = await database.read(lambda c: history.upto(c, first.id, 5))
        assert few == [Chunk(1, 4, b"a"), Chunk(5, 1, b"b")]
        await database.close()

    asyncio.run(run())


def test_large_checkpoints_are_thinned_but_not_the_first_of_a_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "MOST_BYTES", 200_000)

    async def run() -> None:
        database = await opened(tmp_path)
        now = replace(row(), segments=(Segment(0, {}), Segment(3, {}, {})))
        await database.write(lambda c: networks.create(c, Write(now, (mark(0),))))
        for k in range(1, 40):
            write = Write(now, (mark(k),))
            now = await database.write(partial(networks.save, write=write))
        kept = await database.read(lambda c: checkpoints.upto(c, now.id, 99))
        found = {one.iteration for one in kept}
        assert {0, 3, 39} <= found
        assert sum(len(one.blob) for one in kept) <= 200_000
        assert len(found) >= 5
        await database.close()

    def mark(iteration: int) -> Checkpoint:
        return Checkpoint(iteration, bytes(20_000), b"")

    asyncio.run(run())
