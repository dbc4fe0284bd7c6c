"""Tokens of scripts, by hand: made, listed and revoked."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import URL, Connection

from app.operating.jobs import run
from app.store import tokens
from app.store.ids import new_token, of_token
from app.store.migrations import newest, revision
from app.store.problems import StoreProblem
from app.store.tokens import Token
from engine.sentence import say

NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
MOST = 1_000_000


def create(url: URL, name: str, per_second: int | None, burst: int | None) -> str:
    """Store a new token, and return it: it is not to be had a second time.

    Raises StoreProblem where the name is taken or no name, or a number is none from 1 on.
    """
    if not NAME.fullmatch(name):
        raise StoreProblem(
            say("A token is called by 1 to 100 letters, digits, points, hyphens and underscores.")
        )
    for given in (per_second, burst):
        if given is not None and not 1 <= given <= MOST:
            raise StoreProblem(
                say("A rate and a burst are whole numbers from 1 to {most}.", most=MOST)
            )
    secret = new_token()
    token = Token(of_token(secret), name, per_second, burst, time.time())
    run(url, lambda connection: _create(connection, token), keep=True)
    return secret


def lines(url: URL) -> Iterator[str]:
    """Yield a line for each token: its name, its limits, when it was made."""
    for one in run(url, _listed):
        made = datetime.fromtimestamp(one.created_at, UTC).date()
        rate = f"{one.per_second} a second" if one.per_second else "rate as set"
        burst = f"{one.burst} at once" if one.burst else "burst as set"
        yield f"{one.name}: {rate}, {burst}, made {made}"


def revoke(url: URL, name: str) -> None:
    """Delete a token; raises StoreProblem where there is none of this name."""
    if not run(url, partial(_revoke, name=name), keep=True):
        raise StoreProblem(
            say("There is no token {name}; gradwalk token list shows which there are.", name=name)
        )


def _create(connection: Connection, token: Token) -> None:
    _check(connection)
    tokens.create(connection, token)


def _listed(connection: Connection) -> list[Token]:
    _check(connection)
    return tokens.listed(connection)


def _revoke(connection: Connection, name: str) -> bool:
    _check(connection)
    return tokens.revoke(connection, name)


def _check(connection: Connection) -> None:
    found = revision(connection)
    if found != newest():
        raise StoreProblem(
            say("The schema is {found}, not {wanted}: gradwalk db upgrade.",
                found=found or "none", wanted=newest() or "")
        )  # fmt: skip
