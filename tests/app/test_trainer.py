"""The trainer by itself: what is cancelled, thrown away, or held."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from app import changes, training_stream
from app.errors import Refused
from app.network_models import TrainRequest
from app.settings import Settings
from app.store import networks
from app.store.address import address
from app.store.database import Database
from app.store.ids import Hashed
from app.store.networks import Stored
from app.streams import Teller
from app.trainer import Asked, Trainer
from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec
from app.transactions import Change
from engine.sentence import foreign
from tests.app.networks import XOR

Test = Callable[[Trainer, Hashed], Awaitable[None]]


def run(folder: Path, test: Test) -> None:
    """Run a test with a trainer, and a network that it has stored."""

    async def whole() -> None:
        database = Database(address(f"sqlite:///{folder / 'store.sqlite'}"))
        await database.open()
        trainer = Trainer(database, Settings(), lambda: False)
        change = changes.begun(NetworkRequest.model_validate(XOR), "http://site")
        await trainer.create(change, None)
        try:
            await test(trainer, change.write.row.id)
        finally:
            await database.close()
            trainer.close()

    asyncio.run(whole())


async def stored(trainer: Trainer, network: Hashed) -> Stored:
    found = await trainer.database.read(lambda c: networks.load(c, network))
    assert found is not None
    return found


def test_a_store_that_has_begun_is_seen_to_its_end(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        live = await trainer.live(network)
        change = changes.step(live, "iteration", 1, time.monotonic() + 10)
        with anyio.CancelScope() as scope:
            scope.cancel()
            await trainer.store(live, change, None)
        assert live.row == await stored(trainer, network)
        assert (live.row.version, live.row.iteration) == (2, 1)

    run(tmp_path, test)


def test_what_fails_leaves_the_network_as_it_is_stored(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        before = await stored(trainer, network)

        def work(live: object, _: object) -> Change:
            changes.step(live, "iteration", 3, time.monotonic() + 10)  # type: ignore[arg-type]
            raise Refused(503, foreign("It failed half-way."))

        with pytest.raises(Refused):
            await trainer.write(network, Asked(), work)
        live = await trainer.live(network)
        assert live.session.state.iteration == 0
        assert await stored(trainer, network) == before

    run(tmp_path, test)


def test_a_write_that_another_process_has_overtaken_is_computed_anew(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        def work(live: object, _: object) -> Change:
            return changes.step(live, "iteration", 1, time.monotonic() + 10)  # type: ignore[arg-type]

        await trainer.write(network, Asked(), work)
        # The other process: a trainer of its own on the same database.
        other = Trainer(trainer.database, Settings(), lambda: False)
        await other.write(network, Asked(), work)
        await trainer.write(network, Asked(), work)
        row = await stored(trainer, network)
        assert (row.version, row.iteration) == (4, 3)
        assert (await trainer.live(network)).row == row

    run(tmp_path, test)


def test_who_is_overtaken_goes_on_with_the_plans_at_hand_however_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trainer.PATIENCE", -1.0)

    async def test(trainer: Trainer, network: Hashed) -> None:
        def work(live: object, _: object) -> Change:
            return changes.step(live, "iteration", 1, time.monotonic() + 10)  # type: ignore[arg-type]

        await trainer.write(network, Asked(), work)
        before = await trainer.live(network)
        other = Trainer(trainer.database, Settings(), lambda: False)
        await other.write(network, Asked(), work)
        await trainer.write(network, Asked(), work)
        after = await trainer.live(network)
        assert before.ahead and not after.ahead
        assert after.session.loop is before.session.loop
        assert after.busy is before.busy
        row = await stored(trainer, network)
        # As one process alone would have come there.
        alone = Session.begin(Spec.load(row.spec))
        alone.step("iteration", 3)
        assert (row.iteration, row.parameters) == (3, alone.state.parameters_blob)
        other.close()

    run(tmp_path, test)


def test_too_many_who_wait_are_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = type("Door", (), {"computations_waiting": 0})
    monkeypatch.setattr("app.lanes.DOOR", door)

    async def test(trainer: Trainer, network: Hashed) -> None:
        trainer.lives.drop(network)
        with pytest.raises(Refused) as refused:
            await trainer.live(network)
        assert (refused.value.status_code, refused.value.headers) == (503, {"Retry-After": "1"})

    run(tmp_path, test)


def test_a_slice_does_an_iteration_however_short_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_stream, "SLICE", -1.0)

    async def test(trainer: Trainer, network: Hashed) -> None:
        live = await trainer.live(network)
        told: list[tuple[str, Any]] = []
        teller = Teller()
        monkeypatch.setattr(teller, "tell", lambda name, data: told.append((name, data)))
        asked = TrainRequest(iterations=3)
        with anyio.fail_after(20):
            await training_stream.Training(trainer, live, 3, asked, None).run(teller)
        assert [name for name, _ in told] == ["progress"] * 3
        assert [data["iteration"] for _, data in told] == [1, 2, 3]
        assert all({"loss", "metrics"} <= set(data) for _, data in told)

    run(tmp_path, test)


def test_a_new_network_is_ready_as_it_is_stored(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        kept = trainer.lives.get(network)
        trainer.lives.drop(network)
        read = await trainer.live(network)
        assert kept is not None and kept is not read
        assert (kept.row, kept.checkpoint) == (read.row, read.checkpoint)
        results = [one.session.step("iteration", 20) for one in (kept, read)]
        assert results[0] == results[1]

    run(tmp_path, test)


def test_what_is_brief_is_computed_at_once_and_all_else_beside_the_loop(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        live = await trainer.live(network)
        here = threading.get_ident()
        live.seconds = 0.0
        assert await trainer.timed(live, threading.get_ident, brief=False, long=True) != here
        assert await trainer.timed(live, threading.get_ident, brief=True, long=True) == here
        live.seconds = 1.0
        assert await trainer.timed(live, threading.get_ident, brief=True, long=True) != here
        # It was brief this time.
        assert live.seconds < 1.0

    run(tmp_path, test)


def test_a_training_does_not_catch_up_with_what_it_has_missed(tmp_path: Path) -> None:
    async def test(trainer: Trainer, network: Hashed) -> None:
        live = await trainer.live(network)
        asked = TrainRequest(iterations=3, per_second=2)
        training = training_stream.Training(trainer, live, 3, asked, None)
        training.due_at -= 100.0
        started = time.monotonic()
        await training.run(Teller())
        # The second comes soon, the third in its time.
        assert time.monotonic() - started > 0.5 - training_stream.LATE
        assert (await stored(trainer, network)).iteration == 3

    run(tmp_path, test)
