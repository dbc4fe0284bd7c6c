"""What of a machine, its settings and its store would trouble a server, before it does."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from sqlalchemy import URL, Connection, func, select, text

from app import __version__
from app.operating.jobs import run
from app.settings import Settings
from app.store.address import address, is_sqlite
from app.store.by_redis import ByRedis
from app.store.migrations import newest, revision
from app.store.problems import StoreProblem
from app.store.sweep import DAY, HOUR
from app.store.sweeps import OPEN
from app.store.tables import CLOCK, NETWORKS, SWEEPS, TOKENS

# From here on a checkpoint of the write-ahead log cannot meet one of another process half-way.
RECENT_SQLITE = (3, 51, 3)
FILES = 4_096
DISK_LOW, DISK_LEAST = 1_000_000_000, 100_000_000
NEARLY = 0.8
MINUTE = 60.0


class Finding(NamedTuple):
    """One line of the report: `fails` is what a server cannot work with."""

    kind: Literal["ok", "note", "fails"]
    what: str
    said: str


def doctor(settings: Settings) -> Iterator[Finding]:
    """Look at versions, database, clock, room, write access and limits."""
    yield Finding("ok", "versions", f"Gradwalk {__version__}, Python {platform.python_version()}, "
                  f"NumPy {np.__version__}, SQLite {sqlite3.sqlite_version}")  # fmt: skip
    yield from _programs()
    yield from _limits()
    yield from _asked(settings)
    if settings.redis is not None:
        yield _redis(settings.redis)
    try:
        url = address(settings.database)
    except StoreProblem as error:
        yield Finding("fails", "database", str(error))
        return
    if is_sqlite(url):
        yield from _file(url, settings)
        if not Path(str(url.database)).is_file():
            return
    try:
        yield from run(url, lambda connection: list(_store(connection)), keep=True)
    except StoreProblem as error:
        yield Finding("fails", "database", str(error))


def _programs() -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        yield Finding("note", "programs", "Chromium is not on the PATH: gradwalk export draws SVG, "
                      "TikZ and HTML alone")  # fmt: skip


def _limits() -> Iterator[Finding]:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits.
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = soft == resource.RLIM_INFINITY or soft >= FILES
    more = "" if enough else f"; {FILES} are enough for a course (LimitNOFILE in the unit)"
    yield Finding("ok" if enough else "note", "limits", f"{soft} files may be open{more}")
    threads = os.environ.get("OPENBLAS_NUM_THREADS")
    if threads not in (None, "1"):
        yield Finding("note", "limits", f"OPENBLAS_NUM_THREADS is {threads}: requests already run "
                      "side by side, and 1 is faster")  # fmt: skip


def _asked(settings: Settings) -> Iterator[Finding]:
    if settings.hosted and settings.hosts is None and settings.host not in ("127.0.0.1", "::1"):
        yield Finding("note", "settings", "hosted, but GRADWALK_HOSTS names no site: requests for "
                      "any name are answered")  # fmt: skip
    if settings.development and settings.hosted:
        yield Finding("note", "settings", "development is on: pages are not cached")


def _redis(address: str) -> Finding:
    try:
        asyncio.run(_said(ByRedis(address)))
    except StoreProblem as error:
        return Finding("fails", "redis", str(error))
    except Exception as error:
        return Finding("note", "redis", f"it does not answer ({type(error).__name__}): sweeps are "
                       "asked for three times a second until it does")  # fmt: skip
    return Finding("ok", "redis", "it answers")


async def _said(redis: ByRedis) -> None:
    try:
        await redis.tell("")
    finally:
        await redis.close()


def _file(url: URL, settings: Settings) -> Iterator[Finding]:
    """What a file of SQLite needs."""
    path = Path(str(url.database)).absolute()
    if settings.workers > 1:
        yield Finding("fails", "settings", f"{settings.workers} workers need PostgreSQL")
    if sqlite3.sqlite_version_info < RECENT_SQLITE:
        recent = ".".join(map(str, RECENT_SQLITE))
        yield Finding("note", "versions", f"SQLite before {recent} must be written by one process "
                      "alone, as gradwalk serve does")  # fmt: skip
    folder = next(one for one in (path.parent, *path.parent.parents) if one.is_dir())
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        yield Finding("fails", "write access", f"{path} cannot be written")
    free = shutil.disk_usage(folder).free
    kind: Literal["ok", "note", "fails"] = "ok" if free >= DISK_LOW else "note"
    yield Finding("fails" if free < DISK_LEAST else kind, "disk", f"{free / 1e9:.1f} GB are free")
    if not path.is_file():
        yield Finding("ok", "database", f"{path} will be made by gradwalk serve")
        return
    size = path.stat().st_size
    full = size > NEARLY * settings.database_bytes
    yield Finding("note" if full else "ok", "database", f"{path}: {size / 1e6:.1f} MB of at most "
                  f"{settings.database_bytes / 1e6:.0f} (GRADWALK_DATABASE_BYTES)")  # fmt: skip


def _store(connection: Connection) -> Iterator[Finding]:
    """What is in the store; in a transaction that may write."""
    schema = revision(connection)
    if schema is None:
        yield Finding("ok", "database", "it is empty; gradwalk serve makes its tables")
        return
    if schema != newest():
        yield Finding("fails", "database", f"its schema is {schema}, not {newest()}: gradwalk db "
                      "upgrade")  # fmt: skip
        return
    networks, sweeps, tokens = (
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (NETWORKS, SWEEPS, TOKENS)
    )
    yield Finding("ok", "database", f"schema {schema}, {networks} networks, {sweeps} sweeps, "
                  f"{tokens} tokens")  # fmt: skip
    yield from _waiting(connection)
    yield from _server(connection)
    seen = connection.execute(select(CLOCK.c.seen_at)).scalar()
    if seen is None:
        return
    ahead = time.time() - seen
    if ahead < -HOUR:
        yield Finding("fails", "clock", f"it is {-ahead / HOUR:.1f} hours behind the time that the "
                      "store has already seen")  # fmt: skip
    elif ahead > DAY:
        yield Finding("note", "clock", f"the store was last in use {ahead / DAY:.1f} days ago, if "
                      "the clock is right; nothing expires in the first day")  # fmt: skip
    else:
        yield Finding("ok", "clock", "it agrees with the store")


def _waiting(connection: Connection) -> Iterator[Finding]:
    """Sweeps that are not done, and that no server works on."""
    left = SWEEPS.c.state.in_(OPEN) & (SWEEPS.c.claimed_until < time.time() - MINUTE)
    old = SWEEPS.c.created_at < time.time() - MINUTE
    count = connection.execute(select(func.count()).where(left & old)).scalar_one()
    if count:
        yield Finding("note", "sweeps", f"{count} are not done and nobody works on them: start a "
                      "server, or see whether eight others are under way")  # fmt: skip


def _server(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        (said,) = connection.execute(text("PRAGMA quick_check(1)")).one()
        yield Finding("ok" if said == "ok" else "fails", "database", f"quick check: {said}")
        return
    version = connection.execute(text("SHOW server_version")).scalar_one()
    yield Finding("ok", "versions", f"PostgreSQL {version}")
    commit = connection.execute(text("SHOW synchronous_commit")).scalar_one()
    if commit == "off":
        yield Finding("fails", "database", "synchronous_commit is off: a crash loses what was "
                      "acknowledged")  # fmt: skip
