"""A copy of a store, taken while a server writes to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from app.store.address import is_sqlite
from app.store.problems import StoreProblem
from engine.sentence import say

# Pages that are copied at once, between which the server's writer gets its turn.
PAGES = 4_096


def backup(url: URL, target: Path) -> int:
    """Write a copy of the store to a file that is not there yet; return its bytes.

    Of SQLite it is a database itself, checked before it gets its name; of PostgreSQL, what
    `pg_dump --format=custom` writes. Raises StoreProblem.
    """
    if target.exists():
        raise StoreProblem(
            say("{target} is there already; a backup never overwrites a file.", target=str(target))
        )
    part = target.with_name(f".{target.name}.part")
    try:
        (_copied if is_sqlite(url) else _dumped)(url, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except OSError as error:
        raise StoreProblem(
            say(
                "{target} cannot be written: {reason}.",
                target=str(target),
                reason=error.strerror or str(error),
            )
        ) from error
    finally:
        part.unlink(missing_ok=True)
    _make_lasting(target.parent)
    return target.stat().st_size


def _copied(url: URL, part: Path) -> None:
    source = Path(str(url.database))
    if not source.is_file():
        raise StoreProblem(say("There is no database {source}.", source=str(source)))
    # One that was interrupted leaves both.
    for left in (part, part.with_name(f"{part.name}-journal")):
        left.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source, timeout=30)) as read, \
                closing(sqlite3.connect(part)) as copy:  # fmt: skip
            read.backup(copy, pages=PAGES)
            # One file alone, wherever it is taken.
            copy.execute("PRAGMA journal_mode=DELETE")
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreProblem(
            say(
                "The database {source} cannot be copied: {error}.",
                source=str(source),
                error=str(error),
            )
        ) from error
    if found != "ok":
        raise StoreProblem(
            say("The database {source} is damaged: {found}.", source=str(source), found=found)
        )


def _dumped(url: URL, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreProblem(
            say("A backup of PostgreSQL needs the program pg_dump, which is not on the PATH.")
        )
    query = {name: str(value) for name, value in url.query.items()}
    # By the environment, not the command line, which others on the machine can read.
    named = {
        "PGHOST": url.host or query.get("host"), "PGPORT": url.port or query.get("port"),
        "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database,
    }  # fmt: skip
    environment = {**os.environ, **{name: str(value) for name, value in named.items() if value}}
    done = subprocess.run(
        [program, "--format=custom", f"--file={part}"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise StoreProblem(say("pg_dump has failed: {reason}", reason=said[-1]))


def _make_lasting(folder: Path) -> None:
    """Let the file's name survive a power cut."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows has no handles of folders.
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
