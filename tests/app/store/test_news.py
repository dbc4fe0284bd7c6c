"""News reach those in this process who wait for them, and nobody is remembered who has left."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import make_url

from app.store import by_notify, by_redis
from app.store.by_notify import ByNotify
from app.store.by_redis import ByRedis
from app.store.ids import Hashed
from app.store.news import DEAF, LISTENING, Kind, News
from app.store.problems import StoreProblem
from tests.app import postgres, redis_server

ONE, OTHER = Hashed("1" * 22), Hashed("2" * 22)


def test_only_those_who_wait_for_a_sweep_hear_of_it() -> None:
    found = News(None)
    heard: list[tuple[Kind, Hashed]] = []
    found.listen(lambda kind, sweep: heard.append((kind, sweep)))
    with found.of(ONE) as first, found.of(ONE) as second, found.of(OTHER) as third:
        found.tell("moved", ONE)
        assert (first.is_set(), second.is_set(), third.is_set()) == (True, True, False)
    found.tell("cancelled", ONE)
    assert heard == [("moved", ONE), ("cancelled", ONE)]
    assert not found._events


def test_without_a_connection_the_store_is_asked_more_often() -> None:
    assert News(None).patience == LISTENING
    assert News(ByNotify(make_url("postgresql+asyncpg://walk@/postgres"))).patience == DEAF
    assert News(ByRedis("redis://localhost:1")).patience == DEAF


@postgres.needed
def test_a_connection_that_passes_nothing_on_is_no_listening_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As behind a pool that gives every statement another connection."""
    pytest.importorskip("asyncpg")
    monkeypatch.setattr(by_notify, "ANSWERED", 0.5)

    async def patience(url: Any) -> float:
        found = News(ByNotify(url))
        listening = asyncio.create_task(found.run())
        await asyncio.sleep(2)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        return found.patience

    with postgres.running() as database:
        url = make_url(database.address).set(drivername="postgresql+asyncpg")
        assert asyncio.run(patience(url)) == LISTENING
        # What is asked on one channel comes back on none.
        monkeypatch.setattr(by_notify, "_tried", partial(_elsewhere, by_notify._tried))
        assert asyncio.run(patience(url)) == DEAF


async def _elsewhere(tried: Any, driver: Any, _echo: asyncio.Event) -> None:
    await tried(driver, asyncio.Event())


@redis_server.needed
def test_a_redis_that_is_silent_is_not_heard_until_it_speaks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("ANSWERED", "TRIED"):
        monkeypatch.setattr(by_redis, name, 0.3)
    heard: list[tuple[Kind, Hashed]] = []

    async def seen(server: redis_server.RedisServer) -> list[float]:
        found, other = News(ByRedis(server.address)), News(ByRedis(server.address))
        found.listen(lambda kind, sweep: heard.append((kind, sweep)))
        listening = [asyncio.create_task(one.run()) for one in (found, other)]
        patiences = []
        for told in (signal.SIGCONT, signal.SIGSTOP, signal.SIGCONT):
            server.process.send_signal(told)
            await asyncio.sleep(2.2)
            other.tell("moved", ONE)
            await asyncio.sleep(0.2)
            patiences.append(found.patience)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        return patiences

    with redis_server.running() as server:
        assert asyncio.run(seen(server)) == [LISTENING, DEAF, LISTENING]
    assert heard[0] == ("moved", ONE) and 2 <= len(heard) <= 3


@pytest.mark.parametrize("address", ["nonsense", "http://x", "redis://h:port"])
def test_what_is_no_address_of_redis_is_said(address: str) -> None:
    with pytest.raises(StoreProblem, match=r"no address of Redis; accepted are redis://HOST"):
        ByRedis(address)
