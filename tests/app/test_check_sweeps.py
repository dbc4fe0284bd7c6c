"""What an operator is told of sweeps and tokens: counted, checked, expired."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.operating.check import check
from app.operating.doctor import doctor
from app.operating.expire import Expired, expire
from app.operating.jobs import run
from app.settings import Settings
from app.store import migrations, sweeps, tokens
from app.store.address import address
from app.store.ids import Hashed
from app.store.tokens import Token
from app.sweeps.plan import SweepPlan
from app.sweeps.requests import SweepRequest
from tests.app.networks import XOR

DAY = 86_400.0
PLAN = SweepPlan.of(SweepRequest.model_validate({"network": XOR, "seeds": [1, 2, 3],
                                                 "iterations": 5}))  # fmt: skip
OLD, NEW = Hashed("o" * 22), Hashed("n" * 22)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with a sweep that is done, one that nobody works on, and a token."""
    file, now = tmp_path / "store.sqlite", time.time()
    file.touch()

    def fill(connection: Connection) -> None:
        migrations.upgrade(connection)
        sweeps.create(connection, OLD, PLAN.dump(), PLAN.total, now - 40 * DAY)
        sweeps.claim(connection, "me", now, now + 9, 8, alone=True)
        for number in range(PLAN.total):
            assert sweeps.finish(connection, "me", OLD, number, {"state": "done"})
        sweeps.create(connection, NEW, PLAN.dump(), PLAN.total, now - 3_600)
        tokens.create(connection, Token(Hashed("t" * 22), "marking", 5, None, now))

    run(address(f"sqlite:///{file}"), fill, keep=True)
    return file


def asked(file: Path, job: Callable[[Connection], Any]) -> Any:
    return run(address(f"sqlite:///{file}"), job, keep=True)


def test_all_is_read_and_well(file: Path) -> None:
    assert asked(file, check) == (0, 2, 1, [])


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE sweeps SET plan = '{{' WHERE id = '{OLD}'", "its plan cannot be read"),
        (f"UPDATE sweeps SET done = 1 WHERE id = '{OLD}'", "1 of its runs are counted, and 3"),
        (f"UPDATE sweeps SET state = 'lost' WHERE id = '{OLD}'", "it is lost with 3 of 3"),
        (f"UPDATE sweeps SET state = 'running' WHERE id = '{OLD}'", "it is running with 3 of 3"),
        (f"UPDATE sweeps SET state = 'done' WHERE id = '{NEW}'", "it is done with 0 of 3"),
        (f"UPDATE sweeps SET total = 4 WHERE id = '{NEW}'", "its plan has 3 runs, and 4"),
        ("UPDATE sweep_runs SET result = 'x' WHERE number = 1", "its run 1 cannot be read"),
        ("UPDATE sweep_runs SET number = 9 WHERE number = 2", "its run 9 cannot be read"),
        (f"DELETE FROM sweeps WHERE id = '{OLD}'", "3 runs belong to no sweep"),
        ("UPDATE tokens SET per_second = 0", "Token marking: its rate"),
    ],
)
def test_what_is_damaged_is_named(file: Path, statement: str, fault: str) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        assert base.execute(statement).rowcount > 0
    assert any(fault in one for one in asked(file, check).faults)


def test_sweeps_expire_with_networks(file: Path) -> None:
    expired = partial(expire, days=30, force=False)
    assert asked(file, partial(expired, only_count=True)) == Expired(0, 1)
    assert asked(file, partial(expired, only_count=False)) == Expired(0, 1)
    assert asked(file, check) == (0, 1, 1, [])
    assert asked(file, partial(expired, only_count=False)) == Expired(0, 0)


def test_the_doctor_counts_and_notes_what_nobody_works_on(file: Path) -> None:
    said = [*doctor(Settings(database=f"sqlite:///{file}"))]
    assert any("0 networks, 2 sweeps, 1 tokens" in one.said for one in said)
    [note] = [one for one in said if one.what == "sweeps"]
    assert note.kind == "note" and note.said.startswith("1 ")
    asked(file, partial(sweeps.claim, owner="me", now=time.time(), until=time.time() + 60,
                        most=8, alone=True))  # fmt: skip
    assert not [one for one in doctor(Settings(database=f"sqlite:///{file}"))
                if one.what == "sweeps"]  # fmt: skip
