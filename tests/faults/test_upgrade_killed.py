"""`gradwalk db upgrade` is killed in its middle: nothing is lost, and the next one ends it.

`strace` kills it as it writes the n-th time, to the copy or to the database. With
GRADWALK_NIGHTLY=1 it is killed 20 times at each place.
"""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from app.store import migrations
from app.store.ids import of_network
from tests.app.process import GRADWALK
from tests.faults.nightly import rounds
from tests.faults.recorded import may_trace

pytestmark = pytest.mark.skipif(
    not may_trace(), reason="strace is not installed, or may not trace here"
)
KILLS = rounds(2, 20)
FILLED = 60
NAMES = [f"network {number:014}" for number in range(FILLED)]
# From this schema on, the store finds a network by a hash of its id.
HASHED = "0003"
ROW = "INSERT INTO networks VALUES (?, 3, '{}', '[]', 2, 'update', 2, ?, NULL, 1e9, 1e9, 'mine')"


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def earlier() -> list[str]:
    """Return the schemas that can be upgraded, oldest first."""
    known = [one.revision for one in ScriptDirectory.from_config(configuration()).walk_revisions()]
    return known[:0:-1]


def prepare(file: Path, schema: str) -> None:
    """Make a database as an earlier version has left it, with networks in it."""
    engine, config = create_engine(f"sqlite:///{file}"), configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
    engine.dispose()
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("PRAGMA journal_mode=WAL")
        names = of_network if schema >= HASHED else str
        blobs = ((names(one), bytes([number]) * 20_000) for number, one in enumerate(NAMES))
        base.executemany(ROW, blobs)


def content(file: Path) -> str:
    """Return a digest of all networks as they are found; the database must be whole."""
    names = of_network if schema(file) >= HASHED else str
    with closing(sqlite3.connect(file)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        wanted = "SELECT version, iteration, parameters, name FROM networks WHERE id = ?"
        rows = [base.execute(wanted, [names(one)]).fetchone() for one in NAMES]
        [count] = base.execute("SELECT count(*) FROM networks").fetchone()
    assert count == FILLED and all(rows)
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def schema(file: Path) -> str:
    with closing(sqlite3.connect(file)) as base:
        return str(base.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def upgrade(file: Path, killed: tuple[Path, int] | None = None) -> subprocess.CompletedProcess[str]:
    """Upgrade, and be killed as a file is written for the n-th time."""
    before: list[str] = []
    if killed is not None:
        place, number = killed
        before = ["strace", "-f", "-o", "/dev/null", "-P", str(place), "-e", "trace=pwrite64",
                  "-e", f"inject=pwrite64:signal=KILL:when={number}"]  # fmt: skip
    return subprocess.run(
        [*before, str(GRADWALK), "db", "upgrade", "--database", f"sqlite:///{file}"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("before", earlier())
def test_an_upgrade_that_was_killed_is_taken_up_again(tmp_path: Path, before: str) -> None:
    file, newest = tmp_path / "store", migrations.newest()
    prepare(file, before)
    kept, kills = content(file), 0
    copy = tmp_path / f".store.before-{newest}.part"
    for place in (copy, tmp_path / "store-wal"):
        for number in range(1, KILLS + 1):
            done = upgrade(file, (place, number))
            kills += done.returncode == -signal.SIGKILL
            assert content(file) == kept
            assert schema(file) in {before, newest}
    # A short upgrade is done before the last of them would come.
    assert kills >= min(2 * KILLS, 30), "it was not killed"
    done = upgrade(file)
    assert done.returncode == 0, done.stderr
    assert schema(file) == newest
    assert content(file) == kept
    copies = list(tmp_path.glob(f"store.before-{newest}*"))
    assert len(copies) > KILLS
    assert {content(one) for one in copies} == {kept}
