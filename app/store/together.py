"""Rows that jobs of one transaction put into the store, inserted together at its end.

One statement for many rows takes a fraction of the time of a statement for each, and, over a
network, of the ways there and back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Insert

# Where a connection keeps the rows that wait, by statement.
KEY = "rows put together"


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Let rows that are put in here wait for the end, or for `flush`."""
    # Asked for once: a connection that breaks meanwhile would connect anew to tell.
    info = connection.info
    info[KEY] = {}
    try:
        yield
        flush(connection)
    finally:
        info.pop(KEY, None)


def put(connection: Connection, statement: Insert, row: dict[str, Any]) -> None:
    """Insert a row: at once, or with others where `together` holds."""
    waiting: dict[Insert, list[dict[str, Any]]] | None = connection.info.get(KEY)
    if waiting is None:
        connection.execute(statement, row)
    else:
        waiting.setdefault(statement, []).append(row)


def flush(connection: Connection) -> None:
    """Insert the rows that wait."""
    waiting: dict[Insert, list[dict[str, Any]]] = connection.info.get(KEY, {})
    while waiting:
        statement, rows = waiting.popitem()
        connection.execute(statement, rows)
