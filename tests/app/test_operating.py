"""`gradwalk db`, `networks` and `doctor`, as an operator runs them beside a real server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.store.ids import of_network
from tests.app.networks import XOR
from tests.app.postgres import needed, postgresql
from tests.app.process import GRADWALK, Server, serving

STEP = {"phase": "iteration"}
DAY = 86_400.0


def gradwalk(*arguments: str, database: str, **environment: str) -> tuple[int, str]:
    """Run the command; return its exit status and all that it says."""
    done = subprocess.run(
        [str(GRADWALK), *arguments, "--database", database],
        capture_output=True, text=True, timeout=60, env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def network(url: str, steps: int = 3) -> dict[str, Any]:
    """Make a network, train it, and return what is told of it."""
    made = httpx.post(f"{url}/api/v1/networks", json=XOR).json()
    for _ in range(steps):
        httpx.post(f"{url}/api/v1/networks/{made['id']}/step", json=STEP).raise_for_status()
    return told(url, made["id"])


def told(url: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{url}/api/v1/networks/{name}", timeout=20).json()
    return {key: found[key] for key in ("id", "version", "iteration", "parameters", "loss")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def database(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def server(database: str) -> Iterator[Server]:
    with serving("--database", database) as server:
        yield server


def altered(file: Path, statement: str, *values: Any) -> int:
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(statement, values).rowcount


def test_a_backup_beside_a_writer_is_whole_and_served_again(
    server: Server, database: str, tmp_path: Path
) -> None:
    kept = network(server.url)
    other, stop, acknowledged = network(server.url)["id"], threading.Event(), []

    def write() -> None:
        with httpx.Client(base_url=server.url, timeout=20) as client:
            while not stop.is_set():
                answer = client.post(f"/api/v1/networks/{other}/step", json=STEP)
                acknowledged.append(answer.json()["version"])

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 5:
        time.sleep(0.01)
    before, copy = acknowledged[-1], tmp_path / "copy.sqlite"
    status, said = gradwalk("db", "backup", str(copy), database=database)
    stop.set()
    writer.join()
    assert (status, str(copy) in said) == (0, True), said
    assert before < acknowledged[-1]
    assert [one.name for one in tmp_path.glob("*copy*")] == ["copy.sqlite"]
    well = (0, "2 networks, 0 sweeps and 0 tokens were read: all is well.\n")
    assert gradwalk("db", "check", database=f"sqlite:///{copy}") == well
    with serving("--database", f"sqlite:///{copy}") as again:
        assert told(again.url, kept["id"]) == kept
        assert before <= told(again.url, other)["version"] <= acknowledged[-1]
    status, said = gradwalk("db", "backup", str(copy), database=database)
    assert (status, "is there already" in said) == (1, True)


def test_a_check_names_what_is_damaged(server: Server, database: str, file: Path) -> None:
    name = network(server.url)["id"]
    network(server.url)
    assert gradwalk("db", "check", database=database)[0] == 0
    server.process.terminate()
    server.process.wait()
    row = of_network(name)
    assert altered(file, "UPDATE checkpoints SET digest = x'00' WHERE network_id = ?", row) > 0
    assert altered(file, "UPDATE history SET blob = x'00' WHERE network_id = ?", row) > 0
    status, said = gradwalk("db", "check", database=database)
    assert status == 1
    assert f"Network {row}: its state after iteration 0 is not the one that was written" in said
    assert f"Network {row}: its history from iteration 1 cannot be read" in said
    assert name not in said


def test_an_upgrade_keeps_a_copy_of_the_schema_before(database: str, file: Path) -> None:
    assert gradwalk("db", "upgrade", database=database) == (1, f"There is no database {file}.\n")
    file.touch()
    status, said = gradwalk("db", "upgrade", database=database)
    assert (status, said.startswith("The schema was none and is 0004")) == (0, True), said
    assert "already" in gradwalk("db", "upgrade", database=database)[1]
    # A later version has written it: nothing is changed.
    altered(file, "UPDATE alembic_version SET version_num = '9999'")
    status, said = gradwalk("db", "upgrade", database=database)
    assert (status, "a later version has written it" in said) == (1, True)
    assert gradwalk("db", "check", database=database)[0] == 1


def test_what_is_unused_expires_unless_the_clock_has_jumped(
    server: Server, database: str, file: Path
) -> None:
    old, new = network(server.url)["id"], network(server.url)["id"]
    server.process.terminate()
    server.process.wait()
    altered(file, "UPDATE networks SET used_at = ? WHERE id = ?", time.time() - 31 * DAY,
            of_network(old))  # fmt: skip
    assert gradwalk("networks", "expire", "--dry-run", database=database) == (
        0, "1 networks and 0 sweeps, unused for 30 days, would be deleted.\n",
    )  # fmt: skip
    assert gradwalk("networks", "expire", "--days", "0", database=database)[0] == 1
    altered(file, "UPDATE clock SET seen_at = ?", time.time() - 3 * DAY)
    status, said = gradwalk("networks", "expire", database=database)
    assert (status, "3.0 days after" in said) == (1, True)
    assert gradwalk("networks", "expire", "--force", database=database)[0] == 0
    with serving("--database", database) as again:
        statuses = [
            httpx.get(f"{again.url}/api/v1/networks/{name}").status_code for name in (old, new)
        ]
        assert statuses == [404, 200]


def test_the_doctor_says_what_would_trouble_a_server(
    server: Server, database: str, file: Path, tmp_path: Path
) -> None:
    network(server.url)
    status, said = gradwalk("doctor", database=database)
    assert status == 0, said
    for line in ("quick check: ok", "1 networks", "clock: it agrees"):
        assert line in said
    altered(file, "UPDATE clock SET seen_at = ?", time.time() + 3 * DAY)
    status, said = gradwalk("doctor", database=database, GRADWALK_WORKERS="2")
    assert status == 1
    assert "fails clock: it is 72.0 hours behind" in said
    assert "fails settings: 2 workers need PostgreSQL" in said
    (tmp_path / "text").write_text("no database at all, but long enough to be taken for one" * 9)
    status, said = gradwalk("doctor", database=f"sqlite:///{tmp_path / 'text'}")
    assert (status, "fails database" in said, "Traceback" in said) == (1, True, False), said


@pytest.mark.parametrize(
    ("redis", "status", "line"),
    [
        ("redis://:secret@127.0.0.1:1", 0, "note  redis: it does not answer (ConnectionError)"),
        ("http://secret", 1, "fails redis: GRADWALK_REDIS is no address of Redis; accepted are"),
    ],
)
def test_the_doctor_asks_redis(
    server: Server, database: str, redis: str, status: int, line: str
) -> None:
    network(server.url)
    found, said = gradwalk("doctor", database=database, GRADWALK_REDIS=redis)
    assert (found, line in said, "secret" in said) == (status, True, False), said


@needed
def test_a_backup_of_postgresql_is_restored_into_another_database() -> None:
    pytest.importorskip("asyncpg")
    with postgresql() as address, serving("--database", address) as server:
        kept = network(server.url)
        folder = Path(address.split("host=")[1])
        bin_ = next(Path("/").glob("usr/lib/postgresql/*/bin"))
        copy = folder / "copy.dump"
        path = {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
        status, said = gradwalk("db", "backup", str(copy), database=address, **path)
        assert status == 0, said
        to = ["-h", str(folder), "-U", "walk"]
        subprocess.run([str(bin_ / "createdb"), *to, "second"], check=True)
        subprocess.run([str(bin_ / "pg_restore"), *to, "-d", "second", str(copy)], check=True)
        second = address.replace("/postgres?", "/second?")
        assert gradwalk("db", "check", database=second) == (
            0, "1 networks, 0 sweeps and 0 tokens were read: all is well.\n",
        )  # fmt: skip
        assert gradwalk("doctor", database=second)[0] == 0
        with serving("--database", second) as again:
            assert told(again.url, kept["id"]) == kept
