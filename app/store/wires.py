"""Which wire connects the processes that serve one database."""

from __future__ import annotations

from sqlalchemy import URL

from app.store.address import is_sqlite
from app.store.by_notify import ByNotify
from app.store.by_redis import ByRedis
from app.store.news import Wire


def wire(url: URL, redis: str | None) -> Wire | None:
    """Return Redis where an address of it is set, else PostgreSQL; None where there is one process.

    Nothing is connected yet. Raises StoreProblem for what is no address of Redis.
    """
    if redis is not None:
        return ByRedis(redis)
    return None if is_sqlite(url) else ByNotify(url)
