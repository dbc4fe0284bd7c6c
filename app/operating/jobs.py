"""Running a job on a store that no server of ours needs to have open."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from app.store.address import is_sqlite
from app.store.connections import Job, Lost, connections
from app.store.database import PRAGMAS
from app.store.problems import StoreProblem
from engine.sentence import say

T = TypeVar("T")


def run(url: URL, job: Job[T], keep: bool = False) -> T:
    """Return what a job returns; with `keep`, commit what it did. Raises StoreProblem."""
    if is_sqlite(url) and not Path(str(url.database)).is_file():
        raise StoreProblem(say("There is no database {source}.", source=str(url.database)))
    try:
        return asyncio.run(_run(url, job, keep))
    except (DBAPIError, OSError, Lost) as error:
        name = url.render_as_string(hide_password=True)
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")
        raise StoreProblem(
            say("The database {name} does not do what is asked: {cause}.", name=name, cause=cause)
        ) from error


async def _run(url: URL, job: Job[T], keep: bool) -> T:
    connected = connections(url, "BEGIN IMMEDIATE" if keep else "BEGIN", 1, PRAGMAS, patient=True)
    try:
        return await (connected.keep(job) if keep else connected.look(job))
    finally:
        await connected.close()
