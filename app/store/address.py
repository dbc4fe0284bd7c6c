"""Where the database is: a URL as people write it, made into one for the driver."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.store.problems import StoreProblem
from engine.sentence import say

DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg"}
ACCEPTED = "sqlite:///PATH or postgresql://USER@HOST/NAME"


def address(given: str | None) -> URL:
    """Return the driver's URL; without one, a file in the user's data directory.

    Raises StoreProblem for what is no URL, or needs a driver that is not installed.
    """
    if given is None:
        return URL.create("sqlite+aiosqlite", database=str(data_directory() / "gradwalk.sqlite"))
    try:
        url = make_url(given)
    except ArgumentError:
        raise StoreProblem(
            say(
                "{name} is no database; accepted are {accepted}.",
                name=repr(given),
                accepted=ACCEPTED,
            )
        ) from None
    kind = url.get_backend_name()
    if kind not in DRIVERS or (kind == "sqlite" and not url.database):
        raise StoreProblem(
            say(
                "{name} is no database; accepted are {accepted}.",
                name=repr(given),
                accepted=ACCEPTED,
            )
        )
    driver = DRIVERS[kind]
    if kind != "sqlite" and find_spec(driver) is None:
        raise StoreProblem(
            say(
                "The database {kind} needs the package {driver}, which is not "
                "installed; install it, or use sqlite:///PATH.",
                kind=kind,
                driver=driver,
            )
        )
    return url.set(drivername=f"{kind}+{driver}")


def is_sqlite(url: URL) -> bool:
    """Whether this is a file of SQLite: one process writes it, and there is one writer."""
    return url.get_backend_name() == "sqlite"


def data_directory() -> Path:
    """Return the user's folder for data: XDG's, or the system's own."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "gradwalk"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/gradwalk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "gradwalk"
