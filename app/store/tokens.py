"""Tokens of scripts as rows: what each is called, how often it may ask, and a hash of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from app.store.ids import Hashed
from app.store.problems import StoreProblem
from app.store.tables import TOKENS as TABLE
from engine.sentence import say


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the store knows it; None stands for the server's own limit."""

    id: Hashed
    name: str
    per_second: int | None
    burst: int | None
    created_at: float


def create(connection: Connection, token: Token) -> None:
    """Store a new token; raises StoreProblem where its name is another's."""
    if any(one.name == token.name for one in listed(connection)):
        raise StoreProblem(
            say("There is a token {name} already; revoke it first, or take another name.",
                name=token.name)
        )  # fmt: skip
    row = {"id": token.id, "name": token.name, "per_second": token.per_second,
           "burst": token.burst, "created_at": token.created_at}  # fmt: skip
    connection.execute(insert(TABLE), row)


def find(connection: Connection, token: Hashed) -> Token | None:
    """Return a token, None where there is none, or none any more."""
    row = connection.execute(select(TABLE).where(TABLE.c.id == token)).mappings().first()
    return None if row is None else Token(**row)


def listed(connection: Connection) -> list[Token]:
    """Return all tokens by name."""
    rows = connection.execute(select(TABLE).order_by(TABLE.c.name)).mappings()
    return [Token(**row) for row in rows]


def revoke(connection: Connection, name: str) -> bool:
    """Delete the token with a name; return whether there was one."""
    return connection.execute(delete(TABLE).where(TABLE.c.name == name)).rowcount == 1
