"""News reach those in this process who wait for them, and nobody is remembered who has left."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import make_url

from app.store import news
from app.store.ids import Hashed
from app.store.news import DEAF, LISTENING, Kind, News
from tests.app.postgres import needed, running

SQLITE = make_url("sqlite:///x.sqlite")
ONE, OTHER = Hashed("1" * 22), Hashed("2" * 22)


def test_only_those_who_wait_for_a_sweep_hear_of_it() -> None:
    found = News(SQLITE)
    heard: list[tuple[Kind, Hashed]] = []
    found.listen(lambda kind, sweep: heard.append((kind, sweep)))
    with found.of(ONE) as first, found.of(ONE) as second, found.of(OTHER) as third:
        found.tell("moved", ONE)
        assert (first.is_set(), second.is_set(), third.is_set()) == (True, True, False)
    found.tell("cancelled", ONE)
    assert heard == [("moved", ONE), ("cancelled", ONE)]
    assert not found._events


def test_without_a_connection_the_store_is_asked_more_often() -> None:
    assert News(SQLITE).patience == LISTENING
    assert News(make_url("postgresql+asyncpg://walk@/postgres")).patience == DEAF


@needed
def test_a_connection_that_passes_nothing_on_is_no_listening_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As behind a pool that gives every statement another connection."""
    pytest.importorskip("asyncpg")
    monkeypatch.setattr(news, "ANSWERED", 0.5)

    async def patiences(url: Any) -> list[float]:
        found = News(url)
        listening = asyncio.create_task(found.run())
        seen = []
        for notified in (None, lambda *_: None):
            if notified is not None:
                monkeypatch.setattr(found, "_notified", notified)
                listening.cancel()
                listening = asyncio.create_task(found.run())
            await asyncio.sleep(2)
            seen.append(found.patience)
        listening.cancel()
        return seen

    with running() as database:
        url = make_url(database.address).set(drivername="postgresql+asyncpg")
        assert asyncio.run(patiences(url)) == [LISTENING, DEAF]
