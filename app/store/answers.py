"""Answers to requests with an Idempotency-Key, kept with what the request changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.store.problems import Taken
from app.store.tables import ANSWERS as TABLE

KEPT = 24 * 3600.0


class Answer(NamedTuple):
    """What was answered to a request whose body has this digest; headers and body are sealed."""

    digest: bytes
    status: int
    content: bytes


def find(connection: Connection, name: str, now: float) -> Answer | None:
    """Return the stored answer, unless it is older than a day."""
    here = (TABLE.c.name == name) & (TABLE.c.created_at > now - KEPT)
    columns = select(TABLE.c.digest, TABLE.c.status, TABLE.c.content)
    row = connection.execute(columns.where(here)).first()
    return None if row is None else Answer(*row)


def put(connection: Connection, name: str, answer: Answer, now: float) -> None:
    """Store an answer; raise Taken if another process has answered the same request."""
    old = (TABLE.c.name == name) & (TABLE.c.created_at <= now - KEPT)
    connection.execute(delete(TABLE).where(old))
    try:
        connection.execute(insert(TABLE), {"name": name, "created_at": now, **answer._asdict()})
    except IntegrityError as error:
        raise Taken from error


def sweep(connection: Connection, now: float) -> int:
    """Delete what is older than a day, and return how many that were."""
    return connection.execute(delete(TABLE).where(TABLE.c.created_at <= now - KEPT)).rowcount
